/**
 * Something of a customer's that people have roles on, such as a project: below an organization, or below another one.
 * Operations: `AuthorizationResourcesController` and `AuthorizationResourcesByExternalIdController` in the vendor's
 * specification.
 */
import type { Api, AuthorizationResourceObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { externalId, flag, idOf, text } from "../declare/shapes";
import { oneLine } from "../wording";
import { stillUsed } from "./dependents";

const { required, optional, writeOnly, option, output } = fieldsOf<AuthorizationResourceObject>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces the resource. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** Slug of its type, which is made in the WorkOS dashboard, such as `project`. Another one replaces the resource. */
  resourceTypeSlug: required(text(), { immutable: true }),
  /**
   * What it is called in your own system: ASCII, at most 128 characters, unique within organization and type. Another
   * one replaces the resource.
   */
  externalId: required(externalId(), { immutable: true }),
  /** Name, as people see it: at most 48 characters. */
  name: required(text({ max: limits.authorizationResource.name })),
  /** What it is: at most 150 characters. */
  description: optional(text({ max: limits.authorizationResource.description }), { clear: null }),
  /**
   * Id of the resource that it is below (`authz_resource_…`): whoever has a role there may have rights here. Removed,
   * the parent stays, since the vendor can only exchange it. Excludes the two that follow.
   */
  parentResourceId: optional(idOf("authz_resource_")),
  /**
   * The parent by its external id, in the same organization. Goes together with `parentResourceTypeSlug`. The vendor
   * answers the parent's id alone, so that a refresh sees another parent only where `parentResourceId` is declared.
   */
  parentResourceExternalId: writeOnly(externalId()),
  /** The type of the parent that `parentResourceExternalId` names. */
  parentResourceTypeSlug: writeOnly(text()),
  /**
   * Lets the removal take everything below it along, and all roles on that. Default: `false`, the removal is refused
   * while there is any.
   */
  cascadeDelete: option(flag()),
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
  /** Id of the resource that it is below; none for one that is directly below its organization. */
  parentResourceId: output<string | undefined>(),
  /** When the resource was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the resource last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const authorizationResource = resourceOf<AuthorizationResourceObject>()({
  kind: "AuthorizationResource",
  noun: "authorization resource",
  keys: [["organizationId", "resourceTypeSlug", "externalId"]],
  inputs,
  outputs,
  changesAccess: "everything",
  label: ({ resourceTypeSlug, externalId: id, organizationId }) => `${resourceTypeSlug} ${id} of ${organizationId}`,
  together: oneParent,

  create: ({ api, body }) => api.authorizationResources.create(body),
  existing: { find, taken: ["authorization_resource_external_id_conflict"], describe: ({ name }) => `"${name}"` },
  lostAnswer: (values) => foundAgain((api) => find(api, values)),
  list: {
    group: ({ organizationId }) => organizationId,
    page: (api, { organizationId: organization_id }, page) =>
      api.authorizationResources.list({ ...page, organization_id }),
  },
  get: (api, resource_id) => api.authorizationResources.get({ resource_id }).catch(undefinedIfMissing),
  updates: [
    {
      whole: ["parentResourceExternalId", "parentResourceTypeSlug"],
      send: ({ api, id, body }) => api.authorizationResources.update({ resource_id: id, ...body }),
    },
  ],
  delete: end,
});

function oneParent(declared: Partial<Values>): Failure<keyof Values>[] {
  const { parentResourceId: id, parentResourceExternalId: external, parentResourceTypeSlug: type } = declared;
  if (id !== undefined && external !== undefined) {
    return [{ property: "parentResourceExternalId", reason: "excludes parentResourceId; name the parent in one way" }];
  }
  if (external !== undefined && type === undefined) {
    return [
      { property: "parentResourceTypeSlug", reason: "is required with parentResourceExternalId: the parent's type" },
    ];
  }
  return type !== undefined && external === undefined
    ? [{ property: "parentResourceTypeSlug", reason: "is of no use without parentResourceExternalId; leave it out" }]
    : [];
}

function find(api: Api, { organizationId, resourceTypeSlug, externalId: external_id }: Values) {
  const which = { organization_id: organizationId, resource_type_slug: resourceTypeSlug, external_id };
  return api.authorizationResources.getByExternalId(which).catch(undefinedIfMissing);
}

async function end({ api, messages }: HookContext, resource_id: string, state: Outputs): Promise<"gone"> {
  const what = `The ${oneLine(state.resourceTypeSlug)} "${oneLine(state.name)}" (${oneLine(state.externalId)}) of ${state.organizationId}`;
  if (isRetained(state)) {
    messages.say(`${what} is retained, with whoever has a role on it.`);
    return "gone";
  }
  const cascade_delete = state.cascadeDelete === true ? true : undefined;
  const deleted = await ended(api.authorizationResources.delete({ resource_id, cascade_delete })).catch(
    async (error: unknown) => {
      throw hasCode(error, "resource_has_dependents")
        ? await stillUsed(error, api, resource_id, state.organizationId)
        : error;
    },
  );
  if (deleted) {
    messages.say(`${what} is deleted${cascade_delete ? ", with everything below it and every role on that" : ""}.`);
  }
  return "gone";
}
