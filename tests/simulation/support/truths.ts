/** What must be so: of a line when it is said, and of a step when the engine hears that it is done. */
import { type StateDump } from "../../../emulator";
import { foldAddress } from "../../../provider/declare/address";
import { type Thing, thingDifference, thingOf, thingsIn } from "./things";
import { type Inputs, type Recorded, type Step } from "./engine";

type Membership = StateDump["organizationMemberships"][number];

export const rolesOf = ({ role, roles }: Membership): string[] => (roles ?? [role]).map(({ slug }) => slug);

const sameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((item) => other.includes(item));

/** Memberships of whoever has this address, in organizations of this name. */
function held(state: StateDump, who: string, where: string): Membership[] {
  const users = state.users.filter(({ id, email }) => foldAddress(email) === foldAddress(who) || id === who);
  const there = state.organizations.filter(({ id, name }) => name === where || id === where);
  return state.organizationMemberships.filter(
    ({ user_id, organization_id }) =>
      users.some(({ id }) => id === user_id) && there.some(({ id }) => id === organization_id),
  );
}

const isPending = (state: StateDump, who: string) =>
  state.invitations.filter((one) => one.state === "pending" && foldAddress(one.email) === foldAddress(who));

export interface Moment {
  /** The environment when the line is said, and when the run began. */
  readonly now: StateDump;
  readonly before: StateDump;
  /** What the stack has recorded when the run began. */
  readonly recorded: readonly { readonly kind: string; readonly outputs: Readonly<Record<string, unknown>> }[];
  /** Whether the process itself has made the object in this run, or one of its stack in any. */
  readonly madeNow: (id: string) => boolean;
  readonly madeEver: (id: string) => boolean;
}

type Check = (parts: readonly string[], moment: Moment) => string | undefined;
const status = (found: readonly Membership[]) =>
  found.map((one) => `${one.status} (${rolesOf(one).join(", ")})`).join("; ") || "no membership";

const activeWith: Check = ([, who = "", where = "", roles], { now }) => {
  const found = held(now, who, where);
  const fits = found.some(
    (one) => one.status === "active" && (roles === undefined || sameSet(rolesOf(one), roles.split(", "))),
  );
  return fits ? undefined : status(found);
};

const lines: (readonly [RegExp, Check])[] = [
  [/^(\S+@\S+) gains access to (.+) \((.+)\)\.$/, activeWith],
  [/^(\S+@\S+) has access to (.+) again \((.+)\)\.$/, activeWith],
  [/^(\S+@\S+) keeps access to (.+?):/, activeWith],
  [/^The suspension of (\S+@\S+) in (.+) is lifted\.$/, activeWith],
  [
    /^(\S+@\S+) (?:has accepted the invitation meanwhile and )?loses access to (.+?)(?:; the directory.*|, which the accepted.*)?\.$/,
    ([, who = "", where = ""], { now, before }) => {
      const found = held(now, who, where).filter((one) => one.status === "active");
      if (found.length > 0) return status(found);
      const had = held(before, who, where);
      return had.length > 0 && had.every((one) => one.status === "inactive")
        ? `had no access before: ${status(had)}`
        : undefined;
    },
  ],
  [
    /^(\S+@\S+) (?:has accepted the invitation meanwhile and )?is suspended in (.+?)(?:: the membership is deactivated)?\.$/,
    ([, who = "", where = ""], { now }) => {
      const found = held(now, who, where);
      return found.some((one) => one.status === "inactive") ? undefined : status(found);
    },
  ],
  [
    /^(\S+@\S+) is no longer expected in (.+)\.$/,
    ([, who = "", where = ""], { now }) => {
      const found = held(now, who, where);
      return found.length === 0 ? undefined : status(found);
    },
  ],
  [
    /^(\S+@\S+) is no longer invited\.$/,
    ([, who = ""], { now, before }) => {
      const were = isPending(before, who);
      const still = isPending(now, who).map(({ id }) => id);
      const joined = were.filter(({ organization_id }) =>
        held(now, who, organization_id ?? "").some((one) => one.status === "active"),
      );
      if (joined.length > 0 && joined.length === were.length) return "is a member";
      return were.length > 0 && were.every(({ id }) => still.includes(id)) ? "is invited still" : undefined;
    },
  ],
  [
    /^(\S+@\S+) is invited(?: as (\S+))?\.$/,
    ([, who = "", role], { now }) =>
      isPending(now, who).some((one) => role === undefined || one.role_slug === role)
        ? undefined
        : "no such invitation",
  ],
  [
    /^\S+@\S+ \((user_\w+)\) loses all access: the user is deleted[.,]/,
    ([, id = ""], { now, before }) => {
      if (now.users.some((one) => one.id === id) && !isGoing(now, id)) return "the user exists";
      return before.users.some((one) => one.id === id) ? undefined : "was gone before";
    },
  ],
  [
    /^\S+@\S+ \((user_\w+)\) was deleted already/,
    ([, id = ""], { now }) => (now.users.some((one) => one.id === id) ? "the user exists" : undefined),
  ],
  [
    /^The organization (.+) is deleted: everybody in it loses access to it\.$/,
    (_parts, { now, before }) =>
      before.organizations.some(({ id }) => isGoing(now, id) || !now.organizations.some((one) => one.id === id))
        ? undefined
        : "no organization has gone",
  ],
  [
    /^The organization .+ \((org_\w+)\) was deleted already/,
    ([, id = ""], { now }) => (now.organizations.some((one) => one.id === id) ? "it exists" : undefined),
  ],
  [
    /^Adopted the (?!invitation).+ \(([a-z_]+_[0-9A-Z]{26})\)/,
    ([, id = ""], { now, madeNow }) =>
      !everyId(now).has(id) ? "it does not exist" : madeNow(id) ? "this run has made it" : undefined,
  ],
  [
    /\(([a-z_]+_[0-9A-Z]{26})\) was made by an earlier run/,
    ([, id = ""], { now, madeEver }) =>
      !everyId(now).has(id) ? "it does not exist" : madeEver(id) ? undefined : "another stack has made it",
  ],
  [
    /^The API key ".+" \((api_key_\w+)\) was deleted already/,
    ([, id = ""], { now }) => (now.apiKeys.some((one) => one.id === id) ? "it exists" : undefined),
  ],
  [
    /^The old API key ".+" \((.+)\) works until (\S+)\.$/,
    ([, shown = "", until = ""], { now }) =>
      now.apiKeys.some(
        (one) => one.obfuscated_value === shown && Date.parse(one.expires_at ?? "") === Date.parse(until),
      )
        ? undefined
        : "no such key",
  ],
];

