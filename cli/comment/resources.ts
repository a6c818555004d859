/** What a change of a single resource means for somebody's access. */
import type { GuardSettings } from "../../provider/context";
import { isAdmin, sameRoles } from "../../provider/people";
import { sameAddress } from "../../provider/declare/address";
import { unknownValue } from "../../provider/declare/unknown";
import { reachSaid, rightsText } from "../../provider/reach";
import { named, plural } from "../../provider/wording";
import { isRetained } from "../../provider/declare/fields";
import type { Kind } from "../../provider/resources";
import type { Item } from "./item";
import {
  declaredOf,
  type Directory,
  kindOf,
  nameOf,
  type Op,
  opOf,
  type PreviewStep,
  recordedOf,
  textOf,
  textsOf,
  type Values,
} from "./preview";
import { heldBy, heldByHowMany, losers, type Tallies } from "./tally";

export interface Scene {
  readonly directory: Directory;
  readonly settings: GuardSettings;
  readonly tallies: Tallies;
  /** What the provider has said in the preview, which has asked for more than the plan tells. */
  readonly said: readonly string[];
}

export function itemsOf(step: PreviewStep, scene: Scene): Item[] {
  const op = opOf(step);
  if (op === undefined) return [];
  const kind = kindOf(step);
  if (kind === undefined || kind === "OrganizationRoster") return [];
  return isKind(kind) ? itemsOfKind[kind](op, step, scene) : [otherItem(op, step, kind)];
}

/** What each kind means for access; a new one is asked for here by the compiler. */
const itemsOfKind: Readonly<Record<Kind, (op: Op, step: PreviewStep, scene: Scene) => Item[]>> = {
  Organization: organizationItems,
  User: userItems,
  OrganizationMembership: membershipItems,
  Invitation: invitationItems,
  OrganizationApiKey: keyItems,
  OrganizationRole: roleItems,
  Group: groupItems,
  RedirectUri: redirectUriItems,
  WebhookEndpoint: webhookItems,
  CorsOrigin: corsItems,
  GroupMembership: groupMembershipItems,
  UserApiKey: keyItems,
  AuthorizationResource: authorizationResourceItems,
  RoleAssignment: roleAssignmentItems,
  AuditLogSchema: plainItems,
  AuditLogRetention: retentionItems,
  EnvironmentRole: roleItems,
  Permission: permissionItems,
  GroupMembers: groupMembersItems,
  JwtTemplate: templateItems,
  OrganizationDomain: domainItems,
  ConnectApplication: applicationItems,
  ConnectApplicationSecret: secretItems,
  VaultObject: plainItems,
  RadarListEntry: radarItems,
  GroupRoleAssignments: groupRolesItems,
  FeatureFlagTarget: targetItems,
  FeatureFlagState: flagItems,
  DataIntegration: plainItems,
  OrganizationDataIntegration: plainItems,
};
const isKind = (kind: string): kind is Kind => Object.hasOwn(itemsOfKind, kind);

/** A kind that this version does not know, of a newer one: it changes, and that must not be silent. */
function otherItem(op: Op, step: PreviewStep, kind: string): Item {
  return { effect: "other", who: nameOf(step), what: `${op} ${kind}`, id: step.oldState?.id, detail: changed(step) };
}

/** Of a kind that is nobody's access. */
function plainItems(op: Op, step: PreviewStep): Item[] {
  return [otherItem(op, step, kindOf(step) ?? "resource")];
}

/** Nobody's access; but with fewer days, what was recorded of it is deleted for good. */
function retentionItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const [before, now] = [old.retentionPeriodInDays, said.retentionPeriodInDays];
  const shorter = typeof before === "number" && typeof now === "number" && now < before;
  return [
    {
      ...otherItem(op, step, "AuditLogRetention"),
      where: directory.organization(step.newState ?? step.oldState),
      ...(shorter ? { detail: `${now} days instead of ${before}: older events are deleted for good` } : {}),
    },
  ];
}

