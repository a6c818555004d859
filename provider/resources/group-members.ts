/**
 * Who is in a group, in one resource: all of them, or those whom the program names. Operations:
 * `GroupMembershipsController` in the vendor's specification.
 */
import type { Api } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { unordered } from "../declare/comparisons";
import { fieldsOf } from "../declare/fields";
import {
  DoneInPart,
  type InputValues,
  type Recorded,
  type RemoteObject,
  resourceOf,
  type UpdateCall,
} from "../declare/resource";
import { idOf, listOf, oneOf } from "../declare/shapes";
import { lossOf } from "./group-loss";
import { failureText, forMany, groupLine, membersOf, peopleNamed, titleOf, whichGroup } from "../groups";
import { named, plural } from "../wording";

type GroupMembersObject = RemoteObject & {
  readonly organization_id: string;
  readonly group_id: string;
  /** Those whom the resource is about; none yet where it has just been made. */
  readonly organization_membership_ids?: readonly string[];
  readonly added?: readonly string[];
};

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
type Call = UpdateCall<Inputs, typeof outputs>;

export const groupMembers = resourceOf<GroupMembersObject>()({
  kind: "GroupMembers",
  noun: "list of members",
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

/** What a change means, from what the last run or refresh has recorded, or what is there where nothing is recorded. */
function planned(declared: readonly string[], state: Pick<Outputs, "added">, known: readonly string[], mode?: string) {
  const [wanted, there, own] = [new Set(declared), new Set(known), new Set(state.added)];
  const others = known.filter((id) => !wanted.has(id));
  // A list that has just been made takes nobody out: no plan has named them.
  const leave = state.added === undefined ? [] : mode === "authoritative" ? others : others.filter((id) => own.has(id));
  return { join: [...wanted].filter((id) => !there.has(id)), leave, others };
}

function foresee(state: Outputs, { organizationMembershipIds: declared = [], mode }: Partial<InputValues<Inputs>>) {
  if (state.added === undefined) return [];
  const { leave } = planned(declared, state, state.organizationMembershipIds, mode);
  if (leave.length === 0) return [];
  const be = leave.length === 1 ? "is" : "are";
  const why = mode === "authoritative" ? `, who ${be} not in its authoritative list` : "";
  return [`The group ${state.groupId} loses ${plural(leave.length, "member")}${why}: ${named(leave, 10)}.`];
}

/** First whoever comes, then whoever goes. */
async function bring({ api, context, id, inputs: declared, state }: Call): Promise<GroupMembersObject> {
  const { organizationMembershipIds: wanted = [], mode } = declared;
  const isNew = state.added === undefined;
  const known = isNew ? await membersOf(api, state) : state.organizationMembershipIds;
  const { join, leave, others } = planned(wanted, state, known, mode);
  const notIn = await forMany(join, (member) => put(member, context, state));
  const { notOut, refused } = await takeOutAll(context, leave, state);
  const [joined, left] = [join.filter((one) => !notIn.has(one)), leave.filter((one) => !notOut.has(one))];
  const gone = new Set(left);
  const added = [...(state.added ?? []), ...joined].filter((one) => !gone.has(one));
  const [mine, there] = [new Set([...wanted, ...added]), new Set([...known, ...joined])];
  const ours = [...mine].filter((one) => there.has(one) && !gone.has(one));
  const rest = others.filter((one) => !mine.has(one) && !gone.has(one));
  const now = {
    id,
    ...whichGroup(state),
    organization_membership_ids: mode === "authoritative" ? [...ours, ...rest] : ours,
    added,
  };
  await tell(context, state, { joined, left, rest, mode, isNew, before: wanted.filter((one) => known.includes(one)) });
  const failed = new Map([...notIn, ...notOut]);
  const [first] = failed.values();
  if (!first) return now;
  if (refused && notIn.size === 0) throw joined.length > 0 ? new DoneInPart(now, refused.message, refused) : refused;
  throw joined.length + left.length > 0
    ? new DoneInPart(now, failureText(failed, join.length + leave.length), first)
    : first;
}

async function put(id: string, { api, guards }: HookContext, group: Outputs): Promise<void> {
  const address = async () => (await api.organizationMemberships.get({ id }).catch(undefinedIfMissing))?.user?.email;
  await guards.admit({ where: group.organizationId, address });
  await api.groupMemberships.add({ ...whichGroup(group), organization_membership_id: id });
}

/** Whom a guard keeps in the group is not taken out, and nobody else either. */
async function takeOutAll(context: HookContext, leave: readonly string[], group: Outputs) {
  const { api, guards } = context;
  if (leave.length === 0) return { notOut: new Map<string, Error>() };
  let notOut = new Map<string, Error>();
  const loss = lossOf(context, {
    organizationId: group.organizationId,
    groupId: group.groupId,
    what: `Taking ${plural(leave.length, "person", "people")} out of the group ${group.groupId}`,
    members: leave,
    undo: () =>
      forMany(leave, (id) => api.groupMemberships.add({ ...whichGroup(group), organization_membership_id: id })),
  });
  try {
    await guards.lose(context, loss, async () => {
      notOut = await forMany(leave, (member) => takeOut(api, member, group));
    });
    return { notOut };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { notOut: new Map(leave.map((id) => [id, error])), refused: error };
  }
}

const takeOut = (api: Api, id: string, group: Outputs) =>
  ended(api.groupMemberships.remove({ ...whichGroup(group), organization_membership_id: id }));

interface Done {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  /** Those in the group whom the list does not name, or no longer. */
  readonly rest: readonly string[];
  readonly mode?: string;
  readonly isNew: boolean;
  /** Those of the list who were in the group before. */
  readonly before: readonly string[];
}

async function tell({ api, messages }: HookContext, group: Outputs, done: Done): Promise<void> {
  const { joined, left, rest, mode, isNew, before } = done;
  if (joined.length > 0) messages.say(await groupLine(api, { group, ids: joined, now: "in" }));
  if (left.length > 0) messages.say(await groupLine(api, { group, ids: left, now: "out" }));
  const say = async (ids: readonly string[], what: (be: string) => string) => {
    const [who, title] = await Promise.all([peopleNamed(api, ids), titleOf(api, group)]);
    messages.say(`${who} ${what(ids.length === 1 ? "is" : "are").replace("{group}", `the group ${title}`)}`);
  };
  if (isNew && before.length > 0) {
    await say(before, (be) => `${be} in {group} already, and will stay there when this list is removed.`);
  }
  if (mode === "authoritative" && isNew && rest.length > 0) {
    await say(rest, (be) => `${be} in {group} and not in its authoritative list: the next \`pulumi up\` ends that.`);
  }
  if (mode !== "authoritative" && !isNew && rest.length > 0) {
    await say(rest, (be) => `${be} in {group} still: this list has not put them there.`);
  }
}

async function end(context: HookContext, _id: string, state: Outputs): Promise<"gone"> {
  const { api, messages } = context;
  const { added = [], organizationMembershipIds: known = [], onDestroy }: Partial<Outputs> = state;
  const leave = onDestroy === "retain" ? [] : added;
  const staying = known.filter((one) => !leave.includes(one));
  const { notOut: failed, refused } = await takeOutAll(context, leave, state);
  if (refused) throw refused;
  const left = leave.filter((one) => !failed.has(one));
  if (left.length > 0) messages.say(await groupLine(api, { group: state, ids: left, now: "out" }));
  if (staying.length > 0) {
    const verb = staying.length === 1 ? "stays" : "stay";
    messages.say(`${await peopleNamed(api, staying)} ${verb} in the group ${await titleOf(api, state)}.`);
  }
  if (failed.size > 0) throw new Error(`${failureText(failed, leave.length)}\nRun again: what is done is found done.`);
  return "gone";
}
