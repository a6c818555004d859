/** A preview as reviewers read it. */
import { commentOf, limit, marker, type PreviewStep } from "../../cli/comment";
import { encode } from "../../provider/roster/state";
import { type Member } from "../../provider/roster/roster";
import { run } from "./support/run";

type People = Record<string, Member>;

const roster = (before: People, after: People, options: object = {}, name = "people"): PreviewStep => ({
  op: "update",
  urn: `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:OrganizationRoster::${name}`,
  oldState: {
    outputs: {
      organizationName: "Acme",
      organizationId: "org_1",
      counts: {
        active: Object.keys(before).length,
        admins: Object.values(before).filter(({ roles }) => roles?.includes("admin")).length,
      },
      __people: Object.fromEntries(
        Object.entries(before).map(([email, { roles = [] }]) => [
          email,
          encode({ status: "active", userId: `user_${email}`, accessId: `om_${email}`, roles, rolesDeclared: true }),
        ]),
      ),
    },
  },
  newState: { inputs: { organizationId: "org_1", members: after, ...options } },
});

const people = (count: number, role: string, prefix: string): People =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}@example.com`, { roles: [role] }]));

test("a change of twelve people, risk first", () => {
  const before = { ...people(2, "admin", "admin"), ...people(20, "member", "m") };
  const { "admin1@example.com": _gone, "m0@example.com": _left, "m1@example.com": _too, ...rest } = before;
  const after: People = {
    ...rest,
    "m2@example.com": { roles: ["admin"] },
    "m3@example.com": { roles: ["member"], status: "inactive" },
    "m4@example.com": { roles: ["member", "viewer"] },
    ...people(4, "member", "new"),
    "guest0@example.com": { roles: ["member"], via: "invitation" },
    "guest1@example.com": { roles: ["member"], via: "invitation" },
  };
  expect(commentOf({ steps: [roster(before, after, { guards: { minAdmins: 1 } })] })).toBe(`${marker}

## Changes of access

Stack \`prod\` of \`acme\`, organization Acme.

> [!CAUTION]
> **Will be refused.** people: 4 of 22 people would lose access to Acme, and a run may remove 3 (maxRemovals): m3@example.com, admin1@example.com, m0@example.com, m1@example.com. If all of them are meant to go, override once with WORKOS\\_OVERRIDE\\_MAX\\_REMOVALS=1 in the environment, or raise maxRemovals.

### 🔴 Suspends 1 admin

- \`admin1@example.com\`

### 🟠 Grants admin to 1

- \`m2@example.com\` (member → admin)

### 🟠 Suspends 3

- \`m3@example.com\`
- \`m0@example.com\`
- \`m1@example.com\`

### 🟡 Changes the roles of 1

- \`m4@example.com\` (member → member, viewer)

### 🟢 Adds 4

- \`new0@example.com\` (member)
- \`new1@example.com\` (member)
- \`new2@example.com\` (member)
- \`new3@example.com\` (member)

### 🟢 Invites 2

- \`guest0@example.com\` (member)
- \`guest1@example.com\` (member)

No change for 16.

<details><summary>Ids</summary>

- m2@example.com: om\\_m2@example.com
- m3@example.com: om\\_m3@example.com
- m4@example.com: om\\_m4@example.com
- admin1@example.com: om\\_admin1@example.com
- m0@example.com: om\\_m0@example.com
- m1@example.com: om\\_m1@example.com

</details>`);
});

test("a change of ten thousand people fits into a comment", () => {
  const long = people(10_000, "member", "somebody-with-a-long-address-indeed-");
  const text = commentOf({ steps: [roster({}, long), roster(long, {}, {}, "others")] });
  expect(Buffer.byteLength(text)).toBeLessThan(limit);
  expect(text).toContain("Adds 10,000");
  expect(text).toContain("more");
});

test("single resources are in the words of access too, and secrets are nowhere", () => {
  const step = (op: string, kind: string, inputs: Record<string, unknown>): PreviewStep => ({
    op,
    urn: `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${kind.toLowerCase()}-${op}`,
    ...(op === "delete" ? { oldState: { inputs } } : { newState: { inputs } }),
  });
  const text = commentOf({
    steps: [
      step("create", "User", { email: "ann@example.com", password: "correct-horse" }),
      step("create", "Invitation", { email: "bob@example.com", roleSlug: "member" }),
      step("delete", "OrganizationMembership", { roleSlug: "admin" }),
      step("same", "User", { email: "eve@example.com" }),
    ],
  });
  expect(text).toContain("### 🔴 Removes 1 admin\n\n- `organizationmembership-delete` (admin)");
  expect(text).toContain("### 🟢 Invites 1\n\n- `bob@example.com` (member)");
  expect(text).toContain("- create User `ann@example.com`");
  expect(text).not.toContain("correct-horse");
  expect(text).not.toContain("eve@");
});