const isOn = (state: StateDump, slug: string) => state.featureFlags.find((one) => one.slug === slug)?.enabled;

/** What is said of things. */
lines.push(
  [
    /^The feature flag (\S+) (?:is|stays) (enabled|disabled)\b/,
    ([, slug = "", how], { now }) => (isOn(now, slug) === (how === "enabled") ? undefined : "it is not"),
  ],
  [
    /^The feature flag (\S+) is on for (\S+), as soon/,
    ([, slug, who], { now }) =>
      now.featureFlagTargets.some((one) => one.slug === slug && one.resourceId === who) ? undefined : "no such target",
  ],
  [
    /^The feature flag (\S+) is no longer on for (\S+), unless/,
    ([, slug, who], { now }) =>
      now.featureFlagTargets.some((one) => one.slug === slug && one.resourceId === who) ? "it is a target" : undefined,
  ],
  [
    /^The JWT template of the environment is empty now/,
    (_parts, { now }) => (now.jwtTemplate?.content === "{}" ? undefined : `it is ${now.jwtTemplate?.content}`),
  ],
  [
    /^The JWT template of the environment is what it was when/,
    (_parts, { now, recorded }) => {
      const content = now.jwtTemplate?.content;
      const was = recorded.some((one) => one.kind === "JwtTemplate" && one.outputs.previousContent === content);
      return was ? undefined : `it is ${content}`;
    },
  ],
  [
    /^The ip address (\S+) is (on|off) the (block|allow) list(?: now)?\.$/,
    ([, entry, where, action], { now }) => {
      const isThere = now.radarEntries.some((one) => one.entry === entry && one.action === action);
      return isThere === (where === "on") ? undefined : "it is not";
    },
  ],
  [
    /^The ip address (\S+) was on the (block|allow) list already/,
    // Whether it was there before only the vendor tells: a network may have carried the call out twice.
    ([, entry, action], { now }) =>
      now.radarEntries.some((one) => one.entry === entry && one.action === action) ? undefined : "it is not",
  ],
  [
    /^The vault object "(.+)" is deleted/,
    ([, name], { now }) => (now.vaultObjects.some((one) => one.name === name) ? "it exists" : undefined),
  ],
  [
    /^The data integration (\S+) is deleted/,
    ([, slug], { now }) => (now.dataIntegrations.some((one) => one.slug === slug) ? "it exists" : undefined),
  ],
  [
    /^The permission (\S+) is deleted/,
    ([, slug], { now }) => (now.permissions.some((one) => one.slug === slug) ? "it exists" : undefined),
  ],
  [
    /client secret …(\S+) of the application .+ no longer works/,
    ([, hint], { now }) => (now.clientSecrets.some((one) => one.secret_hint === hint) ? "it exists" : undefined),
  ],
  [
    /^The application ".+" \((client_\w+)\) (?:is deleted|was deleted already)/,
    ([, id], { now }) => (now.applications.some((one) => one.client_id === id) ? "it exists" : undefined),
  ],
  [
    /^(\S+@\S+) is (no longer )?in the group (\S+) of/,
    ([, who = "", not, name], { now }) => {
      const people = now.users.filter(({ email }) => foldAddress(email) === foldAddress(who)).map(({ id }) => id);
      const held = now.organizationMemberships.filter(({ user_id }) => people.includes(user_id)).map(({ id }) => id);
      const groups = now.groups.filter((one) => one.name === name).map(({ id }) => id);
      const isIn = now.groupMemberships.some(
        (one) => groups.includes(one.group_id) && held.includes(one.organization_membership_id),
      );
      return isIn === (not === undefined) ? undefined : "it is not so";
    },
  ],
);