/** Whom the entry fits is kept out, or let in, at their next sign-in. */
function radarItems(op: Op, step: PreviewStep): Item[] {
  const whatOf = ({ type, entry, action }: Values) =>
    `${textOf(type) ?? "entry"} ${textOf(entry) ?? ""} (${textOf(action) ?? "of a list"})`;
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const about = { effect: "sign-ins" as const, id: step.oldState?.id };
  const ends: Item = {
    ...about,
    who: whatOf(old),
    detail: isRetained(old) ? "is retained" : old.action === "block" ? "is kept out no longer" : "is let in no longer",
  };
  const comes: Item = { ...about, who: whatOf(said), detail: said.action === "block" ? "is kept out" : "is let in" };
  if (op === "create") return [comes];
  if (op === "delete") return [ends];
  return op === "replace" ? [ends, comes] : [otherItem(op, step, "RadarListEntry")];
}

const rolesOf = (values: Values): string[] => {
  const several = textsOf(values.roleSlugs);
  return several.length > 0 ? several : [textOf(values.roleSlug) ?? []].flat();
};

function membershipItems(op: Op, step: PreviewStep, { directory, settings }: Scene): Item[] {
  const { oldState, newState } = step;
  const old = recordedOf(step);
  const said = declaredOf(step);
  const before = rolesOf(old);
  const person = (state: typeof oldState) => ({
    who: directory.email(state) ?? nameOf(step),
    where: directory.organization(state),
    id: oldState?.id,
  });
  const admin = (roles: readonly string[]) => isAdmin(roles, settings);
  const ends = (): Item[] => {
    const about = { ...person(oldState), roles: { before: [], after: before } };
    if (old.onDestroy === "retain")
      return [{ ...about, effect: "other", detail: "keeps access: the membership is retained" }];
    if (old.status === "pending") return [{ ...about, effect: "takes back" }];
    const suspends = old.onDestroy === "deactivate";
    if (old.status === "inactive") {
      const detail = suspends
        ? "stays suspended, and is no longer managed"
        : "was suspended, and is no member any more";
      return [{ ...about, effect: "other", detail }];
    }
    if (admin(before)) return [{ ...about, effect: suspends ? "suspends admin" : "removes admin" }];
    return [{ ...about, effect: suspends ? "suspends" : "removes" }];
  };
  const comes = (): Item[] => {
    const after = rolesOf(said);
    const suspended = said.status === "inactive";
    const about = { ...person(newState), roles: { before: [], after } };
    if (suspended) return [{ ...about, effect: "adds", detail: "suspended" }];
    return [{ ...about, effect: admin(after) ? "grants admin" : "adds" }];
  };
  if (op === "create") return comes();
  if (op === "delete") return ends();
  if (op === "replace") return [...ends(), ...comes()];
  const after = said.roleSlug === undefined && said.roleSlugs === undefined ? before : rolesOf(said);
  const about = { ...person(newState), id: oldState?.id, roles: { before, after } };
  const active = old.status === "active";
  const stays = active ? said.status !== "inactive" : said.status === "active";
  if (active && admin(before) && !(stays && admin(after))) {
    return [{ ...about, effect: stays ? "demotes" : "suspends admin" }];
  }
  if (old.status === "inactive" && stays && admin(after)) return [{ ...about, effect: "readmits admin" }];
  if (stays && admin(after) && !(active && admin(before))) return [{ ...about, effect: "grants admin" }];
  if (active && !stays) return [{ ...about, effect: "suspends" }];
  if (old.status === "inactive" && stays) return [{ ...about, effect: "readmits" }];
  if (!sameRoles(before, after)) return [{ ...about, effect: "changes roles" }];
  return [{ ...person(newState), what: "update OrganizationMembership", effect: "other", detail: changed(step) }];
}

