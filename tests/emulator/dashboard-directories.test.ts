/** Connections and directories by the calls that the dashboard makes: what its forms send does what they say. */
import {
  connectionStates,
  connectionTypes,
  directoryStates,
  directoryTypes,
  directoryUserState,
} from "../../api/schemas";
import { callOf, type Values, valuesOf } from "../../emulator/dashboard/call";
import * as table from "../../emulator/dashboard/kinds";
import { type ObjectList } from "../../emulator/dashboard/objects";
import { local } from "./support/local";

const at = local();
type Shown = table.Shown;

const listed = async (kind: string, query = "") =>
  ((await at().get(`/_emulator/dashboard/list/${kind}${query}`)).body as unknown as ObjectList).data;
const shown = async (kind: string, id: unknown) =>
  (await at().get(`/_emulator/dashboard/object/${kind}/${String(id)}`)).body.object as Shown;

/** Fills in the form of an operation and sends it, as the page does. */
async function press(kind: string, label: string, values: Values = {}, object: Shown = {}) {
  const { create, update, remove, actions = [] } = table.kindOf(kind) ?? {};
  const operation = [create, update, remove, ...actions].find((one) => one?.label === label);
  if (operation === undefined) throw new Error(`${kind} has no ${label}`);
  const { method, path, body } = callOf(operation, { ...valuesOf(operation, object), ...values }, object);
  const answer = await at().call(method, path, body);
  return { status: answer.status, body: answer.body, sent: body };
}

test("a connection is made, changed and deleted", async () => {
  const { id: organization_id } = await at().organization();
  const made = await press("connections", "Create connection", {
    organization_id,
    name: "Okta",
    domains: "acme.example",
  });
  expect([made.status, made.body.state, made.body.connection_type]).toEqual([201, "active", "GenericSAML"]);
  const before = await shown("connections", made.body.id);
  const changed = await press("connections", "Edit", { state: "inactive" }, before);
  expect([changed.sent, changed.body.state]).toEqual([{ state: "inactive" }, "inactive"]);
  const moved = await press("connections", "Edit", { domains: "acme.example\nacme.test" }, before);
  expect(moved.sent).toEqual({ domains: ["acme.example", "acme.test"] });
  expect(await listed("connections", "?state=inactive")).toHaveLength(1);
  expect((await press("connections", "Delete", {}, before)).status).toBeLessThan(300);
  expect(await listed("connections")).toEqual([]);
});

describe("a directory", () => {
  let directory: Shown;
  beforeEach(async () => {
    const { id: organization_id } = await at().organization();
    const made = await press("directories", "Create directory", { organization_id, name: "Okta" });
    expect(made.status).toBe(201);
    directory = await shown("directories", made.body.id);
  });
  const push = (kind: string, label: string, values: Values, object: Shown = { directory_id: directory.id }) =>
    press(kind, label, values, object);
  const memberships = () => listed("memberships", `?organization_id=${String(directory.organization_id)}`);

  test("is changed and deleted", async () => {
    const changed = await press("directories", "Edit", { name: "Entra", state: "unlinked" }, directory);
    expect(changed.body).toMatchObject({ name: "Entra", state: "unlinked" });
    expect((await press("directories", "Delete", {}, directory)).status).toBeLessThan(300);
    expect(await listed("directories")).toEqual([]);
  });

  test("pushes a user, who becomes a member with what the group gives, changes, and goes", async () => {
    await push("directory-groups", "Push group", { name: "Admins", role_slug: "admin" });
    await push("directory-groups", "Push group", { name: "Staff" });
    const pushed = await push("directory-users", "Push user", { email: "ann@acme.example", groups: "Admins" });
    expect(pushed.sent).toEqual({ users: [{ email: "ann@acme.example", groups: ["Admins"] }] });
    expect(await memberships()).toMatchObject([{ role: { slug: "admin" }, directory_managed: true }]);

    const [ann = {}] = await listed("directory-users");
    expect(ann).toMatchObject({ email: "ann@acme.example", groups: ["Admins"], state: "active" });
    expect(await shown("users", ann.user_id)).toMatchObject({ email: "ann@acme.example" });
    const moved = await push("directory-users", "Push changes", { first_name: "Ann", groups: "Staff" }, ann);
    expect(moved.sent).toEqual({ users: [{ id: ann.id, first_name: "Ann", groups: ["Staff"] }] });
    expect(await memberships()).toMatchObject([{ role: { slug: "member" } }]);
    const groups = await listed("directory-groups");
    const staff = groups.find(({ name }) => name === "Staff") ?? {};
    expect(await listed("directory-users", `?group_id=${String(staff.id)}`)).toHaveLength(1);
    await push("directory-groups", "Push changes", { role_slug: "admin" }, staff);
    expect(await memberships()).toMatchObject([{ role: { slug: "admin" } }]);
    await push("directory-groups", "Push deletion", {}, staff);
    expect(await shown("directory-users", ann.id)).toMatchObject({ groups: [] });

    await push("directory-users", "Push deletion", {}, ann);
    expect([await listed("directory-users"), await memberships()]).toEqual([[], []]);
  });

  test("pushes a suspension, which is a state where the switch says so, and takes it back", async () => {
    at().control.switches.set({ inactiveDirectoryUsers: "keep" });
    await push("directory-users", "Push user", { email: "ann@acme.example" });
    const [ann = {}] = await listed("directory-users");
    await push("directory-users", "Push suspension", {}, ann);
    expect(await listed("directory-users", "?state=suspended")).toHaveLength(1);
    expect(await memberships()).toEqual([]);
    await push("directory-users", "Push reactivation", {}, ann);
    expect(await memberships()).toHaveLength(1);
    at().control.switches.set({ inactiveDirectoryUsers: "delete" });
    await push("directory-users", "Push suspension", {}, ann);
    expect([await listed("directory-users"), await memberships()]).toEqual([[], []]);
  });

  test("says what it cannot push", async () => {
    const refused = await push("directory-users", "Push user", { email: "ann@acme.example", groups: "Nobody" });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.stringContaining("the directory has no group 'Nobody'"),
    ]);
  });
});

test("what can be chosen is what there is", () => {
  expect([...table.connectionStates].sort()).toEqual([...connectionStates].sort());
  expect([...table.directoryStates].sort()).toEqual([...directoryStates].sort());
  expect([...table.directoryUserStates].sort()).toEqual([...directoryUserState.options].sort());
  const types = (kind: string) => table.kindOf(kind)?.create?.fields?.find(({ name }) => name === "type")?.options;
  expect(connectionTypes).toEqual(expect.arrayContaining([...(types("connections") ?? [])]));
  expect(directoryTypes).toEqual(expect.arrayContaining([...(types("directories") ?? [])]));
});