test("names cannot become markup", () => {
  const text = commentOf({ steps: [roster({}, { "`<b>@x.example": { roles: ["[a](http://evil)"] } })] });
  expect(text).toContain("- `'<b>@x.example` (\\[a\\](http:\u200b//evil))");
});

test("a kind of a newer version is no silence", () => {
  const newer = { op: "create", urn: "urn:pulumi:dev::demo::pulumi-nodejs:dynamic/workos:Group::ops" };
  expect(commentOf({ steps: [newer] })).toContain("### ⚪ Other changes: 1\n\n- create Group `ops`");
});

describe("settings of the environment are a section of their own", () => {
  const urn = (kind: string, name: string) => `urn:pulumi:dev::demo::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
  const step = (kind: string, op: string, old: object | undefined, said: object | undefined): PreviewStep => ({
    op,
    urn: urn(kind, "it"),
    ...(old && { oldState: { id: "it_1", inputs: { ...old }, outputs: { ...old } } }),
    ...(said && { newState: { inputs: { ...said } } }),
  });
  const app = "https://app.example.com";
  const hook = { endpointUrl: `${app}/hooks`, events: ["user.created", "user.deleted"] };

  it.each([
    ["RedirectUri", "create", undefined, { uri: `${app}/cb` }, `redirect URI \`${app}/cb\`: sign-ins may lead there`],
    [
      "RedirectUri",
      "delete",
      { uri: app, onDestroy: "retain" },
      undefined,
      "is retained: sign-ins may lead there as before",
    ],
    [
      "RedirectUri",
      "replace",
      { uri: `${app}/a` },
      { uri: `${app}/b` },
      `sign-ins may lead there, and no longer to ${app}/a`,
    ],
    ["WebhookEndpoint", "create", undefined, hook, "is told of user.created, user.deleted"],
    [
      ...["WebhookEndpoint", "update"],
      ...[hook, { ...hook, events: ["user.created", "session.created"] }],
      "is told of session.created, no longer of user.deleted",
    ],
    ["WebhookEndpoint", "update", hook, { ...hook, status: "disabled" }, ": status"],
    ["WebhookEndpoint", "delete", hook, undefined, "is no longer told of events"],
    ["CorsOrigin", "create", undefined, { origin: app }, `CORS origin \`${app}\`: its pages may call WorkOS`],
    ["CorsOrigin", "delete", { origin: app }, undefined, "stays: its pages may call WorkOS as before"],
    ["JwtTemplate", "create", undefined, { content: "{}" }, "takes over what access tokens say besides"],
    ["JwtTemplate", "delete", { content: "{}" }, undefined, "is what it was before it was taken over"],
  ] as [string, string, object | undefined, object | undefined, string][])("%s, %s", (kind, op, old, said, line) => {
    const comment = commentOf({ steps: [step(kind, op, old, said)] });
    expect(comment).toContain("### 🟡 Changes 1 setting of the environment");
    // Without what keeps addresses from being links.
    expect(comment.replaceAll(/[\\\u200b]/g, "")).toContain(line);
  });

  it("a domain is told by its name and what becomes of it", () => {
    const domain = { organizationId: "org_1", domain: "acme.example" };
    const said = (op: string, old?: object, now?: object) =>
      commentOf({ steps: [step("OrganizationDomain", op, old, now)] });
    expect(said("create", undefined, domain)).toContain("domain `acme.example`: is added, to be verified");
    expect(said("update", domain, { ...domain, verify: "2" })).toContain("its verification is started anew");
    expect(said("delete", domain)).toContain("no longer belongs to the organization");
  });
});

test("no change says so, and text that is no preview is refused", async () => {
  expect(commentOf({ steps: [] })).toBe(`${marker}\n\n## No change of access`);
  for (const input of ["error: no stack", "", "[]", "null"]) {
    expect(await run(["comment"], { input })).toMatchObject({
      code: 1,
      err: expect.stringContaining("That is no JSON of `pulumi preview --json`") as string,
    });
  }
  expect(JSON.parse((await run(["comment", "--json"], { input: "{}" })).out)).toEqual({ body: commentOf({}) });
});

