/** `allowedDomains` looks at the address that is found, whenever somebody is about to get access. */
import { rosterLifecycle } from "../../provider/roster";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { member, RosterLife } from "../roster/support/organization";
import { organizationNamed } from "./support/people";
import { startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const guards = { allowedDomains: ["example.com"] };
const foreign = "ann@foreign.example";
const start = (more: object = {}) => startRun(current(), { guards: { ...guards, ...more } });
const overridden = { overridden: new Set(["allowedDomains"] as const) };

/** Ann is a member of Acme, and her address was changed outside after the run that made her one. */
async function renamed(roleSlug = "member", more: object = {}) {
  const { api } = current();
  const organizationId = await organizationNamed(current(), "Acme");
  const { id: userId } = await api.users.create({ email: "ann@example.com" });
  const inputs = { userId, organizationId, roleSlug, ...more };
  const { id, outs } = await start().life("OrganizationMembership").create(inputs);
  await api.users.update({ id: userId, email: foreign });
  takeCalls(current());
  return { id, outs, inputs, userId, organizationId };
}

const refusal =
  /^Refused: ann@foreign\.example(, whom the program knows as ann@example\.com,)? would be given access to (Acme|org_\w+), and the address is outside the allowed domains \(workos:allowedDomains: example\.com\)\. .* add foreign\.example to the setting, or override once with WORKOS_OVERRIDE_ALLOWED_DOMAINS=1 in the environment\.$/;

type There = Awaited<ReturnType<typeof renamed>>;
type Memberships = ReturnType<ReturnType<typeof start>["life"]>;
const gains: Record<string, [before: object, act: (there: There, life: Memberships) => Promise<unknown>]> = {
  "a membership is made": [
    {},
    async ({ id, inputs }, life) => {
      await current().api.organizationMemberships.delete({ id });
      takeCalls(current());
      return life.create(inputs);
    },
  ],
  "a membership is adopted": [{}, ({ inputs }, life) => life.create({ ...inputs, adopt: "if-exists" })],
  "a suspension is lifted by an adoption": [
    { status: "inactive" },
    ({ inputs }, life) => life.create({ ...inputs, status: "active", adopt: "require" }),
  ],
  "a role is given": [{}, ({ id, outs, inputs }, life) => life.update(id, outs, { ...inputs, roleSlug: "admin" })],
  "somebody is reactivated": [
    { status: "inactive" },
    ({ id, outs, inputs }, life) => life.update(id, outs, { ...inputs, status: "active" }),
  ],
};

describe("somebody who was renamed outside to a foreign domain", () => {
  it.each(Object.keys(gains))("is refused before the first write when %s", async (how) => {
    const [before, act] = gains[how] ?? [];
    const there = await renamed("member", before);
    const error = await failure(act?.(there, start().life("OrganizationMembership")) ?? Promise.resolve());
    expect(error.message).toMatch(refusal);
    expect(takeWrites(current())).toEqual([]);
  });

  it.each(Object.keys(gains))(
    "passes with the override, and where nothing is set at no request more, when %s",
    async (how) => {
      const requests: string[][] = [];
      for (const settings of [overridden, { allowedDomains: undefined }]) {
        const [before, act] = gains[how] ?? [];
        const there = await renamed("member", before);
        await act?.(there, start(settings).life("OrganizationMembership"));
        requests.push(takeCalls(current()));
        await current().reset();
      }
      expect(requests[0]).toEqual(requests[1]);
      expect(requests[0]?.some((call) => /^(POST|PUT) /.test(call))).toBe(how !== "a membership is adopted");
    },
  );

  it("is named by the address that the program knows as well, where the user is a resource of it", async () => {
    const { id, outs, inputs, userId } = await renamed();
    const { context, life } = start();
    context.replacing.set(userId, { email: "ann@example.com" });
    const error = await failure(life("OrganizationMembership").update(id, outs, { ...inputs, roleSlug: "admin" }));
    expect(error.message).toContain("ann@foreign.example, whom the program knows as ann@example.com, would be");
  });

  it("costs one read where a guard is set, and none for a user whom the run itself has made", async () => {
    const { api } = current();
    const organizationId = await organizationNamed(current(), "Acme");
    const { life } = start();
    const { id: userId } = await life("User").create({ email: "ben@example.com" });
    takeCalls(current());
    const { id, outs } = await life("OrganizationMembership").create({ userId, organizationId, roleSlug: "member" });
    expect(takeCalls(current())).not.toContain("GET /user_management/users/{id}");
    await api.users.get({ id: userId });
    takeCalls(current());
    await start().life("OrganizationMembership").update(id, outs, { userId, organizationId, roleSlug: "admin" });
    expect(takeCalls(current())).toEqual([
      "GET /user_management/organization_memberships/{id}",
      "PUT /user_management/organization_memberships/{id}",
    ]);
  });

  it.each<[string, string, (there: There, life: Memberships) => Promise<unknown>]>([
    ["removed", "member", ({ id, outs }, life) => life.remove(id, outs)],
    ["suspended", "member", ({ id, outs, inputs }, life) => life.update(id, outs, { ...inputs, status: "inactive" })],
    ["demoted", "admin", ({ id, outs, inputs }, life) => life.update(id, outs, { ...inputs, roleSlug: "member" })],
    [
      "adopted to be suspended",
      "member",
      ({ inputs }, life) => life.create({ ...inputs, status: "inactive", adopt: "require" }),
    ],
  ])("may be %s", async (_how, role, act) => {
    const there = await renamed(role);
    await act(there, start().life("OrganizationMembership"));
    expect(takeWrites(current())).toHaveLength(1);
  });
});

it("a user who is found by external id and has a foreign address is not taken over, although the address would change", async () => {
  await current().api.users.create({ email: foreign, external_id: "7" });
  takeWrites(current());
  const inputs = { email: "ann@example.com", externalId: "7", adopt: "if-exists", adoptCredentials: true };
  const error = await failure(start().life("User").create(inputs));
  expect(error.message).toContain(
    "ann@foreign.example, whom the program knows as ann@example.com, would be given access,",
  );
  expect(takeWrites(current())).toEqual([]);
  await start(overridden).life("User").create(inputs);
});

describe("an invitation that was sent before the domain was taken out of the setting", () => {
  it("is neither mailed again nor taken over", async () => {
    const inputs = { email: foreign, organizationId: await organizationNamed(current(), "Acme"), resend: "1" };
    const { id, outs } = await startRun(current()).life("Invitation").create(inputs);
    takeWrites(current());
    const again = await failure(
      start()
        .life("Invitation")
        .update(id, outs, { ...inputs, resend: "2" }),
    );
    expect(again.message).toMatch(/^Refused: ann@foreign\.example would be given access, /);
    const adopted = await failure(
      start()
        .life("Invitation")
        .create({ ...inputs, adopt: "if-exists" }),
    );
    expect(adopted.message).toMatch(/^Refused: ann@foreign\.example would be given access, /);
    expect(takeWrites(current())).toEqual([]);
    await start().life("Invitation").remove(id, outs);
    expect(takeWrites(current())).toHaveLength(1);
  });
});

describe("a roster", () => {
  const ann = "ann@example.com";
  async function rostered(role = "member", status?: "inactive") {
    const roster = await RosterLife.start(current());
    const { state } = await roster.create({ [ann]: { ...member(role), status } }, {}, { guards });
    const user = (await current().api.users.list({ email: ann }).all())[0];
    await current().api.users.update({ id: user?.id ?? "", email: foreign });
    takeWrites(current());
    return { roster, state };
  }

  it.each<[string, "inactive" | undefined, object]>([
    ["a role", undefined, member("admin")],
    ["access again", "inactive", { ...member("member"), status: "active" }],
  ])("is refused as a whole where somebody of a foreign domain would get %s", async (_what, status, declared) => {
    const { roster, state } = await rostered("member", status);
    const members = { [ann]: declared, "new@example.com": member("member") };
    const error = await failure(roster.update(state, members, {}, { guards }));
    expect(error.message).toContain(
      "ann@foreign.example, whom the program knows as ann@example.com, would be given access to Acme, and the address is outside the allowed domains (workos:allowedDomains: example.com).",
    );
    expect(error.message).toContain("WORKOS_OVERRIDE_ALLOWED_DOMAINS=1");
    expect(takeWrites(current())).toEqual([]);
    await roster.update(state, members, {}, { guards: { ...guards, ...overridden } });
    expect(takeWrites(current()).length).toBeGreaterThan(1);
  });

  it("says so in the preview, once a refresh has found the address", async () => {
    const { roster, state } = await rostered();
    const { state: found } = await roster.refresh(state);
    const { context } = startRun(current(), { guards });
    const lines = rosterLifecycle.announce?.(found, roster.inputs({ [ann]: member("admin") }), context) ?? [];
    expect(lines.join("\n")).toMatch(
      /will be REFUSED: ann@foreign\.example, whom the program knows as ann@example\.com/,
    );
  });

  it("takes access from them all the same", async () => {
    const { roster, state } = await rostered("admin");
    await roster.update(state, { [ann]: member("member") }, {}, { guards });
    expect(roster.people()).toEqual([`${foreign}: active member`]);
    await roster.update(state, {}, {}, { guards: { ...guards, maxRemovals: { people: 5 } } });
    expect(roster.people()).toEqual([`${foreign}: inactive member`]);
  });
});
