/** Bringing the members of a group to what a list declares. */
import type { Api } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { DoneInPart, type RemoteObject } from "../declare/resource";
import { failureText, forMany, groupLine, membersOf, peopleNamed, titleOf, whichGroup } from "../groups";
import { plural } from "../wording";
import { lossOf } from "./group-loss";

/** What a list of members is about. */
export type GroupMembersObject = RemoteObject & {
  readonly organization_id: string;
  readonly group_id: string;
  /** Those whom the resource is about; none yet where it has just been made. */
  readonly organization_membership_ids?: readonly string[];
  readonly added?: readonly string[];
};

/** What is recorded of a list. */
export interface RecordedMembers {
  readonly organizationId: string;
  readonly groupId: string;
  readonly onDestroy?: string;
  readonly organizationMembershipIds: readonly string[];
  readonly added?: readonly string[];
}

interface Change {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly inputs: { readonly mode?: string; readonly organizationMembershipIds?: readonly string[] };
  readonly state: RecordedMembers;
}

/** What a change means, from what the last run or refresh has recorded, or what is there where nothing is recorded. */
export function planned(
  declared: readonly string[],
  state: Pick<RecordedMembers, "added">,
  known: readonly string[],
  mode?: string,
) {
  const [wanted, there, own] = [new Set(declared), new Set(known), new Set(state.added)];
  const others = known.filter((id) => !wanted.has(id));
  // A list that has just been made takes nobody out: no plan has named them.
  const leave = state.added === undefined ? [] : mode === "authoritative" ? others : others.filter((id) => own.has(id));
  return { join: [...wanted].filter((id) => !there.has(id)), leave, others };
}

/** First whoever comes, then whoever goes. */
export async function bring({ api, context, id, inputs: declared, state }: Change): Promise<GroupMembersObject> {
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

async function put(id: string, { api, guards }: HookContext, group: RecordedMembers): Promise<void> {
  const address = async () => (await api.organizationMemberships.get({ id }).catch(undefinedIfMissing))?.user?.email;
  await guards.admit({ where: group.organizationId, address });
  await api.groupMemberships.add({ ...whichGroup(group), organization_membership_id: id });
}

/** Whom a guard keeps in the group is not taken out, and nobody else either. */
async function takeOutAll(context: HookContext, leave: readonly string[], group: RecordedMembers) {
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

const takeOut = (api: Api, id: string, group: RecordedMembers) =>
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

async function tell({ api, messages }: HookContext, group: RecordedMembers, done: Done): Promise<void> {
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

export async function end(context: HookContext, _id: string, state: RecordedMembers): Promise<"gone"> {
  const { api, messages } = context;
  const { added = [], organizationMembershipIds: known = [], onDestroy }: Partial<RecordedMembers> = state;
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
