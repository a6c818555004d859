/**
 * That a member has a role on one resource. Operations: `AuthorizationRoleAssignmentsController` in the vendor's
 * specification, which has no operation that gets one: it is looked up in the membership's list.
 */
import type { Api, RoleAssignmentObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext, Loss } from "../context";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { externalId, idOf, slug, text } from "../declare/shapes";
import { memberNamed, whoOf } from "../people";
import { oneLine } from "../wording";

/** With whose it is, which older answers do not repeat, and who that is, where it was asked for. */
type Assignment = RoleAssignmentObject & { readonly organization_membership_id: string; readonly who?: string };

const { required, optional, output } = fieldsOf<Assignment>();

const inputs = {
  /** Id of the organization membership (`om_…`) that has the role. Another one replaces the assignment. */
  organizationMembershipId: required(idOf("om_"), { immutable: true }),
  /** Slug of a role for resources of that type. Another one replaces the assignment: it is given before the old one goes. */
  roleSlug: required(slug(), { immutable: true, from: ({ role }) => role.slug }),
  /** Id of the resource (`authz_resource_…`). Excludes the two that follow; one of both is needed. Another one replaces. */
  resourceId: optional(idOf("authz_resource_"), { immutable: true, from: ({ resource }) => resource.id }),
  /** The resource by its external id, in the member's organization. Goes together with `resourceTypeSlug`. */
  resourceExternalId: optional(externalId(), { immutable: true, from: ({ resource }) => resource.external_id }),
  /** The type of the resource that `resourceExternalId` names. */
  resourceTypeSlug: optional(text(), { immutable: true, from: ({ resource }) => resource.resource_type_slug }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /** What removing it from the program does: `delete` or `retain` it. Default: `delete`, and `retain` for what was adopted. */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Id of the resource. */
  resourceId: output<string>({ from: ({ resource }) => resource.id }),
  /** External id of the resource. */
  resourceExternalId: output<string>({ from: ({ resource }) => resource.external_id }),
  /** Slug of the resource's type. */
  resourceTypeSlug: output<string>({ from: ({ resource }) => resource.resource_type_slug }),
  /** When the role was given (RFC 3339). */
  createdAt: output<string>(),
  /** When the assignment last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const roleAssignment = resourceOf<Assignment>()({
  kind: "RoleAssignment",
  noun: "role assignment",
  importedBy: ["organizationMembershipId", "id"],
  // First what only one of the two ways to name a resource has.
  keys: [
    ["resourceId", "organizationMembershipId", "roleSlug"],
    ["resourceExternalId", "resourceTypeSlug", "organizationMembershipId", "roleSlug"],
  ],
  inputs,
  outputs,
  namesRoles: ["roleSlug"],
  changesAccess: "everything",
  label: ({ roleSlug, organizationMembershipId, ...on }) =>
    `${roleSlug} of ${organizationMembershipId} on ${on.resourceExternalId ?? on.resourceId ?? "nothing"}`,
  together: oneResource,

  async create({ api, body }) {
    const { organization_membership_id } = body;
    const made = await api.roleAssignments.assign(body);
    return { ...made, organization_membership_id, who: await memberNamed(api, organization_membership_id) };
  },
  existing: {
    find: (api, values) => find(api, values),
    // No source says what a second one is answered.
    lookFirst: true,
    taken: [],
    describe: ({ role, resource }) => `${role.slug} on ${whatOf(resource)}`,
  },
  lostAnswer: (values) => ({
    find: async (api) => [await find(api, values)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  admits: ({ organizationMembershipId: id }, { api, creates }, found) =>
    // What is taken over gives nothing, and a membership of the run's own has been looked at.
    found || creates.made(id) ? undefined : { address: async () => (await membership(api, id))?.user?.email },
  gain: ({ organization_membership_id, who = organization_membership_id, role, resource }) =>
    `${who} has the role ${oneLine(role.slug)} on ${whatOf(resource)} now.`,

  list: {
    group: ({ organizationMembershipId }) => organizationMembershipId,
    async page(api, { organizationMembershipId: organization_membership_id }, page) {
      const found = await api.roleAssignments.list({ ...page, organization_membership_id });
      return { ...found, data: found.data.map((one) => ({ ...one, organization_membership_id })) };
    },
    eager: true,
  },
  get: (api, id, state) => find(api, state, id),
  missing: ({ organizationMembershipId, roleSlug, resourceTypeSlug, resourceExternalId }) =>
    `The membership ${organizationMembershipId} has the role ${roleSlug} on the ${oneLine(resourceTypeSlug)} ${oneLine(resourceExternalId)} no longer: it was taken outside of this program, or ended with the membership or the resource.`,
  updates: [],
  // The same resource may be named in another way, and nobody has a role on it twice.
  deleteFirst: (replaced) => replaced.every((name) => name.startsWith("resource")),
  delete: end,
});

function oneResource(declared: Partial<Values>): Failure<keyof Values>[] {
  const { resourceId: id, resourceExternalId: external, resourceTypeSlug: type } = declared;
  if (id !== undefined && external !== undefined) {
    return [{ property: "resourceExternalId", reason: "excludes resourceId; name the resource in one way" }];
  }
  if (external !== undefined && type === undefined) {
    return [{ property: "resourceTypeSlug", reason: "is required with resourceExternalId: the resource's type" }];
  }
  if (external === undefined && type !== undefined) {
    return [{ property: "resourceTypeSlug", reason: "is of no use without resourceExternalId; leave it out" }];
  }
  return id === undefined && external === undefined
    ? [{ property: "resourceId", reason: "is required, or resourceExternalId with resourceTypeSlug: the resource" }]
    : [];
}

/**
 * The assignment of this id, or, since somebody may have taken it and given it again, the one that says the same. What
 * came by a group is the group's.
 */
async function find(api: Api, wanted: Values, id?: string): Promise<Assignment | undefined> {
  const { organizationMembershipId: organization_membership_id, roleSlug } = wanted;
  const isIt = ({ role, resource, source }: RoleAssignmentObject) =>
    source?.type !== "group" &&
    role.slug === roleSlug &&
    (wanted.resourceId ?? resource.id) === resource.id &&
    (wanted.resourceExternalId ?? resource.external_id) === resource.external_id &&
    (wanted.resourceTypeSlug ?? resource.resource_type_slug) === resource.resource_type_slug;
  const all = await api.roleAssignments.list({ organization_membership_id }).all().catch(undefinedIfMissing);
  const found = all?.find((one) => one.id === id) ?? all?.find(isIt);
  return found && { ...found, organization_membership_id };
}

const membership = (api: Api, id: string) => api.organizationMemberships.get({ id }).catch(undefinedIfMissing);

const whatOf = ({ resource_type_slug, external_id }: RoleAssignmentObject["resource"]) =>
  oneLine(`the ${resource_type_slug} ${external_id}`);

async function end(context: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const { api, guards, messages } = context;
  const {
    organizationMembershipId: organization_membership_id,
    roleSlug,
    resourceTypeSlug,
    resourceExternalId,
  } = state;
  const what = oneLine(`the role ${roleSlug} on the ${resourceTypeSlug} ${resourceExternalId}`);
  const holder = await membership(api, organization_membership_id).catch(() => undefined);
  const who = holder ? whoOf(holder) : organization_membership_id;
  const loss: Loss = {
    what: `Taking ${what} from ${who}`,
    async people() {
      const now = holder ?? (await membership(api, organization_membership_id));
      return new Map(now?.status === "active" ? [[now.organization_id, [now.id]]] : []);
    },
  };
  const remove = () => ended(api.roleAssignments.removeById({ organization_membership_id, role_assignment_id: id }));
  if (isRetained(state)) {
    messages.say(`${who} keeps ${what}: the assignment is retained.`);
  } else if (await guards.lose(context, loss, remove)) {
    messages.say(`${who} no longer has ${what}.`);
  }
  return "gone";
}
