import { endpoints } from "../../../api/endpoints/index";
import { type SeedInput } from "../../../emulator";
import { type RunOf } from "./run-of";

const { connections, directories, directoryGroups, directoryUsers, organizations, portal } = endpoints;

/** What the run is seeded with: a customer's administrator makes it. */
export const connected: SeedInput = {
  organizations: [{ id: "org_connected", name: "Connected" }],
  connections: [
    { id: "conn_okta", organization: "org_connected", name: "Okta", type: "OktaSAML", domains: ["connected.example"] },
    { id: "conn_draft", organization: "org_connected", name: "Entra", type: "EntraIdOIDC", state: "draft" },
  ],
  directories: [
    {
      id: "directory_okta",
      organization: "org_connected",
      name: "Okta",
      domain: "connected.example",
      groups: [
        { id: "directory_group_ops", name: "Ops" },
        { id: "directory_group_dev", name: "Dev" },
      ],
      users: [
        { id: "directory_user_ann", email: "ann@connected.example", first_name: "Ann", groups: ["Ops"] },
        { id: "directory_user_ben", email: "ben@connected.example", state: "inactive", role: "admin" },
      ],
    },
  ],
};

export function directoryAnswers(run: RunOf): void {
  const list = async () => ids(await run().call(connections.list, {}));
  const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);

  test("connections are listed by what they are, and read by their id", async () => {
    const list = async (query: object) => ids(await run().call(connections.list, { order: "asc", ...query }));
    expect(await list({})).toHaveLength(2);
    expect(await list({ organization_id: "org_connected", connection_type: "OktaSAML" })).toEqual(["conn_okta"]);
    expect(await list({ domain: "connected.example", search: "okt" })).toEqual(["conn_okta"]);
    expect(await list({ organization_id: "org_none" })).toEqual([]);
    expect(await run().call(connections.get, { id: "conn_draft" })).toMatchObject({ state: "draft", domains: [] });
    expect(await run().refused(connections.get, { id: "conn_none" })).toMatchObject({ status: 404 });
    expect(await run().refused(connections.list, { connection_type: "none" })).toMatchObject({ status: 422 });
  });

  test("directories are listed and read, with how much is in them", async () => {
    const list = async (query: object) => ids(await run().call(directories.list, query));
    expect(await list({ organization_id: "org_connected", search: "OKTA" })).toEqual(["directory_okta"]);
    expect(await list({ domain: "else.example" })).toEqual([]);
    const metadata = { users: { active: 1, inactive: 1 }, groups: 2 };
    expect(await run().call(directories.get, { id: "directory_okta" })).toMatchObject({ state: "linked", metadata });
    expect(await run().refused(directories.get, { id: "directory_none" })).toMatchObject({ status: 404 });
    expect(await run().refused(directories.list, { limit: 101 })).toMatchObject({ status: 422 });
  });

  test("who is in a directory is listed by directory, group and user", async () => {
    const groups = async (query: object) => ids(await run().call(directoryGroups.list, query)).sort();
    const users = async (query: object) => ids(await run().call(directoryUsers.list, query)).sort();
    expect(await groups({ directory: "directory_okta" })).toEqual(["directory_group_dev", "directory_group_ops"]);
    expect(await groups({ user: "directory_user_ann" })).toEqual(["directory_group_ops"]);
    expect(await users({ directory: "directory_okta" })).toEqual(["directory_user_ann", "directory_user_ben"]);
    expect(await users({ group: "directory_group_ops" })).toEqual(["directory_user_ann"]);
    const ann = await run().call(directoryUsers.get, { id: "directory_user_ann" });
    expect(ann).toMatchObject({ state: "active", groups: [{ name: "Ops" }] });
    const ben = await run().call(directoryUsers.get, { id: "directory_user_ben" });
    expect(ben).toMatchObject({ state: "inactive", role: { slug: "admin" } });
    expect(await run().call(directoryGroups.get, { id: "directory_group_ops" })).toMatchObject({ name: "Ops" });
    for (const endpoint of [directoryGroups.get, directoryUsers.get]) {
      expect(await run().refused(endpoint, { id: "none" })).toMatchObject({ status: 404 });
    }
    for (const endpoint of [directoryGroups.list, directoryUsers.list]) {
      expect(await run().refused(endpoint, { directory: "directory_none" })).toMatchObject({ status: 404 });
      expect(await run().refused(endpoint, {})).toMatchObject({ status: 422 });
    }
  });

  test("a connection and a directory are deleted for good, with who is in it", async () => {
    await run().call(connections.delete, { id: "conn_okta" }, 204);
    expect(await run().refused(connections.delete, { id: "conn_okta" })).toMatchObject({ status: 404 });
    expect(await list()).toEqual(["conn_draft"]);
    await run().call(directories.delete, { id: "directory_okta" }, 202);
    expect(await run().refused(directories.delete, { id: "directory_okta" })).toMatchObject({ status: 404 });
    expect(await run().refused(directoryUsers.get, { id: "directory_user_ann" })).toMatchObject({ status: 404 });
  });

  test("a deleted organization takes its connections and directories along", async () => {
    await run().call(organizations.delete, { id: "org_connected" });
    for (const [endpoint, id] of [
      [connections.get, "conn_okta"],
      [directories.get, "directory_okta"],
      [directoryGroups.get, "directory_group_ops"],
      [directoryUsers.get, "directory_user_ann"],
    ] as const) {
      expect(await run().refused(endpoint, { id })).toMatchObject({ status: 404 });
    }
  });

  test("a link to the portal is another one each time", async () => {
    const asked = {
      organization: "org_connected",
      intent: "sso" as const,
      it_contact_emails: ["it@connected.example"],
    };
    const [one, two] = [await run().call(portal.generateLink, asked), await run().call(portal.generateLink, asked)];
    expect(one.link).not.toBe(two.link);
    expect(await run().refused(portal.generateLink, { organization: "org_x" })).toMatchObject({ status: 404 });
    expect(await run().refused(portal.generateLink, {})).toMatchObject({ status: 422 });
  });
}
