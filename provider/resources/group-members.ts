/**
 * Who is in a group, in one resource: all of them, or those whom the program names. Operations:
 * `GroupMembershipsController` in the vendor's specification.
 */
import type { Api } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { unordered } from "../declare/comparisons";
import { fieldsOf } from "../declare/fields";
import { type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { idOf, listOf, oneOf } from "../declare/shapes";
import { membersOf, whichGroup } from "../groups";
import { named, plural } from "../wording";
import { bring, end, type GroupMembersObject, planned } from "./group-member-changes";

const { required, option, output } = fieldsOf<GroupMembersObject>();

const inputs = {
  /**
   * `additive`, the default: whoever else is in the group is no business of this resource. `authoritative`: the list is
   * everybody, and others are drift. Nobody is taken out who was not in a plan: those whom a run finds stay until the
   * next one, which names them.
   */
  mode: option(oneOf(["additive", "authoritative"])),
  /** Id of the organization (`org_…`). Another one replaces the list. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** Id of the group (`group_…`). Another one replaces the list. A program has one list for a group. */
  groupId: required(idOf("group_"), { immutable: true }),
  /** Ids of the memberships (`om_…`) that are to be in the group, in any order. */
  organizationMembershipIds: required(listOf(idOf("om_"), "membership id"), { same: unordered, afterCreate: true }),
  /**
   * What removing it from the program does: `delete` takes out whom it has put in, `retain` leaves everybody in the
   * group. Default: `delete`. Whoever was in it before stays in any case.
   */
  onDestroy: option(oneOf(["delete", "retain"])),
};

const outputs = {
  /** Ids of the memberships that are in the group: of all, where the list is authoritative. */
  organizationMembershipIds: output<string[]>(),
  /** Ids of those whom this resource has put into the group; nothing before its first run has ended. */
  added: output<string[] | undefined>(),
};

type Inputs = typeof inputs;
type Outputs = Recorded<Inputs, typeof outputs>;

export const groupMembers = resourceOf<GroupMembersObject>()({
  kind: "GroupMembers",
  noun: "list of members",
  importedBy: ["organizationId", "groupId"],
  keys: [["groupId"]],
  inputs,
  outputs,
  changesAccess: "members of groups",
  label: ({ groupId }) => `of ${groupId}`,

  // There is nothing to make; but nobody can be put into a group that is not there.
  async create({ api, body: { organization_id, group_id } }) {
    await api.groups.get({ organization_id, group_id });
    return { id: idOfList(group_id), organization_id, group_id };
  },
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  get,
  findImported: (api, { organizationId = "", groupId = "" }) =>
    get(api, idOfList(groupId), {
      organizationId,
      groupId,
      mode: "authoritative",
      organizationMembershipIds: [],
      added: [],
    }),
  foresee,
  updates: [
    {
      fields: ["mode", "organizationMembershipIds"],
      whole: ["mode", "organizationMembershipIds"],
      send: bring,
    },
  ],
  delete: end,
});

/** Of its own: by the group's id alone it would pass for that in what a run notes of objects. */
const idOfList = (groupId: string) => `${groupId}/members`;

async function get(api: Api, id: string, state: Outputs): Promise<GroupMembersObject | undefined> {
  const members = await membersOf(api, state).catch(undefinedIfMissing);
  if (!members) return undefined;
  const there = new Set(members);
  const { organizationMembershipIds: known = [] }: Partial<Outputs> = state;
  const ours = known.filter((one) => there.has(one));
  const all = state.mode === "authoritative" ? [...new Set([...ours, ...members])] : ours;
  const added = state.added?.filter((one) => there.has(one));
  return { id, ...whichGroup(state), organization_membership_ids: all, added };
}

function foresee(state: Outputs, { organizationMembershipIds: declared = [], mode }: Partial<InputValues<Inputs>>) {
  if (state.added === undefined) return [];
  const { leave } = planned(declared, state, state.organizationMembershipIds, mode);
  if (leave.length === 0) return [];
  const be = leave.length === 1 ? "is" : "are";
  const why = mode === "authoritative" ? `, who ${be} not in its authoritative list` : "";
  return [`The group ${state.groupId} loses ${plural(leave.length, "member")}${why}: ${named(leave, 10)}.`];
}