function invitationItems(op: Op, step: PreviewStep, { directory, settings }: Scene): Item[] {
  const { oldState, newState } = step;
  const old = recordedOf(step);
  const said = declaredOf(step);
  const before = rolesOf(old);
  const after = rolesOf(said);
  const who = (values: Values) => textOf(values.email) ?? nameOf(step);
  const ends = (): Item[] => {
    const about = { who: who(old), where: directory.organization(oldState), id: oldState?.id };
    if (old.state === "pending") return [{ ...about, effect: "takes back" }];
    if (old.state !== "accepted") return [];
    return old.onDestroy === "removeMembership"
      ? [{ ...about, effect: isAdmin(before, settings) ? "removes admin" : "removes" }]
      : [{ ...about, effect: "other", detail: "keeps access: the invitation was accepted" }];
  };
  const comes = (detail?: string): Item[] => [
    {
      who: who(said),
      where: directory.organization(newState),
      effect: isAdmin(after, settings) ? "grants admin" : "invites",
      roles: { before: [], after },
      detail:
        [
          ...((detail ?? (isAdmin(after, settings) ? "by invitation" : undefined)) ? [detail ?? "by invitation"] : []),
          ...openFor(said),
        ].join(", ") || undefined,
    },
  ];
  if (op === "create") return comes();
  if (op === "delete") return ends();
  const same = sameAddress(who(old), who(said)) && sameValue(old.organizationId, said.organizationId);
  if (op === "replace" && !same) return [...ends(), ...comes()];
  const about = { who: who(said), where: directory.organization(newState), id: oldState?.id };
  if (!sameRoles(before, after) && after.length > 0) {
    const effect = isAdmin(after, settings) && !isAdmin(before, settings) ? "grants admin" : "changes roles";
    const detail = ["of the invitation, which is sent anew", ...openFor(said)].join(", ");
    return [{ ...about, effect, roles: { before, after }, detail }];
  }
  if (op === "replace") return comes("again");
  return sameValue(old.resend, said.resend)
    ? [{ ...about, what: "update Invitation", effect: "other", detail: changed(step) }]
    : [{ ...about, effect: "invites", detail: "again" }];
}

/** How long an invitation can be accepted, where that is declared. */
function openFor({ expiresInDays }: Values): string[] {
  return typeof expiresInDays === "number" ? [`open for ${plural(expiresInDays, "day")}`] : [];
}

function organizationItems(op: Op, step: PreviewStep, { tallies }: Scene): Item[] {
  const old = recordedOf(step);
  const known = tallies.get(step.oldState?.id ?? "");
  const about = { who: textOf(declaredOf(step).name) ?? textOf(old.name) ?? nameOf(step), id: step.oldState?.id };
  if (op !== "delete") return [{ ...about, what: `${op} Organization`, effect: "other", detail: changed(step) }];
  return isRetained(old)
    ? [
        {
          ...about,
          what: "Organization",
          effect: "other",
          detail: "is retained, with everybody whom nothing else here removes",
        },
      ]
    : [{ ...about, effect: "ends organization", detail: known && losers(known) }];
}

function userItems(op: Op, step: PreviewStep, { settings, tallies }: Scene): Item[] {
  const old = recordedOf(step);
  const about = { who: textOf(declaredOf(step).email) ?? textOf(old.email) ?? nameOf(step), id: step.oldState?.id };
  if (op !== "delete") return [{ ...about, what: `${op} User`, effect: "other", detail: changed(step) }];
  if (isRetained(old)) {
    return [
      { ...about, what: "User", effect: "other", detail: "is retained, with the access that nothing else here ends" },
    ];
  }
  // What the program says besides, of memberships and rosters, is not what the run leaves.
  const held = heldBy(about.who, tallies);
  const admin = held.some(({ roles }) => isAdmin(roles, settings));
  const places = held.map(({ where, roles }) => `${where} (${roles.join(", ")})`);
  const detail = ["the user is deleted, everywhere", ...(places.length > 0 ? [named(places)] : [])].join(": ");
  return [{ ...about, effect: admin ? "removes admin" : "removes", detail }];
}

function keyItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const old = recordedOf(step);
  const said = declaredOf(step);
  const owner = directory.email(step.newState ?? step.oldState);
  const name = textOf(said.name) ?? textOf(old.name) ?? nameOf(step);
  const about = {
    effect: "api key" as const,
    who: owner === undefined ? name : `${name} (${owner})`,
    where: directory.organization(step.newState ?? step.oldState),
    id: step.oldState?.id,
  };
  const overlap = textOf(said.overlap);
  const [end, before] = [textOf(said.expiresAt), textOf(old.expiresAt)];
  const until = end === undefined ? "" : ` until ${end}`;
  const moved =
    end === before
      ? undefined
      : `works ${end === undefined ? "without an end" : until.trim()} instead of ${before === undefined ? "without an end" : `until ${before}`}`;
  const others =
    changed(step)
      ?.split(", ")
      .filter((name) => name !== "expiresAt") ?? [];
  const [may, might] = [said, old].map(({ permissions }) => textsOf(permissions));
  const permissions =
    op === "replace" && sameRoles(may ?? [], might ?? []) ? "" : rightsOf(may ?? [], op === "replace");
  const details: Record<Op, string> = {
    create: `a new one${permissions}${until}`,
    update: [...(moved === undefined ? [] : [moved]), ...others].join(", "),
    delete: "is revoked at once",
    replace: `a new one${permissions}${until}; the old one ends ${overlap === undefined ? "at once" : `after ${overlap}`}`,
  };
  return [{ ...about, detail: details[op] }];
}

