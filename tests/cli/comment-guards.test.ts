/** What a comment foresees of refusals, and what it never shows. */
import fc from "fast-check";
import { commentOf, limit, type Preview, type PreviewStep } from "../../cli/comment";
import { resources } from "../../provider/resources";

type Values = Record<string, unknown>;

const urn = (kind: string, name: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
const membership = (name: string, role: string, op: string, said: Values = {}, old: Values = {}): PreviewStep => {
  const inputs = { userId: `user_${name}`, organizationId: "org_1", roleSlug: role };
  const outputs = { ...inputs, status: "active", roleSlugs: [role], organizationName: "Acme", ...old };
  return {
    op,
    urn: urn("OrganizationMembership", name),
    ...(op === "create" ? {} : { oldState: { id: `om_${name}`, inputs, outputs } }),
    ...(op === "delete" ? {} : { newState: { inputs: { ...inputs, ...said } } }),
  };
};
const refusals = (preview: Preview) =>
  [...commentOf(preview).matchAll(/> \*\*(Will|May) be refused\.\*\* (.*)/g)].map(([, how, why]) => `${how}: ${why}`);
const config = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`workos:${name}`, value]));

describe("with the settings of the previewed stack, single resources", () => {
  const steps = [
    membership("ann", "admin", "delete"),
    membership("ben", "owner", "update", { roleSlug: "member" }),
    membership("cleo", "admin", "same"),
    membership("dan", "member", "delete"),
  ];

  it("are refused for want of admins, as far as the stack knows of them", () => {
    expect(refusals({ config: config({ minAdmins: "2" }), steps })).toEqual([
      expect.stringMatching(
        /^May: Acme would be left with 1 active admin that this stack knows of, and must keep 2 \(workos:minAdmins\): ann would/,
      ),
    ]);
    expect(refusals({ config: config({ minAdmins: "1" }), steps })).toEqual([]);
    expect(refusals({ config: config({ minAdmins: "2", adminRoles: "admin,owner" }), steps })[0]).toContain("ann, ben");
  });

  it("are refused for too many removals, surely where a number is set", () => {
    expect(refusals({ config: config({ maxRemovals: "1" }), steps })).toEqual([
      expect.stringMatching(
        /^Will: 2 people would lose access to Acme, and a run may remove 1 \(workos:maxRemovals\): ann, dan\./,
      ),
    ]);
    expect(refusals({ config: config({ maxRemovals: "25%" }), steps })[0]).toMatch(/^May: 2 people/);
    expect(refusals({ config: config({ maxRemovals: "50%" }), steps })).toEqual([]);
  });

  it("are counted among everybody where a roster of the organization has counted", () => {
    const counts = { active: 100, admins: 5, inactive: 0, pending: 0, outside: 4, directoryManaged: 0 };
    const outputs = { organizationId: "org_1", organizationName: "Acme", counts, __people: {} };
    const roster = {
      op: "same",
      urn: urn("OrganizationRoster", "people"),
      oldState: { outputs },
      newState: { inputs: {} },
    };
    const settings = config({ minAdmins: "5", maxRemovals: "1%" });
    expect(refusals({ config: settings, steps: [...steps, roster] })).toEqual([
      expect.stringMatching(/^Will: Acme would be left with 4 active admins, and must keep 5/),
      expect.stringMatching(/^Will: 2 people would lose access to Acme, and a run may remove 1 /),
    ]);
  });

  it("are refused when an organization would go with people in it", () => {
    const gone = {
      op: "delete",
      urn: urn("Organization", "acme"),
      oldState: { id: "org_1", inputs: { name: "Acme" } },
    };
    const settings = config({ requireForceDestroy: "true" });
    expect(refusals({ config: settings, steps: [gone, membership("cleo", "admin", "same")] })[0]).toMatch(
      /^Will: Acme would be deleted/,
    );
    expect(refusals({ config: settings, steps: [gone] })[0]).toMatch(/^May: Acme would be deleted/);
    const forced = { ...gone, oldState: { ...gone.oldState, inputs: { name: "Acme", forceDestroy: true } } };
    expect(refusals({ config: settings, steps: [forced] })).toEqual([]);
  });
});

