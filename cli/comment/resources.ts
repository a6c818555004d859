/** What a change of a single resource means for somebody's access. */
import type { GuardSettings } from "../../provider/context";
import { isAdmin, sameRoles } from "../../provider/people";
import { sameAddress } from "../../provider/declare/address";
import { unknownValue } from "../../provider/declare/unknown";
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
import { heldBy, losers, type Tallies } from "./tally";

export interface Scene {
  readonly directory: Directory;
  readonly settings: GuardSettings;
  readonly tallies: Tallies;
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
  AuthorizationResource: authorizationResourceItems,
  RoleAssignment: roleAssignmentItems,
  AuditLogSchema: plainItems,
  AuditLogRetention: retentionItems,
  VaultObject: plainItems,
  RadarListEntry: radarItems,
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
  const about = {
    effect: "api key" as const,
    who: textOf(said.name) ?? textOf(old.name) ?? nameOf(step),
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

/** Whoever has the role has these permissions from then on. */
function roleItems(op: Op, step: PreviewStep, { directory }: Scene): Item[] {
  const [old, said] = [recordedOf(step), declaredOf(step)];
  const [before, after] = [textsOf(old.permissions), textsOf(said.permissions)];
  const gained = after.filter((permission) => !before.includes(permission));
  const lost = said.permissions === undefined && op === "update" ? [] : before.filter((one) => !after.includes(one));
  const about = {
    effect: "role" as const,
    who: textOf(said.slug) ?? textOf(old.slug) ?? nameOf(step),
    where: directory.organization(step.newState ?? step.oldState),
    id: step.oldState?.id,
  };
  if (op === "delete" && isRetained(old)) return [{ ...about, detail: "is retained, with whoever has it" }];
  const permissions = [
    ...(gained.length > 0 ? [`may ${gained.join(", ")}`] : []),
    ...(lost.length > 0 ? [`may no longer ${lost.join(", ")}`] : []),
  ].join("; ");
  const details: Record<Op, string | undefined> = {
    create: ["a new one", permissions].filter(Boolean).join(": "),
    update: permissions || changed(step),
    delete: "is deleted",
    replace: ["a new one in its place", permissions].filter(Boolean).join(": "),
  };
  return [{ ...about, detail: details[op] }];
}

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
