/** A domain's verification, and whose the domain is. */
import { PartialFailure } from "../../provider/lifecycle";
import { type Inputs } from "../../provider/declare/resource";
import { failure, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed } from "./support/people";
import { startRun } from "./support/run";

const current = useWorld();

beforeEach(() => current().control.switches.set({ domainVerification: "by-control" }));

async function made(inputs: Inputs = {}) {
  const organizationId = await organizationNamed(current(), "Acme");
  const declared = { organizationId, domain: "acme.example", ...inputs };
  const { id, outs } = await startRun(current()).life("OrganizationDomain").create(declared);
  return { id, outs, declared, organizationId };
}

/** A clock by which DNS says this once a run has waited so often. */
function clockOf(id: string, count: number, state: "verified" | "failed") {
  const { clock, control } = current();
  let waits = 0;
  const sleep = async (ms: number) => {
    await clock.sleep(ms);
    if (++waits === count) control.setDomainState(id, state);
  };
  return { now: () => clock.now(), sleep };
}

it("is made with the record that verifies it, and is pending until that is found", async () => {
  const { outs } = await made();
  expect(outs).toMatchObject({
    state: "pending",
    verificationPrefix: expect.stringMatching(/./) as unknown,
    verificationToken: expect.stringMatching(/./) as unknown,
  });
});

it("that is verified by itself is nothing to put right", async () => {
  const { id, outs, declared } = await made();
  current().control.setDomainState(id, "verified");
  const { props = {} } = await startRun(current()).life("OrganizationDomain").read(id, outs);
  expect(props.state).toBe("verified");
  expect(startRun(current()).life("OrganizationDomain").diff(props, declared)).toEqual(noChange);
});

it("is asked for anew when the value of verify changes, without waiting for it", async () => {
  const { id, outs, declared } = await made();
  current().control.setDomainState(id, "failed");
  const updated = await startRun(current())
    .life("OrganizationDomain")
    .update(id, outs, { ...declared, verify: "2" });
  expect(updated).toMatchObject({ state: "pending", verify: "2" });
  expect(current().clock.sleeps).toEqual([]);
});

it("is waited for where the program says so, and said once it is there", async () => {
  const { id, outs, declared } = await made();
  const { life, said } = startRun(current(), { clock: clockOf(id, 3, "verified") });
  const wanted = { ...declared, verify: "2", waitForVerification: "10m" };
  const updated = await life("OrganizationDomain").update(id, outs, wanted);
  expect(updated.state).toBe("verified");
  expect(said).toEqual([`The domain acme.example is verified as one of ${declared.organizationId}.`]);
});

it("that is not verified in time fails the run, which names the record, and the next one asks again", async () => {
  const { id, outs, declared } = await made();
  const started = current().clock.now();
  const wanted = { ...declared, verify: "2", waitForVerification: "5m" };
  const error = await failure(startRun(current()).life("OrganizationDomain").update(id, outs, wanted));
  expect(error.message).toContain(
    `The domain acme.example is not verified: it is pending after 5m. It takes a DNS TXT record ${String(outs.verificationPrefix)}.acme.example with ${String(outs.verificationToken)}. Run again once it is there.`,
  );
  expect(current().clock.now() - started).toBe(5 * 60_000);
  expect(startRun(current()).life("OrganizationDomain").diff(outs, wanted).changes).toBe(true);
});

it("that could not be verified is not waited for any longer", async () => {
  const { id, outs, declared } = await made();
  const wanted = { ...declared, verify: "2", waitForVerification: "1d" };
  const { life } = startRun(current(), { clock: clockOf(id, 1, "failed") });
  const error = await failure(life("OrganizationDomain").update(id, outs, wanted));
  expect(error.message).toContain("WorkOS could not verify it.");
});

it("that a create waits for in vain is recorded all the same", async () => {
  const error = await failure(made({ verify: "1", waitForVerification: "1m" }));
  expect(error).toBeInstanceOf(PartialFailure);
  expect((error as PartialFailure).properties).toMatchObject({ domain: "acme.example", state: "pending" });
});

it("that is verified already is not asked for twice", async () => {
  const { id, outs, declared } = await made();
  current().control.setDomainState(id, "verified");
  const updated = await startRun(current())
    .life("OrganizationDomain")
    .update(id, outs, { ...declared, verify: "2" });
  expect(updated).toMatchObject({ state: "verified", verify: "2" });
});

it.each(["never", "if-exists"])("of another organization is named, and never taken over: %s", async (adopt) => {
  const { id, organizationId } = await made();
  const other = await organizationNamed(current(), "Beta");
  const inputs = { organizationId: other, domain: "Acme.example", adopt };
  const error = await failure(startRun(current()).life("OrganizationDomain").create(inputs));
  expect(error.message).toContain(
    `The domain acme.example belongs to the organization ${organizationId} already (${id}). Remove it there first`,
  );
});

it("goes with its organization, and is said to be gone from it where it alone goes", async () => {
  const { id, outs, organizationId } = await made();
  const { life, said } = startRun(current());
  await life("OrganizationDomain").remove(id, outs);
  expect(said).toEqual([
    `The domain acme.example no longer belongs to ${organizationId}, which decides no more how its people sign in.`,
  ]);
  const again = await current().api.organizationDomains.create({
    organization_id: organizationId,
    domain: "acme.example",
  });
  await current().api.organizations.delete({ id: organizationId });
  expect(await life("OrganizationDomain").read(again.id, outs)).toEqual({ id: "" });
});

it("is read by pages of organizations where many are refreshed", async () => {
  const { life } = startRun(current());
  const made = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const organizationId = await organizationNamed(current(), `Company ${index}`);
      return life("OrganizationDomain").create({ organizationId, domain: `company-${index}.example` });
    }),
  );
  current().wire.clear();
  const found = await Promise.all(made.map(({ id, outs }) => life("OrganizationDomain").read(id, outs)));
  expect(found.map(({ props }) => props)).toEqual(made.map(({ outs }) => outs));
  expect(current().wire.all().length).toBeLessThanOrEqual(4);
});