describe("what goes with something else is said", () => {
  const gone = (kind: string, id: string, inputs: Values, more: Values = {}) => ({
    op: "delete",
    urn: urn(kind, "gone"),
    oldState: { id, inputs: { ...inputs, ...more }, outputs: inputs },
  });
  const people = [
    membership("ann", "admin", "delete"),
    membership("ben", "admin", "same"),
    membership("cleo", "member", "same"),
  ];
  const counts = { active: 41, admins: 3, inactive: 0, pending: 0, outside: 4, directoryManaged: 0 };
  const roster = {
    op: "delete",
    urn: urn("OrganizationRoster", "people"),
    oldState: { outputs: { organizationId: "org_1", organizationName: "Acme", counts, __people: {} } },
  };
  const acme = (more: Values = {}) => gone("Organization", "org_1", { name: "Acme" }, more);

  it("an organization: how many people and admins lose access, of all where a roster has counted them", () => {
    const section = /Deletes 1 organization with everybody in it\n\n- `Acme`(: .*)?\n/;
    const detail = (steps: PreviewStep[]) => section.exec(`${commentOf({ steps })}\n`)?.[1];
    expect(detail([acme(), roster])).toBe(": 41 people lose access, 3 of them admins");
    expect(detail([acme(), ...people])).toBe(": 3 people lose access, 2 of them admins, as far as this stack knows");
    expect(detail([acme(), ...people.slice(2)])).toBe(": 1 person loses access, no admin, as far as this stack knows");
    expect(detail([acme()])).toBeUndefined();
  });

  it("an organization counts for maxRemovals, unless it is meant", () => {
    const settings = config({ maxRemovals: "10" });
    expect(refusals({ config: settings, steps: [acme(), roster] })).toEqual([
      "Will: Acme would be deleted: 41 people lose access, 3 of them admins, and a run may remove 10 (workos:maxRemovals). If all of them are meant to go, set forceDestroy: true and run 'pulumi up' before, or override once with WORKOS\\_OVERRIDE\\_MAX\\_REMOVALS=1 in the environment of the run.",
    ]);
    expect(refusals({ config: settings, steps: [acme({ forceDestroy: true }), roster] })).toEqual([]);
    expect(refusals({ config: config({ maxRemovals: "41" }), steps: [acme(), roster] })).toEqual([]);
  });

  it("a user: what the program still says of their access", () => {
    const line = `cleo@example.com active user_cleo om_1 admin`.split(" ");
    const there = {
      op: "same",
      urn: urn("OrganizationRoster", "people"),
      oldState: {
        outputs: {
          organizationId: "org_1",
          organizationName: "Acme",
          counts,
          __people: { "cleo@example.com": `${line.slice(1).join(" ")} r` },
        },
      },
      newState: { inputs: { organizationId: "org_1", members: { "cleo@example.com": { roles: ["admin"] } } } },
    };
    const text = commentOf({ steps: [gone("User", "user_cleo", { email: "cleo@example.com" }), there] });
    expect(text).toContain("Removes 1 admin\n\n- `cleo@example.com`: the user is deleted, everywhere: Acme (admin)");
  });

  it("a permission of WorkOS's own, which is not deleted", () => {
    const permission = (system: boolean) => gone("Permission", "widgets", { slug: "widgets:manage", system });
    expect(refusals({ steps: [permission(false)] })).toEqual([]);
    expect(refusals({ steps: [permission(true)] })).toEqual([
      expect.stringMatching(/^Will: The permission widgets:manage is one of WorkOS's own and cannot be deleted/),
    ]);
  });

  it("a role that people have after the run, which WorkOS does not delete", () => {
    const role = gone("OrganizationRole", "role_1", { organizationId: "org_1", slug: "org-billing" });
    const moves = membership("dan", "org-billing", "update", { roleSlug: "member" });
    const stays = membership("eve", "org-billing", "same");
    expect(refusals({ steps: [role, moves] })).toEqual([]);
    expect(refusals({ steps: [role, moves, stays] })).toEqual([
      'Will: The role org-billing of Acme would be deleted, and 1 person has it after this run as well: eve. Give them another role first, or keep it with onDestroy: "retain".',
    ]);
  });
});

test("settings that cannot be read are said, and hide nothing else", () => {
  const steps = [membership("ann", "admin", "delete")];
  const masked = commentOf({ config: config({ minAdmins: "[secret]" }), steps });
  expect(masked).toContain("- workos:minAdmins is stored as a secret, so that what it refuses cannot be told here");
  expect(masked).toContain("Removes 1 admin");
  expect(commentOf({ config: config({ maxRemovals: "lots" }), steps })).toContain(
    "- workos:maxRemovals must be a number of people, such as 10, or a percentage, such as 10%.",
  );
});

test("a preview that failed is never taken for one without changes", () => {
  const message = "error: roster.yaml:3:5 member is no key here\n    at Object.<anonymous> (/home/ci/index.ts:1:1)\n";
  const text = commentOf({
    steps: [membership("ann", "admin", "same")],
    diagnostics: [{ severity: "error", message }],
  });
  expect(text).toContain("## The preview failed");
  expect(text).toContain("```text\nerror: roster.yaml:3:5 member is no key here\n```");
  expect(text).not.toContain("No change");
});

describe("whatever the preview holds", () => {
  const secret = fc.string({ minLength: 12, maxLength: 30, unit: "grapheme-ascii" }).map((text) => `hidden${text}`);
  const word = fc.string({ unit: "grapheme", maxLength: 60 });
  const kinds = Object.keys(resources) as (keyof typeof resources)[];
  const step = fc
    .record({
      kind: fc.constantFrom(...kinds),
      op: fc.constantFrom("create", "update", "replace", "delete", "same", "refresh"),
      name: word,
      text: word,
      role: fc.constantFrom("admin", "member"),
      status: fc.constantFrom("active", "inactive", "pending"),
      secret,
      shown: word,
    })
    .map(({ kind, op, name, text, role, status, secret: hidden, shown }) => {
      const { inputs, outputs } = resources[kind];
      const declared = { ...inputs, ...outputs } as Record<string, { traits: { secret?: boolean } }>;
      const values = Object.fromEntries(
        Object.entries(declared).map(([field, { traits }]) => [field, traits.secret ? hidden : text]),
      );
      const state = { id: `id_${text}`, inputs: { ...values, roleSlug: role, status }, outputs: { ...values, status } };
      return { hidden, step: { op, urn: urn(kind, `${name}${shown}`), oldState: state, newState: state } };
    });
  const previews = fc.array(step, { maxLength: 30 });

  it("secrets are not shown, even where the preview has them in the clear", () => {
    fc.assert(
      fc.property(previews, secret, (given, key) => {
        const text = commentOf({ config: { "workos:apiKey": key }, steps: given.map(({ step: one }) => one) });
        for (const hidden of [key, ...given.map((one) => one.hidden)]) expect(text).not.toContain(hidden);
      }),
    );
  });

  it("the comment fits, and begins with what it is found by", () => {
    fc.assert(
      fc.property(previews, fc.integer({ min: 1, max: 400 }), (given, times) => {
        const steps = Array.from({ length: times }, (_, index) =>
          given.map(({ step: one }) => ({ ...one, urn: `${one.urn}${index}` })),
        ).flat();
        const text = commentOf({ steps });
        expect(Buffer.byteLength(text)).toBeLessThan(limit);
        expect(text.startsWith("<!-- pulumi-workos: access -->\n")).toBe(true);
        expect(text.match(/```|<\/?details>/g)?.length ?? 0).toBe(text.includes("<details>") ? 2 : 0);
      }),
      { numRuns: 25 },
    );
  });
});