const rightsOf = (permissions: readonly string[], always: boolean): string =>
  permissions.length > 0 ? ` that may ${permissions.join(", ")}` : always ? " that may nothing" : "";

/** What the role allows counts at once for everybody who has it. */
function roleItems(op: Op, step: PreviewStep, scene: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const role = textOf(said.slug) ?? textOf(old.slug) ?? nameOf(step);
  const where = scene.directory.organization(step.newState ?? step.oldState);
  const about = { effect: "role" as const, who: role, where, id: step.oldState?.id };
  const { slugs, more } = scene.directory.permissions(step.newState);
  const may = [...slugs, ...(more ? ["what is not known yet"] : [])].join(", ");
  const made = may === "" ? "" : `: may ${may}`;
  const takesOver = said.adopt === "if-exists" || said.adopt === "require";
  const then =
    said.permissions === undefined
      ? ""
      : `, so that ${may || "nothing"} is all that it allows everybody with the role ${role}${howMany(role, step, scene)}`;
  const stays = kindOf(step) === "EnvironmentRole" || isRetained(old);
  const details: Record<Op, string | undefined> = {
    create: takesOver ? `a new one, or one that is there and taken over${then}` : `a new one${made}`,
    update: grantsOf(role, step, scene) || changed(step),
    delete: stays ? "is retained, with whoever has it" : "is deleted",
    replace: `a new one in its place${made}`,
  };
  return [{ ...about, detail: details[op] }];
}

/** A group by itself gives nothing; its end takes what it gave from whoever is in it. */
function groupItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const old = recordedOf(step);
  const about = {
    who: textOf(declaredOf(step).name) ?? textOf(old.name) ?? nameOf(step),
    where: directory.organization(step.newState ?? step.oldState),
    id: step.oldState?.id,
  };
  if (op === "delete" && isRetained(old)) {
    const detail = "is retained, with whoever is in it and the roles that it gives";
    return [{ ...about, effect: "other", what: "Group", detail }];
  }
  if (op === "delete") return [{ ...about, effect: "group", detail: "is deleted: whoever is in it loses its roles" }];
  if (op === "replace") {
    return [{ ...about, effect: "group", detail: "a new one in its place: whoever is in the old one loses its roles" }];
  }
  return [{ ...about, effect: "other", what: `${op} Group`, detail: changed(step) }];
}

/** What belongs to the environment, and is nobody's access. */
const settingItem = (step: PreviewStep, what: string, who: string, detail: string | undefined): Item[] => [
  { effect: "setting", what, who, id: step.oldState?.id, detail },
];

/** Whoever answers at such an address can be sent people's sign-ins. */
function redirectUriItems(op: Op, step: PreviewStep): Item[] {
  const old = recordedOf(step);
  const [before, uri] = [textOf(old.uri), textOf(declaredOf(step).uri)];
  const details: Record<Op, string | undefined> = {
    create: "sign-ins may lead there",
    update: changed(step),
    delete: isRetained(old) ? "is retained: sign-ins may lead there as before" : "sign-ins no longer lead there",
    replace: `sign-ins may lead there, and no longer to ${before ?? "the one before"}`,
  };
  return settingItem(step, "redirect URI", uri ?? before ?? nameOf(step), details[op]);
}