const isGoing = ({ pendingDeletions }: StateDump, id: string) => pendingDeletions.some((one) => one.id === id);

const everyId = (state: StateDump) =>
  new Set(
    [
      ...[
        state.users,
        state.organizations,
        state.organizationMemberships,
        state.invitations,
        state.apiKeys,
        state.roles,
      ],
      ...[state.organizations.flatMap(({ domains }) => domains), thingsIn(state)],
    ]
      .flat()
      .map((one: object) => ("id" in one ? String(one.id) : "")),
  );

const summaryLines: readonly (readonly [
  RegExp,
  (found: readonly Membership[], who: string, now: StateDump) => boolean,
])[] = [
  [/^ {2}(?:REMOVES [\d,]+ admins?|removes [\d,]+): (.+)$/, (found) => !found.some((one) => one.status === "active")],
  [/^ {2}suspends [\d,]+: (.+)$/, (found) => found.some((one) => one.status === "inactive")],
  [
    /^ {2}TAKES the admin role from [\d,]+: (.+)$/,
    (found) => !found.some((one) => one.status === "active" && rolesOf(one).includes("admin")),
  ],
  [
    /^ {2}GRANTS admin to [\d,]+: (.+)$/,
    (found, who, now) =>
      found.some((one) => rolesOf(one).includes("admin")) ||
      isPending(now, who).some((one) => one.role_slug === "admin"),
  ],
  [/^ {2}adds [\d,]+: (.+)$/, (found) => found.some((one) => one.status !== "pending")],
  [/^ {2}invites [\d,]+: (.+)$/, (found, who, now) => isPending(now, who).length > 0 || found.length > 0],
  [/^ {2}lifts the suspension of [\d,]+: (.+)$/, (found) => found.some((one) => one.status === "active")],
];

/** Somebody who was renamed outside is named by the declared address, and may be any of these. */
const isRenamed = ({ users }: StateDump, who: string): boolean =>
  !users.some(({ email }) => foldAddress(email) === foldAddress(who)) &&
  users.some(({ email }) => email.endsWith("@elsewhere.example"));

/** What is wrong with a line; nothing where it is true, or says nothing that could be looked up. */
export class Reader {
  /** The organization of a summary whose lines follow. */
  #where: string | undefined;

  /**
   * @param isDisturbed whether somebody else has changed something of this person in the middle of the run.
   * @param isAlone whether no other run is under way.
   */
  falsehood(line: string, moment: Moment, isDisturbed: (who: string) => boolean, isAlone: boolean): string | undefined {
    const title = /^(?:Applied to|Removed from) (.+): [\d,]+ changes?, [\d,]+ unchanged$/.exec(line);
    if (title) this.#where = title[1];
    else if (!line.startsWith("  ")) this.#where = undefined;
    if (this.#where !== undefined && isDisturbed(this.#where)) return undefined;
    if (this.#where !== undefined && !title) return this.#inSummary(line, this.#where, moment, isDisturbed);
    for (const [pattern, check] of lines) {
      const parts = pattern.exec(line);
      if (!parts) continue;
      // Who has accepted in the middle of the run is what this line is about.
      const matters = isAlone && line.endsWith(" is no longer invited.");
      if (!matters && parts.some((part) => isDisturbed(part))) return undefined;
      return check(parts, moment);
    }
    return undefined;
  }

  #inSummary(
    line: string,
    where: string,
    { now, before }: Moment,
    isDisturbed: (who: string) => boolean,
  ): string | undefined {
    // The program itself may give it another name in the same run.
    const places = [...now.organizations, ...before.organizations].filter(({ name }) => name === where);
    const there = new Set(places.map(({ id }) => id));
    const heldThere = (who: string) => [...there].flatMap((id) => held(now, who, id));
    for (const [pattern, holds] of summaryLines) {
      const names = pattern.exec(line)?.[1];
      if (names === undefined) continue;
      const wrong = names
        .replace(/ and \d+ more$/, "")
        .replace(/ \([^)]*\)/g, "")
        .split(", ")
        .filter((who) => !isDisturbed(who) && !isRenamed(now, who) && !holds(heldThere(who), who, now));
      return wrong.length > 0 ? `of ${wrong.map((who) => `${who}: ${status(heldThere(who))}`).join(", ")}` : undefined;
    }
    return undefined;
  }
}

