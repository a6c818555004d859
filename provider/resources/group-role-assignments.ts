/**
 * What a group lets its members do: all of it, or the roles that the program names. Operations:
 * `AuthorizationGroupRoleAssignmentsController` in the vendor's specification.
 */
import type { Api } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { fieldsOf } from "../declare/fields";
import { type Failure, type InputValues, type PlannedReach, type Recorded, resourceOf } from "../declare/resource";
import { idOf, listOf, object, oneOf, optionalPart, part, slug, text } from "../declare/shapes";
import { containsUnknown, isKnownText } from "../declare/unknown";
import { roleText, titleOf, whichGroup } from "../groups";
import { rightsLine } from "../reach";
import { bring, end } from "./group-role-changes";
import {
  assignments,
  declaredForm,
  type DeclaredRole,
  declaredText,
  type Given,
  given,
  type GroupRole,
  type GroupRolesObject,
  isNamedBy,
  rolesIn,
  sameRoles,
  shownRole,
} from "./group-roles";

const { required, option, output } = fieldsOf<GroupRolesObject>();

/** A role and where it is held: on a resource by its id, or by its external id and type; else in the organization. */
const declaredRole = object({
  roleSlug: part(slug()),
  resourceId: optionalPart(text()),
  resourceExternalId: optionalPart(text()),
  resourceTypeSlug: optionalPart(text()),
});
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
type Plan = PlannedReach<Inputs, typeof outputs>;

export const groupRoleAssignments = resourceOf<GroupRolesObject>()({
  kind: "GroupRoleAssignments",
  noun: "list of roles",
  importedBy: ["organizationId", "groupId"],
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
    return { id: idOfList(group_id), organization_id, group_id };
  },
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  get,
  findImported: (api, { organizationId = "", groupId = "" }) =>
    get(api, idOfList(groupId), { organizationId, groupId, mode: "authoritative", roleAssignments: [], added: [] }),
  foreseeReach,
  updates: [{ fields: ["mode", "roleAssignments"], whole: ["mode", "roleAssignments"], send: bring }],
  delete: end,
});

/** Of its own: by the group's id alone it would pass for that in what a run notes of objects. */
const idOfList = (groupId: string) => `${groupId}/roles`;

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
