/** Programs that refer to what a customer's administrator has connected. */
import { connected } from "../contract/answers/directories";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack({ emulator: { seed: connected } });

test("connections and directories are found, alone and in lists, and a portal link is a secret of the run", async () => {
  const { project, emulator } = stack();
  project.writeProgram(`
import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const organizationId = "org_connected";
module.exports = async () => ({
  connection: await workos.getConnection({ id: "conn_okta" }),
  connections: (await workos.listConnections({ organizationId, connectionType: "EntraIdOIDC" })).map(({ name }) => name),
  directory: await workos.getDirectory({ id: "directory_okta" }),
  directories: workos.listDirectoriesOutput({ organizationId }).apply((all) => all.map(({ name }) => name)),
  groups: await Promise.all([
    workos.getDirectoryGroup({ id: "directory_group_ops" }),
    workos.getDirectoryGroup({ directoryId: "directory_okta", name: "Ops" }),
  ]),
  users: await Promise.all([
    workos.getDirectoryUser({ id: "directory_user_ben" }),
    workos.getDirectoryUser({ directoryId: "directory_okta", email: "BEN@connected.example" }),
  ]),
  link: workos.generatePortalLink({ organizationId, intent: "sso" }),
  linkIsSecret: pulumi.isSecret(workos.generatePortalLink({ organizationId })),
});
`);
  await ok(project.preview());
  const links = () => emulator.control.requests.list().filter(({ path }) => path === "/portal/generate_link").length;
  expect(links()).toBe(0);
  const result = await ok(project.up());
  expect(links()).toBe(2);
  expect(result.stdout).not.toContain("token=");
  const outputs = await project.outputs();
  const ops = { id: "directory_group_ops", name: "Ops", directoryId: "directory_okta" };
  const ben = { id: "directory_user_ben", email: "ben@connected.example", state: "inactive", roleSlugs: ["admin"] };
  expect(outputs).toMatchObject({
    connection: { name: "Okta", connectionType: "OktaSAML", state: "active", domains: ["connected.example"] },
    connections: ["Entra"],
    directory: { name: "Okta", organizationId: "org_connected", state: "linked" },
    directories: ["Okta"],
    groups: [ops, ops],
    users: [ben, ben],
    link: "[secret]",
    linkIsSecret: true,
  });
});

test("what is not there stops the program, and says what was looked for", async () => {
  const { project } = stack();
  project.writeProgram(`
import * as workos from "pulumi-workos";
module.exports = async () => ({ group: await workos.getDirectoryGroup({ directoryId: "directory_okta", name: "None" }) });
`);
  const result = await project.preview();
  expect(result.code).not.toBe(0);
  expect(result.stdout + result.stderr).toContain(
    "getDirectoryGroup: there is no such object in this environment (directoryId directory_okta, name None).",
  );
});