/** Whoever answers at such an address is told what people do. */
function webhookItems(op: Op, step: PreviewStep): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const [before, url] = [textOf(old.endpointUrl), textOf(said.endpointUrl)];
  const [heard, events] = [textsOf(old.events), textsOf(said.events)];
  const more = events.filter((event) => !heard.includes(event));
  const less = heard.filter((event) => !events.includes(event));
  const parts = [
    ...(more.length > 0 ? [`is told of ${named(more)}`] : []),
    ...(less.length > 0 && op === "update" ? [`no longer of ${named(less)}`] : []),
    ...(before === url || before === undefined ? [] : [`in place of ${before}`]),
  ];
  const retained = isRetained(old) ? "is retained, and is told of events as before" : "is no longer told of events";
  return settingItem(
    step,
    "webhook endpoint",
    url ?? before ?? nameOf(step),
    op === "delete" ? retained : parts.join(", ") || changed(step),
  );
}

/** Nothing takes such an origin away again. */
function corsItems(op: Op, step: PreviewStep): Item[] {
  const [before, origin] = [textOf(recordedOf(step).origin), textOf(declaredOf(step).origin)];
  const details: Record<Op, string | undefined> = {
    create: "its pages may call WorkOS",
    update: changed(step),
    delete: "stays: its pages may call WorkOS as before",
    replace: `its pages may call WorkOS, and so may those of ${before ?? "the one before"}, which stays`,
  };
  return settingItem(step, "CORS origin", origin ?? before ?? nameOf(step), details[op]);
}

/** Somebody comes into a group, or leaves it. */
function groupMembershipItems(op: Op, step: PreviewStep, scene: Scene): Item[] {
  const person = (state: PreviewStep["oldState"]) => scene.directory.member(state) ?? "somebody new";
  const retained = isRetained(recordedOf(step));
  const details: Record<Op, string | undefined> = {
    create: `${person(step.newState)} comes in`,
    update: changed(step),
    delete: retained
      ? `${person(step.oldState)} stays in it, and is no longer managed`
      : `${person(step.oldState)} leaves`,
    replace: `${person(step.newState)} comes in; ${person(step.oldState)} leaves${groupLeft(step, scene)}`,
  };
  const effect = op === "update" || (op === "delete" && retained) ? "other" : "group";
  return [{ ...aboutGroup(step, scene), effect, detail: details[op] }];
}

/** Which group it is that somebody leaves, where it is another one. */
function groupLeft({ oldState, newState }: PreviewStep, { directory }: Scene): string {
  const left = directory.group(oldState);
  return left === undefined || !newState || left === directory.group(newState) ? "" : ` ${left}`;
}

function groupMembersItems(op: Op, step: PreviewStep, scene: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const [before, after] = [textsOf(old.organizationMembershipIds), textsOf(said.organizationMembershipIds)];
  const names = (ids: readonly string[]) => named(ids.map((id) => scene.directory.memberById(id)));
  const added = textsOf(old.added);
  const ends = op === "delete" || op === "replace";
  // Whom an additive list has found in the group stays there.
  const own = (id: string) => added.includes(id) || (!ends && said.mode === "authoritative");
  const goes =
    ends && old.onDestroy === "retain" ? [] : before.filter((id) => own(id) && (ends || !after.includes(id)));
  const comes = op === "delete" ? [] : after.filter((id) => op === "replace" || !before.includes(id));
  const unknown = op === "delete" ? 0 : lengthOf(said.organizationMembershipIds) - after.length;
  const parts = [
    ...(comes.length > 0 ? [`${names(comes)} ${comes.length === 1 ? "comes" : "come"} in`] : []),
    ...(unknown > 0 ? [`${plural(unknown, "new member")} ${unknown === 1 ? "comes" : "come"} in`] : []),
    ...(goes.length > 0 ? [`${names(goes)} ${goes.length === 1 ? "leaves" : "leave"}${groupLeft(step, scene)}`] : []),
  ];
  const about = aboutGroup(step, scene);
  if (parts.length > 0) return [{ ...about, effect: "group", detail: parts.join("; ") }];
  return [{ ...about, effect: "other", what: `${op} GroupMembers`, detail: changed(step) }];
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function groupRolesItems(op: Op, step: PreviewStep, scene: Scene): Item[] {
  const { oldState, newState } = step;
  const [before, after] = [oldState, newState].map((state) => rolesGivenBy(state?.inputs?.roleAssignments));
  const [had = [], has = []] = [before, op === "delete" ? [] : after];
  const old = recordedOf(step);
  // What an additive list has found there stays.
  const own = (one: string) => old.mode === "authoritative" || !Array.isArray(old.added) || old.added.includes(one);
  const gained = has.filter((one) => !had.includes(one));
  const lost = op === "delete" && old.onDestroy === "retain" ? [] : had.filter((one) => !has.includes(one) && own(one));
  const parts = [
    ...(gained.length > 0 ? [`gives ${gained.join(", ")}`] : []),
    ...(lost.length > 0 ? [`no longer gives ${lost.join(", ")}`] : []),
  ];
  const about = aboutGroup(step, scene);
  if (parts.length === 0)
    return [{ ...about, effect: "other", what: `${op} GroupRoleAssignments`, detail: changed(step) }];
  const told = reachSaid(scene.said, {
    groupId: textOf(recordedOf(step).groupId) ?? textOf(declaredOf(step).groupId) ?? "",
  });
  const detail = `${parts.join("; ")}, for whoever is in it${told === undefined ? "" : `: ${told}`}`;
  return [{ ...about, effect: isAdmin(gained, scene.settings) ? "grants admin" : "group", detail }];
}

/** As a program writes them: `editor`, or `editor on project proj-456`. */
function rolesGivenBy(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null || !("roleSlug" in one)) return [];
    const { roleSlug, resourceId, resourceExternalId, resourceTypeSlug }: Values = { ...one };
    const where = [resourceTypeSlug, resourceExternalId, resourceId].flatMap((part) => textOf(part) ?? []).join(" ");
    const role = textOf(roleSlug);
    return role === undefined ? [] : [where === "" ? role : `${role} on ${where}`];
  });
}

