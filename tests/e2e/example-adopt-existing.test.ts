/** The example of taking over what exists, on the real engine, from the seed file beside it. */
import { resolve } from "node:path";

import { readSeedFile } from "../../cli/seed-file";
import { exampleStack, masked, shownOutputs } from "./support/examples";
import { ok } from "./support/stack";
import { vendorView } from "./support/team";

const stack = exampleStack("adopt-existing", {
  emulator: { seed: readSeedFile(resolve(__dirname, "../../examples/adopt-existing/seed.yaml")) },
});
const state = () => stack().emulator.control.state();

let ids: string[];
const idsOf = () =>
  [...state().organizations, ...state().users, ...state().organizationMemberships, ...state().invitations].map(
    ({ id }) => id,
  );

beforeAll(async () => {
  const { api } = stack();
  const { id } = await api.organizations.getByExternalId({ external_id: "acme" });
  await api.invitations.send({ email: "Cleo@partner.example", organization_id: id, role_slug: "member" });
  ids = idsOf();
  stack().emulator.control.mailbox.clear();
});

test("everything is taken over and brought to what is declared, nothing is made, and nobody gets a mail", async () => {
  const ran = await ok(stack().project.up());
  expect(idsOf()).toEqual(ids);
  expect(vendorView(state())).toMatchObject({
    organizations: [{ name: "Acme" }],
    memberships: expect.arrayContaining([
      expect.objectContaining({ of: "Ann@acme.example", roles: ["admin"] }),
      expect.objectContaining({ of: "ben@acme.example", roles: ["member"] }),
    ]) as unknown,
    invitations: [{ email: "Cleo@partner.example", to: "Acme", role: "member" }],
  });
  expect(stack().emulator.control.mailbox.list()).toEqual([]);
  expect(masked(ran.stdout)).toEqual(masked(shownOutputs("adopt-existing")[0] ?? ""));
});

test("the next run changes nothing", async () => {
  const { code } = await stack().project.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(code).toBe(0);
});

test("destroying leaves everybody and everything there", async () => {
  const before = vendorView(state());
  await ok(stack().project.destroy());
  expect(idsOf()).toEqual(ids);
  expect(vendorView(state())).toEqual(before);
});
