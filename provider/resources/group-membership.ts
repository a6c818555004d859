/**
 * That somebody is in a group. Operations: `GroupMembershipsController` in the vendor's specification, which has no
 * operation that gets one: a few are looked up among the groups of the membership, many in the group's list.
 */
import type { Api } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, type RemoteObject, resourceOf } from "../declare/resource";
import { idOf } from "../declare/shapes";
import { lossOf } from "./group-loss";
import { groupLine, peopleNamed, titleOf, whichGroup, type WhichGroup } from "../groups";

type GroupMembershipObject = RemoteObject & {
  readonly organization_id: string;
  readonly group_id: string;
  readonly organization_membership_id: string;
  /** What the create has found out of what it gives. */
  readonly gain?: string;
};

const { required } = fieldsOf<GroupMembershipObject>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces it. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** Id of the group (`group_…`). Another one replaces it. */
  groupId: required(idOf("group_"), { immutable: true }),
  /** Id of the membership (`om_…`) of the same organization. Another one replaces it. */
  organizationMembershipId: required(idOf("om_"), { immutable: true }),
  /**
   * What to do when somebody is in the group already. `never`, the default: fail and say so. `if-exists`: take that
   * over. `require`: take it over, and fail where it is not so.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` takes them out of the group, `retain` leaves them in it. Default:
   * `delete`, and `retain` for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether they were in the group before. */
  adopted,
};

type Which = Pick<InputValues<typeof inputs>, "organizationId" | "groupId" | "organizationMembershipId">;

export const groupMembership = resourceOf<GroupMembershipObject>()({
  kind: "GroupMembership",
  noun: "group membership",
  importedBy: ["organizationId", "groupId", "organizationMembershipId"],
  keys: [["groupId", "organizationMembershipId"]],
  inputs,
  outputs,
  changesAccess: "members of groups",
  label: ({ organizationMembershipId, groupId }) => `of ${organizationMembershipId} in ${groupId}`,

  async create({ api, body }) {
    const { name } = await api.groupMemberships.add(body);
    const which = { organizationId: body.organization_id, groupId: body.group_id };
    const id = body.organization_membership_id;
    const gain = await groupLine(api, { group: which, title: name, ids: [id], now: "in" });
    return { ...objectOf(which, id), gain };
  },
  existing: {
    find,
    // The vendor answers as if it had just been done.
    lookFirst: true,
    taken: [],
    describe: ({ organization_id }) => `in ${organization_id}`,
  },
  // They were not in it before: whoever put them there, it is as declared.
  lostAnswer: (values) => ({
    find: async (api) => [await find(api, values)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  admits: ({ organizationId: where, organizationMembershipId: id }, { api }, found) =>
    found
      ? undefined
      : {
          where,
          address: async () => (await api.organizationMemberships.get({ id }).catch(undefinedIfMissing))?.user?.email,
        },
  gain: ({ gain }) => gain,

  list: {
    group: ({ groupId }) => groupId,
    pageFirst: true,
    async page(api, state, page) {
      const { data, list_metadata } = await api.groupMemberships.list({ ...page, ...whichGroup(state) });
      return { data: data.map(({ id }) => objectOf(state, id)), list_metadata };
    },
  },
  get: (api, _id, state) => find(api, state),
  updates: [],
  async delete(context, _id, state) {
    const { api, guards, messages } = context;
    const { organizationMembershipId: id } = state;
    if (isRetained(state)) {
      const [who, title] = await Promise.all([peopleNamed(api, [id]), titleOf(api, state)]);
      messages.say(`${who} stays in the group ${title}.`);
      return "gone";
    }
    const which = { ...whichGroup(state), organization_membership_id: id };
    const loss = lossOf(context, {
      ...state,
      what: `Taking ${id} out of the group ${state.groupId}`,
      members: [id],
      undo: () => api.groupMemberships.add(which),
    });
    if (await guards.lose(context, loss, () => ended(api.groupMemberships.remove(which)))) {
      messages.say(await groupLine(api, { group: state, ids: [id], now: "out" }));
    }
    return "gone";
  },
});

const objectOf = (group: WhichGroup, organization_membership_id: string): GroupMembershipObject => ({
  // Of its own: by the membership's id alone it would pass for that in what a run notes of objects.
  id: `${group.groupId}/${organization_membership_id}`,
  ...whichGroup(group),
  organization_membership_id,
});

async function find(api: Api, which: Which): Promise<GroupMembershipObject | undefined> {
  const { groupId, organizationMembershipId: id } = which;
  try {
    for await (const one of api.membershipGroups.list({ id })) if (one.id === groupId) return objectOf(which, id);
  } catch (error) {
    undefinedIfMissing(error);
  }
  return undefined;
}