const aboutGroup = (step: PreviewStep, { directory }: Scene) => ({
  who: directory.group(step.newState ?? step.oldState) ?? nameOf(step),
  where: directory.organization(step.newState ?? step.oldState),
  id: step.oldState?.id,
});

/** Whoever has a role on it loses that with it; a parent decides who has rights by roles further up. */
function authorizationResourceItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const about = {
    effect: "resource" as const,
    what: textOf(said.resourceTypeSlug) ?? textOf(old.resourceTypeSlug),
    who: textOf(said.externalId) ?? textOf(old.externalId) ?? nameOf(step),
    where: directory.organization(step.newState ?? step.oldState),
    id: step.oldState?.id,
  };
  if (op === "delete" && isRetained(old)) return [{ ...about, detail: "is retained, with whoever has a role on it" }];
  const details: Record<Op, string | undefined> = {
    create: "a new one",
    update: changed(step),
    delete: old.cascadeDelete === true ? "is deleted, with everything below it and every role on that" : "is deleted",
    replace: "a new one in its place, on which nobody has a role",
  };
  return [{ ...about, detail: details[op] }];
}

/** A role on one resource, which a member gets or loses. */
function roleAssignmentItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const { oldState, newState } = step;
  const ends = (values: Values): Item => ({
    effect: isRetained(values) ? "other" : "changes roles",
    who: directory.member(oldState) ?? nameOf(step),
    id: oldState?.id,
    detail: `${isRetained(values) ? "keeps" : "loses"} ${textOf(values.roleSlug) ?? "a role"} on ${resourceOf(values)}`,
  });
  const comes = (values: Values): Item => ({
    effect: "changes roles",
    who: directory.member(newState) ?? nameOf(step),
    detail: `gets ${textOf(values.roleSlug) ?? "a role"} on ${resourceOf(values)}`,
  });
  const [old, said] = [recordedOf(step), declaredOf(step)];
  if (op === "create") return [comes(said)];
  if (op === "delete") return [ends(old)];
  if (op === "replace") return [ends({ ...old, onDestroy: "delete" }), comes(said)];
  const about = { who: directory.member(newState) ?? nameOf(step), id: oldState?.id };
  return [{ ...about, what: "update RoleAssignment", effect: "other", detail: changed(step) }];
}

/** `project apollo`, as far as it is known. */
const resourceOf = ({ resourceTypeSlug: type, resourceExternalId: external, resourceId: id }: Values): string =>
  [textOf(type), textOf(external) ?? textOf(id) ?? "a resource"].filter(Boolean).join(" ");

