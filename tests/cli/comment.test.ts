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
    ["JwtTemplate", "delete", { content: "{}" }, undefined, "is what it was when this resource took it over"],
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

  test("a key of a person's is shown with whose it is", () => {
    const user = { email: "ann@example.com" };
    const key = { name: "Laptop", userId: "user_1", organizationId: "org_1" };
    const urn = (kind: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::ann`;
    const state = (id: string, values: Record<string, unknown>) => ({ id, inputs: values, outputs: values });
    const text = commentOf({
      steps: [
        { op: "same", urn: urn("User"), oldState: state("user_1", user), newState: state("user_1", user) },
        { op: "delete", urn: urn("UserApiKey"), oldState: state("api_key_1", key) },
      ],
    });
    expect(text).toContain("- `Laptop (ann@example.com)`: is revoked at once");
  });

  describe("what roles allow", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const urnOf = (kind: string, name: string) =>
      `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
    const step = (op: string, kind: string, before?: Record<string, unknown>, after?: Record<string, unknown>) => ({
      op,
      urn: urnOf(kind, "one"),
      ...(before ? { oldState: { id: "role_1", inputs: before, outputs: before } } : {}),
      ...(after ? { newState: { inputs: after } } : {}),
    });
    const editor = (...permissions: string[]) => ({ slug: "editor", name: "Editor", permissions });
    const billing = (...permissions: string[]) => ({
      ...editor(...permissions),
      slug: "org-b",
      organizationId: "org_1",
    });
    const holders = ["ann", "ben", "cleo"].map((name) => {
      const one = membership(active(name === "cleo" ? "org-b" : "editor"), { roleSlug: "editor" }, "same");
      return { ...one, urn: urnOf("OrganizationMembership", name) };
    });
    const lines = (...steps: PreviewStep[]) =>
      [...commentOf({ steps }).matchAll(/^- (?:\w+ )*`(?:editor|org-b|posts:\w+)`.*$/gm)].map(([line]) => line);

    test("is granted and taken at once, from so many people as the stack knows of", () => {
      const change = step("update", "EnvironmentRole", editor("posts:read"), editor("posts:write", "posts:pin"));
      expect(commentOf({ steps: [change] })).toContain("### 🟡 Changes what 1 role may do");
      const both =
        "- `editor`: GRANTS posts:write, posts:pin to everybody with the role editor, and TAKES posts:read from them";
      expect(lines(change)).toEqual([both]);
      expect(lines(change, ...holders)).toEqual([`${both}: 2 people, as far as this stack knows`]);
      expect(lines(step("update", "OrganizationRole", billing(), billing("bills:pay")), ...holders)).toEqual([
        "- `org-b`: GRANTS bills:pay to everybody with the role org-b: 1 person, as far as this stack knows",
      ]);
    });

    test("is granted by what is taken over, and is nothing to anybody where the role is new or not managed", () => {
      const adopting = { ...editor("posts:read"), adopt: "if-exists" };
      expect(lines(step("create", "EnvironmentRole", undefined, adopting), ...holders)).toEqual([
        "- `editor`: a new one, or one that is there and taken over, so that posts:read is all that it allows everybody with the role editor: 2 people, as far as this stack knows",
      ]);
      expect(lines(step("create", "EnvironmentRole", undefined, editor("posts:read")))).toEqual([
        "- `editor`: a new one: may posts:read",
      ]);
      const unmanaged = { slug: "editor", name: "Author" };
      const before = { ...step("update", "EnvironmentRole", editor("posts:read"), unmanaged) };
      const never = { ...before, oldState: { id: "role_1", inputs: { slug: "editor", name: "Editor" } } };
      expect(lines(never)).toEqual(["- `editor`: name"]);
      expect(lines(before)).toEqual(["- `editor`: TAKES posts:read from everybody with the role editor"]);
    });

    test("counts what is made in the same run, and says where more is to come", () => {
      const made = { op: "create", urn: urnOf("Permission", "pin"), newState: { inputs: { slug: "posts:pin" } } };
      const change = step("update", "EnvironmentRole", editor("posts:read"), editor("posts:read", unknown));
      const related = { ...change.newState, propertyDependencies: { permissions: [made.urn] } };
      const who = "everybody with the role editor";
      expect(lines(made, { ...change, newState: related })).toEqual([
        `- \`editor\`: GRANTS posts:pin to ${who}`,
        "- create Permission `posts:pin`",
      ]);
      expect(lines(change)).toEqual([`- \`editor\`: GRANTS what is not known yet to ${who}`]);
    });

    test("is counted by what the provider has said in the preview, of each role by itself", () => {
      const told = (...said: string[]) => said.map((message) => ({ severity: "info#err", message }));
      const steps = [
        step("update", "EnvironmentRole", editor("posts:read"), editor("posts:write")),
        { ...step("update", "OrganizationRole", billing(), billing("bills:pay")), urn: urnOf("OrganizationRole", "b") },
      ];
      const diagnostics = told(
        "GRANTS x to everybody with the role editor-2: 7 people\n",
        "GRANTS bills:pay to everybody with the role org-b of org_2: 8 people",
        "GRANTS bills:pay to everybody with the role org-b of org_1: 1 person",
        "GRANTS posts:write to everybody with the role editor, and TAKES posts:read from them: 41 people in 2 organizations",
      );
      const text = commentOf({ steps, diagnostics });
      expect([...text.matchAll(/^- `(?:editor|org-b)`.*$/gm)].map(([line]) => line)).toEqual([
        "- `editor`: GRANTS posts:write to everybody with the role editor, and TAKES posts:read from them: 41 people in 2 organizations",
        "- `org-b`: GRANTS bills:pay to everybody with the role org-b: 1 person",
      ]);
    });

    test("may be refused where it takes from more people than a run may", () => {
      const steps = [step("update", "EnvironmentRole", editor("posts:read"), editor())];
      const line = (count: string) => ({
        severity: "info#err",
        message: `TAKES posts:read from everybody with the role editor: ${count}`,
      });
      const refusals = (people: number, count: string) =>
        /\*\*May be refused\.\*\*.*/.exec(
          commentOf({ steps, diagnostics: [line(count)] }, { settings: { maxRemovals: { people } } }),
        )?.[0];
      expect(refusals(40, "1,041 people in 2 organizations")).toContain(
        "editor: rights would be taken from 1,041 people in 2 organizations, and a run may take access from 40 of one organization (workos:maxRemovals).",
      );
      expect(refusals(41, "41 people")).toBeUndefined();
    });

    test("is lost with a permission that goes, and not with a role of the environment", () => {
      const read = { slug: "posts:read", name: "Read" };
      const known = { ...step("same", "EnvironmentRole", editor("posts:read"), editor("posts:read")) };
      const gone = step("delete", "Permission", read);
      expect(commentOf({ steps: [gone] })).toContain("### 🟡 Takes 1 permission from every role");
      expect(lines(gone, known)).toEqual([
        "- `posts:read`: is deleted, and taken from every role that has it, such as editor",
      ]);
      expect(lines(step("replace", "Permission", read, { ...read, resourceTypeSlug: "post" }))).toEqual([
        "- `posts:read`: is deleted, and taken from every role that has it; no role has the one in its place by that",
      ]);
      expect(lines(step("delete", "Permission", { ...read, onDestroy: "retain" }))).toEqual([
        "- Permission `posts:read`: is retained, with the roles that have it",
      ]);
      expect(lines(step("delete", "EnvironmentRole", editor("posts:read")))).toEqual([
        "- `editor`: is retained, with whoever has it",
      ]);
    });
  });

  test("applications and their secrets: what they may, and which of them loses a secret", () => {
    const urn = (kind: string, name: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
    const state = (id: string, values: Record<string, unknown>) => ({ id, inputs: values, outputs: values });
    const wiki = {
      name: "Wiki",
      applicationType: "oauth",
      scopes: ["openid"],
      redirectUris: [{ uri: "app:/a" }],
    };
    const text = commentOf({
      steps: [
        {
          op: "update",
          urn: urn("ConnectApplication", "wiki"),
          oldState: state("conn_app_1", wiki),
          newState: {
            id: "conn_app_1",
            inputs: { ...wiki, scopes: ["email"], redirectUris: [{ uri: "app:/b" }] },
          },
        },
        {
          op: "create",
          urn: urn("ConnectApplication", "sync"),
          newState: { inputs: { name: "Sync", applicationType: "m2m", scopes: ["bills:read"] } },
        },
        {
          op: "create",
          urn: urn("ConnectApplication", "found"),
          newState: { inputs: { name: "Found", applicationType: "oauth", adoptId: "conn_app_9" } },
        },
        {
          op: "delete",
          urn: urn("ConnectApplication", "kept"),
          oldState: state("conn_app_8", { name: "Kept", applicationType: "oauth", adopted: true }),
        },
        {
          op: "delete",
          urn: urn("ConnectApplicationSecret", "old"),
          oldState: state("conn_app_secret_1", { applicationId: "conn_app_1" }),
        },
        {
          op: "replace",
          urn: urn("ConnectApplicationSecret", "new"),
          oldState: state("conn_app_secret_2", { applicationId: "conn_app_1" }),
          newState: { inputs: { applicationId: "conn_app_1", overlap: "5m" } },
        },
      ],
    });
    expect(text).toContain("### 🟡 Changes 6 Connect applications");
    expect(text).toContain("- `Found`: one that is there is taken over");
    expect(text).toContain("- `Kept`: is retained, with its secrets");
    expect(text).toContain(
      "- `Wiki`: may ask for email; may no longer ask for openid; sends people back to app:/b; no longer sends people to app:/a",
    );
    expect(text).toContain("- `Sync`: a new one: may ask for bills:read");
    expect(text).toContain("- `Wiki`: the secret is revoked at once");
    expect(text).toContain("- `Wiki`: a new secret; the old one ends after 5m, for which the run waits");
  });

  test("feature flags: for whom, and whether at all", () => {
    const urn = (kind: string, name: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
    const state = (id: string, values: Record<string, unknown>) => ({ id, inputs: values, outputs: values });
    const acme = state("org_1", { name: "Acme" });
    const text = commentOf({
      steps: [
        { op: "same", urn: urn("Organization", "acme"), oldState: acme, newState: acme },
        {
          op: "create",
          urn: urn("FeatureFlagTarget", "one"),
          newState: { inputs: { slug: "beta", resourceId: "org_1" } },
        },
        {
          op: "delete",
          urn: urn("FeatureFlagTarget", "two"),
          oldState: state("gamma/org_1", { slug: "gamma", resourceId: "org_1" }),
        },
        {
          op: "delete",
          urn: urn("FeatureFlagState", "three"),
          oldState: state("flag_1", { slug: "delta", enabled: true, enabledBefore: false }),
        },
      ],
    });
    expect(text).toContain("### 🟡 Switches features: 3");
    expect(text).toContain("- `beta`: on for Acme");
    expect(text).toContain("- `gamma`: no longer on for Acme");
    expect(text).toContain("- `delta`: is disabled again, as it was before");
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
