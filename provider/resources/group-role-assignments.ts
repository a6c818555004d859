/**
 * What a group lets its members do: all of it, or the roles that the program names. Operations:
 * `AuthorizationGroupRoleAssignmentsController` in the vendor's specification.
 */
import type { Api, GroupRoleAssignmentObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { fieldsOf } from "../declare/fields";
import {
  DoneInPart,
  type Failure,
  type InputValues,
  type PlannedReach,
  type Recorded,
  type RemoteObject,
  resourceOf,
  type UpdateCall,
} from "../declare/resource";
import { idOf, listOf, object, oneOf, optionalPart, part, slug, text } from "../declare/shapes";
import { failureText, forMany, organizationType, roleText, titleOf, whichGroup, whoIsIn } from "../groups";
import { containsUnknown, isKnownText } from "../declare/unknown";
import { rightsLine } from "../reach";
import { named, oneLine } from "../wording";
import { lossOf } from "./group-loss";

type Given = Pick<GroupRoleAssignmentObject, "id" | "role" | "resource">;

type GroupRolesObject = RemoteObject & {
  readonly organization_id: string;
  readonly group_id: string;
  /** Those that the resource is about; none yet where it has just been made. */
  readonly role_assignments?: readonly Given[];
  readonly added?: readonly string[];
};

/** A role that a group gives. */
export interface GroupRole {
  /** Id of the assignment. */
  readonly id: string;
  /** Slug of the role. */
  readonly roleSlug: string;
  /** Id of the resource that it is held on; there is one for the organization itself. */
  readonly resourceId: string;
  /** What the resource is called in your own system. */
  readonly resourceExternalId: string;
  /** Slug of the resource's type; `organization` for the organization itself. */
  readonly resourceTypeSlug: string;
}

const { required, option, output } = fieldsOf<GroupRolesObject>();

/** A role and where it is held: on a resource by its id, or by its external id and type; else in the organization. */
const declaredRole = object({
  roleSlug: part(slug()),
  resourceId: optionalPart(text()),
  resourceExternalId: optionalPart(text()),
  resourceTypeSlug: optionalPart(text()),
});
type DeclaredRole = {
  roleSlug: string;
  resourceId?: string;
  resourceExternalId?: string;
  resourceTypeSlug?: string;
};

const inputs = {
  /**
   * `additive`, the default: other roles of the group are no business of this resource. `authoritative`: the list is
   * all of them, and others are drift. None is taken that was not in a plan: those that a run finds stay until the next
   * one, which shows them.
   */
  mode: option(oneOf(["additive", "authoritative"])),
  /** Id of the organization (`org_…`). Another one replaces the list. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** Id of the group (`group_…`). Another one replaces the list. A program has one list for a group. */
  groupId: required(idOf("group_"), { immutable: true }),
  /**
   * The roles, in any order, at most 100: each by its slug, held in the organization, or on a resource that is named by
   * `resourceId`, or by `resourceExternalId` and `resourceTypeSlug`. They take effect at once for whoever is in the group.
   */
  roleAssignments: required(listOf(declaredRole, "role", { max: limits.group.roleAssignments }), {
    same: sameRoles,
    afterCreate: true,
    wire: { name: "role_assignments", encode: assignments, declare: declaredForm },
  }),
  /**
   * What removing it from the program does: `delete` takes the roles that it has given, all of them where it is
   * authoritative; `retain` leaves them. Default: `delete`.
   */
  onDestroy: option(oneOf(["delete", "retain"])),
};

const outputs = {
  /** The roles that the group gives: all, where the list is authoritative. */
  roleAssignments: output<GroupRole[]>({ from: ({ role_assignments }) => role_assignments?.map(shownRole) }),
  /** Those that this resource has given, as text; nothing before its first run has ended. */
  added: output<string[] | undefined>(),
};

type Inputs = typeof inputs;
type Outputs = Recorded<Inputs, typeof outputs>;
type Call = UpdateCall<Inputs, typeof outputs>;
type Plan = PlannedReach<Inputs, typeof outputs>;

export const groupRoleAssignments = resourceOf<GroupRolesObject>()({
  kind: "GroupRoleAssignments",
  noun: "list of roles",
  keys: [["groupId"]],
  inputs,
  outputs,
  changesAccess: "groups",
  access: { organization: "organizationId", roles: ["roleAssignments"] },
  label: ({ groupId }) => `of ${groupId}`,
  together: namedOnce,

  // There is nothing to make; but nothing can be given to a group that is not there.
  async create({ api, body: { organization_id, group_id } }) {
    await api.groups.get({ organization_id, group_id });
    return { id: `${group_id}/roles`, organization_id, group_id };
  },
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  get,
  foreseeReach,
  updates: [{ fields: ["mode", "roleAssignments"], whole: ["mode", "roleAssignments"], send: bring }],
  delete: end,
});

const isNamedBy = (declared: DeclaredRole, given: Given): boolean => {
  const { role, resource } = given;
  const { roleSlug, resourceId, resourceExternalId, resourceTypeSlug = organizationType } = declared;
  if (roleSlug !== role.slug) return false;
  if (resourceId !== undefined) return resourceId === resource.id;
  const elsewhere = resourceExternalId !== undefined && resourceExternalId !== resource.external_id;
  return !elsewhere && resourceTypeSlug === resource.resource_type_slug;
};

/** The vendor's object again, of what is recorded. */
const recordedRole = (shown: GroupRole): Given => ({
  id: shown.id,
  role: { slug: shown.roleSlug },
  resource: {
    id: shown.resourceId,
    external_id: shown.resourceExternalId,
    resource_type_slug: shown.resourceTypeSlug,
  },
});

const shownRole = ({ id, role, resource }: Given): GroupRole => ({
  id,
  roleSlug: role.slug,
  resourceId: resource.id,
  resourceExternalId: resource.external_id,
  resourceTypeSlug: resource.resource_type_slug,
});

/** As recorded, where it is. */
const rolesIn = ({ roleAssignments: recorded = [] }: Partial<Outputs>): Given[] => recorded.map(recordedRole);

function sameRoles(declared: readonly DeclaredRole[], actual: unknown): boolean {
  const given = Array.isArray(actual) ? actual.filter(isGroupRole).map(recordedRole) : undefined;
  return (
    given !== undefined &&
    given.every((one) => declared.some((other) => isNamedBy(other, one))) &&
    declared.every((one) => given.some((other) => isNamedBy(one, other)))
  );
}

const isGroupRole = (value: unknown): value is GroupRole =>
  typeof value === "object" && value !== null && "roleSlug" in value && "resourceTypeSlug" in value;

function assignments(declared: readonly DeclaredRole[]) {
  return declared.map(({ roleSlug, resourceId, resourceExternalId, resourceTypeSlug }) => ({
    role_slug: roleSlug,
    ...(resourceId === undefined ? {} : { resource_id: resourceId }),
    ...(resourceExternalId === undefined ? {} : { resource_external_id: resourceExternalId }),
    ...(resourceTypeSlug === undefined ? {} : { resource_type_slug: resourceTypeSlug }),
  }));
}

function declaredForm(actual: unknown): DeclaredRole[] {
  return (Array.isArray(actual) ? actual.filter(isGroupRole) : []).map((one) => {
    const { roleSlug, resourceExternalId, resourceTypeSlug } = one;
    return resourceTypeSlug === organizationType ? { roleSlug } : { roleSlug, resourceExternalId, resourceTypeSlug };
  });
}

function namedOnce({ roleAssignments }: Partial<InputValues<Inputs>>): Failure<"roleAssignments">[] {
  // What is no list, or no object, is told by its shape.
  const given: readonly (Partial<DeclaredRole> | null)[] = Array.isArray(roleAssignments) ? roleAssignments : [];
  return given.flatMap((one, index) => {
    const { resourceId, resourceExternalId, resourceTypeSlug } = one ?? {};
    const twice = resourceId !== undefined && (resourceExternalId !== undefined || resourceTypeSlug !== undefined);
    const half = (resourceExternalId === undefined) !== (resourceTypeSlug === undefined);
    const wrong = twice ? "names its resource twice" : half ? "names its resource by half" : undefined;
    const remedy = "give resourceId, or resourceExternalId and resourceTypeSlug, or none of them for the organization";
    return wrong === undefined ? [] : [{ property: "roleAssignments", reason: `[${index}] ${wrong}; ${remedy}` }];
  });
}

/** In an order of their own, since the vendor's says nothing. */
async function given(api: Api, groupId: string): Promise<Given[]> {
  const all = await api.groupRoleAssignments.list({ group_id: groupId }).all();
  return all.sort((one, other) => (roleText(one) < roleText(other) ? -1 : 1));
}

async function get(api: Api, id: string, state: Outputs): Promise<GroupRolesObject | undefined> {
  const all = await given(api, state.groupId).catch(undefinedIfMissing);
  if (!all) return undefined;
  const known = new Set(rolesIn(state).map(roleText));
  const ours = state.mode === "authoritative" ? all : all.filter((one) => known.has(roleText(one)));
  const texts = all.map(roleText);
  const added = state.added?.filter((one) => texts.includes(one));
  return { id, ...whichGroup(state), role_assignments: ours, added };
}

/** What everybody in the group gains and loses by a change of the list. A new list takes nothing. */
async function foreseeReach(
  { there, inputs: declared, changed }: Plan,
  { api, reach }: HookContext,
): Promise<string[]> {
  const { organizationId, groupId, roleAssignments } = declared;
  if (!isKnownText(organizationId) || !isKnownText(groupId) || !Array.isArray(roleAssignments)) return [];
  if (!changed("roleAssignments")) return [];
  const wanted = roleAssignments.filter((one): one is DeclaredRole => !containsUnknown(one));
  const given = there ? rolesIn(there) : await reach.givenBy(groupId);
  const more = wanted.length < roleAssignments.length;
  const ours = (one: Given) => declared.mode === "authoritative" || there?.added?.includes(roleText(one)) === true;
  const rights = {
    gained: wanted.filter((one) => !given.some((other) => isNamedBy(one, other))).map(declaredText),
    // What is not known yet may be one of those that are there.
    lost:
      there && !more
        ? given.filter((one) => ours(one) && !wanted.some((other) => isNamedBy(other, one))).map(roleText)
        : [],
    more,
  };
  const [people, title] = await Promise.all([
    reach.inGroup(organizationId, groupId),
    titleOf(api, { organizationId, groupId }),
  ]);
  const line = rightsLine(rights, { groupId, title }, { people: new Map([[organizationId, people]]) });
  return line === undefined ? [] : [line];
}

const declaredText = ({ roleSlug, resourceId, resourceExternalId, resourceTypeSlug }: DeclaredRole): string =>
  oneLine(
    [roleSlug, [resourceTypeSlug, resourceExternalId ?? resourceId].filter(Boolean).join(" ")]
      .filter(Boolean)
      .join(" on "),
  );

/** Looks first: what no plan was to take, and what is there already, is left as it is. */
async function bring({ api, context, id, inputs: declared, state }: Call): Promise<GroupRolesObject> {
  const { roleAssignments: wanted = [], mode } = declared;
  const { added: own = [] } = state;
  const isNew = state.added === undefined;
  const before = await given(api, state.groupId);
  const known = new Set(isNew ? [] : rolesIn(state).map(roleText));
  const isWanted = (one: Given) => wanted.some((other) => isNamedBy(other, one));
  const ours = (one: Given) => known.has(roleText(one)) && (mode === "authoritative" || own.includes(roleText(one)));
  const give = wanted.filter((one) => !before.some((other) => isNamedBy(one, other)));
  const take = before.filter((one) => !isWanted(one) && ours(one));
  const stay = before.filter((one) => !isWanted(one) && !ours(one));
  const failed = await taking(context, state, take, () =>
    mode === "authoritative"
      ? all(api, state.groupId, give.length + take.length > 0, [...assignments(wanted), ...stay.map(byId)])
      : oneByOne(api, state.groupId, give, take),
  );
  const after = failed.size < give.length + take.length ? await given(api, state.groupId) : before;
  const [then, now] = [before.map(roleText), after.map(roleText)];
  const [gained, lost] = [now.filter((one) => !then.includes(one)), then.filter((one) => !now.includes(one))];
  const object: GroupRolesObject = {
    id,
    ...whichGroup(state),
    role_assignments: mode === "authoritative" ? after : after.filter((one) => isWanted(one) || take.includes(one)),
    added: [...own, ...gained].filter((one) => now.includes(one)),
  };
  await tell(context, state, { gained, lost });
  const rest = stay.map(roleText).join(", ");
  if (isNew && rest !== "" && mode === "authoritative") {
    const title = await titleOf(api, state);
    context.messages.say(
      `The group ${title} gives what its authoritative list does not name: ${rest}. The next \`pulumi up\` ends that.`,
    );
  }
  const [first] = failed.values();
  if (!first) return object;
  throw gained.length + lost.length > 0
    ? new DoneInPart(object, failureText(failed, give.length + take.length), first)
    : first;
}

/** Whoever is in the group loses by it what is taken. */
function taking<T>(context: HookContext, group: Outputs, take: readonly Given[], write: () => Promise<T>): Promise<T> {
  if (take.length === 0) return write();
  const { api, guards } = context;
  const { organizationId, groupId } = group;
  const loss = lossOf(context, {
    organizationId,
    groupId,
    what: `Taking ${named(take.map(roleText))} from the group ${groupId}`,
    assignments: take.map(({ id }) => id),
    undo: () => Promise.all(take.map((one) => assign(api, groupId, byId(one)))),
  });
  return guards.lose(context, loss, write);
}

type Assignment = ReturnType<typeof assignments>[number];

const byId = ({ role, resource }: Given): Assignment => ({ role_slug: role.slug, resource_id: resource.id });

/** All at once, or not at all. */
async function all(api: Api, group_id: string, differs: boolean, role_assignments: Assignment[]) {
  if (differs) await api.groupRoleAssignments.replace({ group_id, role_assignments });
  return new Map<string, Error>();
}

async function oneByOne(api: Api, group_id: string, give: readonly DeclaredRole[], take: readonly Given[]) {
  const changes = [
    ...assignments(give).map((one) => ({ what: one.role_slug, send: () => assign(api, group_id, one) })),
    ...take.map((one) => ({ what: roleText(one), send: () => unassign(api, group_id, one) })),
  ];
  const failed = await forMany(changes, ({ send }) => send());
  return new Map([...failed].map(([{ what }, reason]) => [what, reason]));
}

/** The vendor refuses a second one: so it may be sent again, and then it may be there already. */
async function assign(api: Api, group_id: string, one: Assignment): Promise<void> {
  await api.groupRoleAssignments.create({ group_id, ...one }, { repeat: "safe" }).catch((error: unknown) => {
    if (!hasCode(error, "duplicate_group_role_assignment")) throw error;
  });
}

const unassign = (api: Api, group_id: string, { id }: Given) =>
  ended(api.groupRoleAssignments.delete({ group_id, role_assignment_id: id }));

interface Changed {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

async function tell(
  { api, messages }: Pick<HookContext, "api" | "messages">,
  group: Outputs,
  { gained, lost }: Changed,
): Promise<void> {
  if (gained.length + lost.length === 0) return;
  const [title, who] = await Promise.all([titleOf(api, group), whoIsIn(api, group)]);
  const whom = who === undefined ? "; nobody is in it" : ` to ${who}`;
  if (gained.length > 0) messages.say(`The group ${title} gives ${named(gained, 10)} now${whom}.`);
  if (lost.length > 0) messages.say(`The group ${title} no longer gives ${named(lost, 10)}${whom}.`);
}

async function end(context: HookContext, _id: string, state: Outputs): Promise<"gone"> {
  const { api, messages } = context;
  const { groupId: group_id, added = [], onDestroy, mode }: Partial<Outputs> & Pick<Outputs, "groupId"> = state;
  const before = await given(api, group_id).catch(undefinedIfMissing);
  if (!before) return "gone";
  const known = rolesIn(state).map(roleText);
  if (onDestroy === "retain") {
    const texts = before.map(roleText).filter((one) => known.includes(one));
    messages.say(
      `The group ${await titleOf(api, state)} goes on giving ${named(texts, 10) || "nothing"}: its roles are retained.`,
    );
    return "gone";
  }
  const take = before.filter((one) => (mode === "authoritative" ? known : added).includes(roleText(one)));
  const failed = await taking(context, state, take, () =>
    mode === "authoritative"
      ? all(api, group_id, take.length > 0, before.filter((one) => !take.includes(one)).map(byId))
      : oneByOne(api, group_id, [], take),
  );
  const lost = take.map(roleText).filter((one) => !failed.has(one));
  await tell({ api, messages }, state, { gained: [], lost });
  if (failed.size > 0) throw new Error(`${failureText(failed, take.length)}\nRun again: what is done is found done.`);
  return "gone";
}