function grantsOf(role: string, step: PreviewStep, scene: Scene): string {
  // What was declared and is no longer is cleared; what never was is not managed.
  if (declaredOf(step).permissions === undefined && step.oldState?.inputs?.permissions === undefined) return "";
  const before = textsOf(recordedOf(step).permissions);
  const { slugs: after, more } = scene.directory.permissions(step.newState);
  const gained = after.filter((permission) => !before.includes(permission));
  const lost = more ? [] : before.filter((permission) => !after.includes(permission));
  const text = rightsText({ gained, lost, more }, `everybody with the role ${role}`);
  return text === undefined ? "" : `${text}${howMany(role, step, scene)}`;
}

/** How many have a role, as the provider has counted them, or as the stack knows them; a comment asks nobody. */
function howMany(role: string, step: PreviewStep, { said, tallies }: Scene): string {
  const organization = textOf(recordedOf(step).organizationId) ?? textOf(declaredOf(step).organizationId) ?? "";
  const organizationId = kindOf(step) === "EnvironmentRole" ? undefined : organization;
  const told = reachSaid(said, { role, organizationId });
  if (told !== undefined) return `: ${told}`;
  const people = heldByHowMany(role, organizationId, tallies);
  return people === 0 ? "" : `: ${plural(people, "person", "people")}, as far as this stack knows`;
}

/** A new one gives nobody anything; one that goes is taken from roles that this stack may know nothing of. */
function permissionItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const [gone, made] = [textOf(old.slug), textOf(said.slug)];
  const about = { effect: "other" as const, who: gone ?? made ?? nameOf(step), id: step.oldState?.id };
  if (op === "create" || op === "update") return [{ ...about, what: `${op} Permission`, detail: changed(step) }];
  if (isRetained(old)) {
    return [{ ...about, what: "Permission", detail: "is retained, with the roles that have it" }];
  }
  const roles = directory.rolesWith(about.who);
  const known = roles.length > 0 ? `, such as ${named(roles)}` : "";
  const next =
    op === "replace" ? `; no role has ${made === gone ? "the one" : (made ?? "what is")} in its place by that` : "";
  return [
    { ...about, effect: "permission", detail: `is deleted, and taken from every role that has it${known}${next}` },
  ];
}

/** What programs go by that trust access tokens. */
function templateItems(op: Op, step: PreviewStep): Item[] {
  const retained = recordedOf(step).onDestroy === "retain";
  const details: Record<Op, string | undefined> = {
    create: "takes over what access tokens say besides",
    update: changed(step),
    delete: retained ? "stays as it is" : "is what it was when this resource took it over",
    replace: changed(step),
  };
  return settingItem(step, "JWT template", nameOf(step), details[op]);
}

/** Whose domain it is decides how people of that domain sign in, once it is verified. */
function domainItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const details: Record<Op, string | undefined> = {
    create: "is added, to be verified",
    update: old.verify === said.verify ? changed(step) : "its verification is started anew",
    delete: isRetained(old) ? "is retained" : "no longer belongs to the organization",
    replace: `is added, to be verified, in place of ${textOf(old.domain) ?? "the one before"}`,
  };
  return [
    {
      effect: "other",
      what: "domain",
      who: textOf(said.domain) ?? textOf(old.domain) ?? nameOf(step),
      where: directory.organization(step.newState ?? step.oldState),
      id: step.oldState?.id,
      detail: details[op],
    },
  ];
}