/** The object that a resource stands for, in the names of the vendor; nothing where it is gone. */
export function objectOf(kind: string, { id, outputs }: Pick<Recorded, "id" | "outputs">, state: StateDump) {
  const byId = <T extends { id: string }>(all: readonly T[]) => all.find((one) => one.id === id);
  switch (kind) {
    case "Organization":
    case "OrganizationRoster":
      return byId(state.organizations);
    case "User":
      return byId(state.users);
    case "OrganizationMembership":
      return byId(state.organizationMemberships) ?? pairOf(outputs, state);
    case "Invitation":
      return byId(state.invitations) ?? byId(state.organizationMemberships);
    case "OrganizationApiKey":
      return byId(state.apiKeys);
    case "OrganizationRole":
      return byId(state.roles);
    default:
      return thingOf(kind)?.find({ id, outputs }, state);
  }
}

const pairOf = ({ userId, organizationId }: Inputs, { organizationMemberships }: StateDump) =>
  organizationMemberships.find((one) => one.user_id === userId && one.organization_id === organizationId);

/** How an object differs from what is declared of it. */
export function difference(
  kind: string,
  recorded: Pick<Recorded, "id" | "inputs" | "outputs">,
  state: StateDump,
): string | undefined {
  const { id, inputs } = recorded;
  if (thingOf(kind)) return thingDifference(kind as Thing, recorded, state);
  const found = objectOf(kind, recorded, state);
  if (!found) return "it does not exist";
  const actual = found as unknown as Record<string, unknown>;
  const wrong = (name: string, value: unknown) => `${name} is ${JSON.stringify(value)}`;
  const plain = (name: string, field: string) =>
    inputs[name] !== undefined && inputs[name] !== actual[field] ? wrong(name, actual[field]) : undefined;
  const map = () =>
    inputs.metadata !== undefined && JSON.stringify(sorted(inputs.metadata)) !== JSON.stringify(sorted(actual.metadata))
      ? wrong("metadata", actual.metadata)
      : undefined;
  switch (kind) {
    case "Organization":
      return plain("name", "name") ?? plain("externalId", "external_id") ?? map();
    case "User": {
      const { email } = inputs;
      if (typeof email === "string" && foldAddress(email) !== foldAddress(String(actual.email)))
        return wrong("email", actual.email);
      return (
        plain("firstName", "first_name") ??
        plain("lastName", "last_name") ??
        plain("externalId", "external_id") ??
        plain("locale", "locale") ??
        map()
      );
    }
    case "OrganizationMembership": {
      const membership = found as Membership;
      const roles = inputs.roleSlugs ?? (inputs.roleSlug === undefined ? undefined : [inputs.roleSlug]);
      if (roles !== undefined && !sameSet(roles as string[], rolesOf(membership))) {
        return wrong("roles", rolesOf(membership));
      }
      const wanted = inputs.status;
      const fits =
        wanted === undefined ||
        wanted === membership.status ||
        (wanted === "active" && membership.status === "pending");
      if (!fits) return wrong("status", membership.status);
      return plain("userId", "user_id") ?? plain("organizationId", "organization_id");
    }
    case "Invitation": {
      if (id.startsWith("om_")) return undefined;
      if (!["pending", "accepted", "expired"].includes(String(actual.state))) return wrong("state", actual.state);
      if (actual.state === "pending")
        return plain("roleSlug", "role_slug") ?? plain("organizationId", "organization_id");
      return undefined;
    }
    case "OrganizationApiKey": {
      const permissions = (actual.permissions ?? []) as string[];
      if (inputs.permissions !== undefined && !sameSet(inputs.permissions as string[], permissions)) {
        return wrong("permissions", permissions);
      }
      return plain("name", "name");
    }
    case "OrganizationRole": {
      const permissions = (actual.permissions ?? []) as string[];
      if (inputs.permissions !== undefined && !sameSet(inputs.permissions as string[], permissions)) {
        return wrong("permissions", permissions);
      }
      return plain("name", "name") ?? plain("slug", "slug");
    }
    default:
      return rosterDifference(recorded, state);
  }
}

