/** Bringing the roles that a group gives to what a list declares. */
import type { Api } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { DoneInPart } from "../declare/resource";
import { failureText, forMany, roleText, titleOf, whichGroup, whoIsIn } from "../groups";
import { named } from "../wording";
import { lossOf } from "./group-loss";
import {
  assignments,
  type DeclaredRole,
  type Given,
  given,
  type GroupRolesObject,
  isNamedBy,
  type RecordedRoles,
  rolesIn,
} from "./group-roles";

interface Change {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly inputs: { readonly mode?: string; readonly roleAssignments?: readonly DeclaredRole[] };
  readonly state: RecordedRoles;
}

/** Looks first: what no plan was to take, and what is there already, is left as it is. */
export async function bring({ api, context, id, inputs: declared, state }: Change): Promise<GroupRolesObject> {
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
function taking<T>(
  context: HookContext,
  group: RecordedRoles,
  take: readonly Given[],
  write: () => Promise<T>,
): Promise<T> {
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
  group: RecordedRoles,
  { gained, lost }: Changed,
): Promise<void> {
  if (gained.length + lost.length === 0) return;
  const [title, who] = await Promise.all([titleOf(api, group), whoIsIn(api, group)]);
  const whom = who === undefined ? "; nobody is in it" : ` to ${who}`;
  if (gained.length > 0) messages.say(`The group ${title} gives ${named(gained, 10)} now${whom}.`);
  if (lost.length > 0) messages.say(`The group ${title} no longer gives ${named(lost, 10)}${whom}.`);
}

export async function end(context: HookContext, _id: string, state: RecordedRoles): Promise<"gone"> {
  const { api, messages } = context;
  const { groupId: group_id, added = [], onDestroy, mode } = state;
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