/** What the application may ask for, and where it may send people back to. */
function applicationItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const about = {
    effect: "application" as const,
    who: textOf(said.name) ?? textOf(old.name) ?? nameOf(step),
    where: directory.organization(step.newState ?? step.oldState),
    id: step.oldState?.id,
  };
  const uris = (values: Values) =>
    Array.isArray(values.redirectUris)
      ? values.redirectUris.flatMap((one: Values | null) => textOf(one?.uri) ?? [])
      : [];
  const moved = (before: readonly string[], after: readonly string[], may: string, no: string) => {
    const gained = after.filter((one) => !before.includes(one));
    const lost = before.filter((one) => !after.includes(one));
    return [
      ...(gained.length > 0 ? [`${may} ${gained.join(", ")}`] : []),
      ...(lost.length > 0 ? [`${no} ${lost.join(", ")}`] : []),
    ];
  };
  // What the program has never said is not managed, whatever the vendor has.
  const isManaged = (name: string) => said[name] !== undefined || step.oldState?.inputs?.[name] !== undefined;
  const before = Object.fromEntries(Object.entries(op === "create" ? {} : old).filter(([name]) => isManaged(name)));
  const rights = [
    ...moved(textsOf(before.scopes), textsOf(said.scopes), "may ask for", "may no longer ask for"),
    ...moved(uris(before), uris(said), "sends people back to", "no longer sends people to"),
  ].join("; ");
  const details: Record<Op, string | undefined> = {
    create: [said.adoptId === undefined ? "a new one" : "one that is there is taken over", rights]
      .filter(Boolean)
      .join(": "),
    update: rights || changed(step),
    delete: isRetained(old)
      ? "is retained, with its secrets"
      : "is deleted with its secrets: nobody gets tokens for it any more",
    replace: [
      `a new one in its place, with another client id${isRetained(old) ? "; the old one is retained, with its secrets" : ""}`,
      rights,
    ]
      .filter(Boolean)
      .join(": "),
  };
  return [{ ...about, detail: details[op] }];
}

/** Whoever proves to be the application by it. */
function secretItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const overlap = textOf(declaredOf(step).overlap);
  const details: Record<Op, string | undefined> = {
    create: "a new secret",
    update: changed(step),
    delete: "the secret is revoked at once",
    replace: `a new secret; the old one ends ${overlap === undefined ? "at once" : `after ${overlap}, for which the run waits`}`,
  };
  const who = directory.application(step.newState ?? step.oldState) ?? nameOf(step);
  return [{ effect: "application", who, id: step.oldState?.id, detail: details[op] }];
}

const slugOf = (step: PreviewStep) => textOf(declaredOf(step).slug) ?? textOf(recordedOf(step).slug) ?? nameOf(step);

/** For whom a feature flag is on. */
function targetItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const whose = (state: PreviewStep["oldState"]) =>
    directory.email(state, "resourceId") ?? directory.organization(state, "resourceId");
  const [before, after] = [whose(step.oldState) ?? "", whose(step.newState) ?? "somebody new"];
  const details: Record<Op, string | undefined> = {
    create: `on for ${after}`,
    update: changed(step),
    delete: isRetained(recordedOf(step)) ? `stays on for ${before}` : `no longer on for ${before}`,
    replace: `on for ${after}; no longer ${textOf(recordedOf(step).slug) ?? ""} for ${before}`,
  };
  return [{ effect: "feature", who: slugOf(step), id: step.oldState?.id, detail: details[op] }];
}

/** Whether a feature flag is enabled at all. */
function flagItems(op: Op, step: PreviewStep): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const word = (enabled: unknown) => (enabled === true ? "enabled" : enabled === false ? "disabled" : "switched");
  const now = `is ${word(said.enabled)}`;
  const details: Record<Op, string | undefined> = {
    create: now,
    update: old.enabled === said.enabled ? changed(step) : now,
    delete:
      old.onDestroy === "retain"
        ? `stays ${word(old.enabled)}, and is no longer managed`
        : `is ${word(old.enabledBefore)} again, as it was before`,
    replace: now,
  };
  return [{ effect: "feature", who: slugOf(step), id: step.oldState?.id, detail: details[op] }];
}

const sameValue = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The letter case of an address is no change. */
const sameInput = (name: string, one: unknown, other: unknown): boolean =>
  name === "email" && typeof one === "string" && typeof other === "string"
    ? sameAddress(one, other)
    : sameValue(one, other);

/** Names of what changed, and never the values. */
function changed({ op, oldState, newState }: PreviewStep): string | undefined {
  if (op !== "update" && op !== "replace") return undefined;
  const [old, said] = [oldState?.inputs ?? {}, newState?.inputs ?? {}];
  const names = Object.keys({ ...old, ...said }).filter(
    (name) => !name.startsWith("__") && (said[name] === unknownValue || !sameInput(name, old[name], said[name])),
  );
  // Secrets are masked alike on both sides.
  return names.length > 0 ? names.join(", ") : undefined;
}