describe("what a reviewer must not have to guess", () => {
  const membership = (before: object, after: object | undefined, op = "update"): PreviewStep => ({
    op,
    urn: "urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:OrganizationMembership::ann",
    oldState: { id: "om_1", inputs: {}, outputs: { organizationId: "org_1", organizationName: "Acme", ...before } },
    ...(after ? { newState: { inputs: { organizationId: "org_1", ...after } } } : {}),
  });
  const active = (role: string) => ({ status: "active", roleSlugs: [role] });

  test.each([
    [
      "a suspension of an admin",
      membership(active("admin"), { roleSlug: "admin", status: "inactive" }),
      "🔴 Suspends 1 admin",
    ],
    ["a suspension", membership(active("member"), { roleSlug: "member", status: "inactive" }), "🟠 Suspends 1"],
    [
      "a suspension by onDestroy",
      membership({ ...active("admin"), onDestroy: "deactivate" }, undefined, "delete"),
      "🔴 Suspends 1 admin",
    ],
    ["a removal", membership(active("admin"), undefined, "delete"), "🔴 Removes 1 admin"],
    [
      "a reactivation",
      membership({ ...active("member"), status: "inactive" }, { roleSlug: "member", status: "active" }),
      "🟡 Lifts the suspension of 1",
    ],
    [
      "a reactivation of an admin",
      membership({ ...active("admin"), status: "inactive" }, { roleSlug: "admin", status: "active" }),
      "🟠 Lifts the suspension of 1 admin",
    ],
  ])("%s is called what it is, with stack and organization", (_what, step, title) => {
    const text = commentOf({ steps: [step] });
    expect(text).toContain(`### ${title}\n\n- \`ann\``);
    expect(text).toContain("Stack `prod` of `acme`, organization Acme.");
  });

  test.each([
    ["deactivate", "🔴 Suspends 1 admin\n\n- `a@example.com`", "🟠 Suspends 1\n\n- `b@example.com`"],
    ["delete", "🔴 Removes 1 admin\n\n- `a@example.com`", "🟠 Removes 1\n\n- `b@example.com`"],
  ])("whoever leaves a roster by %s", (onRemove, ...titles) => {
    const before = { "a@example.com": { roles: ["admin"] }, "b@example.com": { roles: ["member"] } };
    const text = commentOf({ steps: [roster(before, {}, { onRemove })] });
    for (const title of titles) expect(text).toContain(`### ${title}`);
  });

  test("when access ends: of people, of invitations, of keys", () => {
    const people = { "a@example.com": { roles: ["member"] }, "b@example.com": { roles: ["member"] } };
    const key = (op: string, expiresAt: string | undefined, before?: Record<string, unknown>): PreviewStep => ({
      op,
      urn: `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:OrganizationApiKey::${op}`,
      ...(before ? { oldState: { id: "api_key_1", inputs: before, outputs: before } } : {}),
      newState: { inputs: { name: `${op} key`, expiresAt, organizationId: "org_1" } },
    });
    const text = commentOf({
      steps: [
        roster(people, {
          ...people,
          "b@example.com": { roles: ["member"], expiresAt: "2042-02-01" },
          "c@example.com": { roles: ["member"], expiresAt: "2042-01-31" },
        }),
        {
          op: "create",
          urn: "urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:Invitation::d",
          newState: {
            inputs: { email: "d@example.com", organizationId: "org_1", roleSlug: "member", expiresInDays: 3 },
          },
        },
        key("create", "2042-03-01T00:00:00Z"),
        key("update", "2042-04-01T00:00:00Z", { name: "update key", expiresAt: "2042-03-01T00:00:00Z" }),
      ],
    });
    expect(text).toContain("- `c@example.com` (member), until 2042-01-31");
    expect(text).toContain(
      "### 🟡 Changes when the access of 1 ends\n\n- `b@example.com`: 2042-02-01 instead of never",
    );
    expect(text).toContain("- `d@example.com` (member): open for 3 days");
    expect(text).toContain("- `create key`: a new one until 2042-03-01T00:00:00Z");
    expect(text).toContain("- `update key`: works until 2042-04-01T00:00:00Z instead of until 2042-03-01T00:00:00Z");
  });

  test("a preview that failed, or changes nothing, names the stack too", () => {
    const unchanged = membership(active("member"), { roleSlug: "member" }, "same");
    expect(commentOf({ steps: [unchanged] })).toBe(
      `${marker}\n\n## No change of access\n\nStack \`prod\` of \`acme\`, organization Acme.\n\nNo change for 1.`,
    );
    const diagnostics = [{ severity: "error", message: "no", urn: unchanged.urn }];
    expect(commentOf({ diagnostics })).toContain("## The preview failed\n\nStack `prod` of `acme`.\n");
  });
});
