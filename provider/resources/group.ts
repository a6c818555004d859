/** A group of people of one organization. Operations: `GroupsController` in the vendor's specification. */
import type { Api, GroupObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, type LostAnswer, type Recorded, resourceOf } from "../declare/resource";
import { idOf, text } from "../declare/shapes";
import { membersOf, peopleNamed, rolesGiven, whichGroup } from "../groups";
import { named, oneLine, plural } from "../wording";
import { lossOf } from "./group-loss";

const { required, optional, output } = fieldsOf<GroupObject>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces the group. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /**
   * Name, as people see it: at most 256 characters. Here it tells the groups of an organization apart, letter case
   * included; WorkOS itself does not say that it must be unique.
   */
  name: required(text({ max: limits.group.name })),
  /** What the group is for: at most 150 characters. */
  description: optional(text({ max: limits.group.description }), { clear: null }),
  /**
   * What to do when a group of this name exists already. `never`, the default: fail and name it. `if-exists`: take it
   * over and bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` it, which ends the roles that it gives, or `retain` it. Whoever is
   * in it stays in the organization. Default: `delete`, and `retain` for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** When the group was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the group last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const group = resourceOf<GroupObject>()({
  kind: "Group",
  noun: "group",
  importedBy: ["organizationId", "id"],
  keys: [["organizationId", "name"]],
  group: "name",
  inputs,
  outputs,
  changesAccess: "groups",
  label: ({ name, organizationId }) => `"${name}" of ${organizationId}`,

  create: ({ api, body }) => api.groups.create(body),
  existing: {
    find,
    // The vendor would make a second one.
    lookFirst: true,
    taken: [],
    describe: ({ description }) => (description === null ? "without a description" : `"${oneLine(description)}"`),
  },
  lostAnswer,
  list: {
    group: ({ organizationId }) => organizationId,
    page: (api, { organizationId }, page) => api.groups.list({ ...page, organization_id: organizationId }),
  },
  get: (api, id, { organizationId }) =>
    api.groups.get(whichGroup({ organizationId, groupId: id })).catch(undefinedIfMissing),
  updates: [
    {
      send: ({ api, id, body, state: { organizationId } }) =>
        api.groups.update({ ...body, ...whichGroup({ organizationId, groupId: id }) }),
    },
  ],
  delete: end,
});

const groupsNamed = async (api: Api, { organizationId, name }: Values) => {
  const all = await api.groups.list({ organization_id: organizationId }).all();
  return all.filter((one) => one.name === name);
};

async function find(api: Api, values: Values): Promise<GroupObject | undefined> {
  const [only, ...others] = await groupsNamed(api, values);
  if (only && others.length > 0) {
    throw new Error(
      `${plural(others.length + 1, "group")} of ${values.organizationId} are named "${oneLine(values.name)}" (${named([only, ...others].map(({ id }) => id))}), and nothing tells which one is meant. Rename or delete all but one of them, or declare another name.`,
    );
  }
  return only;
}

/** There was none of the name before; but the vendor would make two where a lost call is repeated while it is under way. */
function lostAnswer(values: Values): LostAnswer<GroupObject> {
  return {
    find: (api) => groupsNamed(api, values),
    repeat: "answered",
    unsure: (found) =>
      found.length > 0
        ? `${plural(found.length, "group")} named "${oneLine(values.name)}" appeared meanwhile (${named(found.map(({ id }) => id))}) and nothing tells which one is this program's: none was touched. Delete the ones that should not be, then run again.`
        : `No group named "${oneLine(values.name)}" was found, but the request may still be carried out, so it was not repeated. Run again; if the group is there by then, it is named, and adopt: "if-exists" takes it over.`,
  };
}

/** Says who loses what the group gives, as far as that can be told. */
async function end(context: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const { api, guards, messages } = context;
  const which = { organizationId: state.organizationId, groupId: id };
  const title = `The group ${oneLine(state.name)} of ${state.organizationId}`;
  if (isRetained(state)) {
    messages.say(`${title} is retained, with whoever is in it and the roles that it gives.`);
    return "gone";
  }
  const [members, roles] = await Promise.all([membersOf(api, which).catch(() => []), rolesGiven(api, id)]);
  const who = roles.length > 0 ? await peopleNamed(api, members) : "";
  const loss = lossOf(context, { ...which, what: `Deleting the group ${oneLine(state.name)}` });
  if (!(await guards.lose(context, loss, () => ended(api.groups.delete(whichGroup(which)))))) return "gone";
  const count =
    members.length > 0
      ? `${plural(members.length, "person", "people")} ${members.length === 1 ? "was" : "were"} in it`
      : "nobody was in it";
  const lost =
    who === "" ? "" : ` ${who} no longer ${members.length === 1 ? "has" : "have"} what it gave: ${named(roles, 10)}.`;
  messages.say(`${title} is deleted; ${count}.${lost}`);
  return "gone";
}