const sorted = (value: unknown) => Object.entries(value ?? {}).sort(([one], [other]) => one.localeCompare(other));

function rosterDifference(
  { inputs: { members }, outputs, id: organizationId }: Pick<Recorded, "id" | "inputs" | "outputs">,
  state: StateDump,
): string | undefined {
  const people = (outputs.__people ?? {}) as Record<string, string>;
  for (const [who, given] of Object.entries(
    members as Record<string, { roles?: string[]; status?: string; via?: string }>,
  )) {
    // Somebody who has another address by now is still the one who was declared.
    const recorded = state.users.find(({ id }) => people[who]?.includes(id));
    const [found] = [...held(state, recorded?.email ?? who, organizationId), ...held(state, who, organizationId)];
    const open = isPending(state, who).find((one) => one.organization_id === organizationId);
    if (!found && !open) return `${who} has no access`;
    if (!found) continue;
    // Who is invited stays so until they accept.
    if (found.status === "pending") continue;
    if (found.status !== (given.status ?? "active")) return `${who} is ${found.status}`;
    if (given.roles && !sameSet(given.roles, rolesOf(found))) return `${who} is ${rolesOf(found).join(", ")}`;
  }
  return undefined;
}

/** What a program says to the provider alone. */
const options = new Set([
  ...["adopt", "adoptCredentials", "onDestroy", "forceDestroy", "allowDirectoryManaged"],
  ...["onExpired", "maxSends", "expiresInDays", "overlap", "__provider"],
]);

/** What is not so although the engine was told of a step that it is done. */
export function lie(step: Step, state: StateDump, isElsewhere: (id: string) => boolean): string | undefined {
  const { op, kind, id, before, after } = step;
  if (op === "create" || op === "replace") return after && difference(kind, after, state);
  if (op === "update") {
    // What others have changed meanwhile is recorded, or found by the next refresh, and a later run's to put back.
    const changed = Object.entries(after?.inputs ?? {}).filter(
      ([name, value]) =>
        !options.has(name) &&
        [before?.inputs, before?.outputs].every((known) => JSON.stringify(value) !== JSON.stringify(known?.[name])),
    );
    // Nothing is asked of the vendor for an option of the provider's own.
    if (changed.length === 0 || !after) return undefined;
    const { email, members } = kind === "User" ? {} : after.inputs;
    return difference(kind, { ...after, inputs: { email, members, ...Object.fromEntries(changed) } }, state);
  }
  if (op === "read") {
    if (thingOf(kind)?.unread) return undefined;
    const found = after && objectOf(kind, after, state);
    if (!found) return "it was read and does not exist";
    const email = (found as { email?: string }).email;
    const recorded = after.outputs.email;
    const isSame =
      kind !== "User" || typeof recorded !== "string" || foldAddress(recorded) === foldAddress(email ?? "");
    return isSame ? undefined : `it was read as ${recorded}, and is ${String(email)}`;
  }
  if (!before || (op !== "gone" && op !== "delete") || isElsewhere(id) || isGoing(state, id)) return undefined;
  const found = objectOf(kind, before, state) as Record<string, unknown> | undefined;
  if (!found) return undefined;
  const { outputs } = before;
  if (op === "delete" && thingOf(kind)?.stays) return undefined;
  const isKept = (outputs.onDestroy ?? (outputs.adopted === true ? "retain" : "delete")) === "retain";
  switch (kind) {
    case "OrganizationRoster":
      return op === "gone" ? "its organization exists" : undefined;
    case "Invitation":
      if (found.state === undefined) return undefined;
      return found.state === "pending" ? "it is pending" : undefined;
    case "OrganizationMembership": {
      if (op === "gone") return "it exists";
      if (outputs.onDestroy === "retain") return undefined;
      if (outputs.onDestroy === "deactivate") return found.status === "active" ? "it is active" : undefined;
      return "it exists";
    }
    case "UserApiKey":
    case "OrganizationApiKey":
      return op === "delete" && found.expires_at !== null ? undefined : "it exists";
    default:
      return op === "delete" && isKept ? undefined : "it exists";
  }
}
