import { failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { userNamed } from "./support/people";
import { startRun, takeWrites } from "./support/run";

const current = useWorld();

describe("credentials of an adopted user", () => {
  const credentials = { password: "a-long-password", emailVerified: true };

  async function adopted(more: object = {}) {
    const id = await userNamed(current(), "ann");
    const inputs = { email: "ann@example.com", ...credentials, adopt: "if-exists", ...more };
    current().wire.clear();
    const { outs } = await startRun(current()).life("User").create(inputs);
    return { id, inputs, outs };
  }

  it("are not sent, and are no difference for ever after", async () => {
    const { id, inputs, outs } = await adopted();
    expect(takeWrites(current())).toEqual([]);
    expect(outs.emailVerified).toBe(false);
    const { life } = startRun(current());
    expect(life("User").diff(outs, inputs)).toEqual(noChange);
    expect(life("User").diff((await refreshed(life("User"), id, outs)).props, inputs)).toEqual(noChange);
  });

  it("are not sent by later updates, whether they change or not", async () => {
    const { id, inputs, outs } = await adopted();
    const { life } = startRun(current());
    const later = { ...inputs, password: "another-long-password", firstName: "Ann" };
    const state = await life("User").update(id, outs, later);
    expect(takeWrites(current())).toEqual([["PUT", { first_name: "Ann" }]]);
    expect(await current().control.passwordMatches(id, later.password)).toBe(false);
    expect(life("User").diff(state, later)).toEqual(noChange);
  });

  it("are sent as soon as the program allows it, although they have not changed since", async () => {
    const { id, inputs, outs } = await adopted();
    const { life } = startRun(current());
    const state = await life("User").update(id, outs, { ...inputs, firstName: "Ann" });
    current().wire.clear();
    const allowed = { ...inputs, firstName: "Ann", adoptCredentials: true };
    expect(life("User").diff(state, allowed)).toEqual({ ...noChange, changes: true });
    await life("User").update(id, state, allowed);
    expect(takeWrites(current())).toEqual([["PUT", { password: "a-long-password", email_verified: true }]]);
  });

  it("are sent at once with adoptCredentials", async () => {
    const { id } = await adopted({ adoptCredentials: true });
    expect(takeWrites(current())).toEqual([["PUT", { password: "a-long-password", email_verified: true }]]);
    expect(await current().control.passwordMatches(id, "a-long-password")).toBe(true);
  });

  it("include the address: another one later is refused, and sent with adoptCredentials", async () => {
    const { id, inputs, outs } = await adopted();
    const { life } = startRun(current());
    const moved = { ...inputs, email: "mallory@example.com" };
    const error = await failure(life("User").update(id, outs, moved));
    expect(error.message).toContain("ann@example.com was adopted");
    expect(error.message).toContain("adoptCredentials: true");
    expect(takeWrites(current())).toEqual([]);
    await life("User").update(id, outs, { ...moved, adoptCredentials: true });
    expect((await current().api.users.get({ id })).email).toBe("mallory@example.com");
  });
});
