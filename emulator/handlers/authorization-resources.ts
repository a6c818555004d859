import { type Context } from "../context";
import { removeResource } from "../deletions";
import { invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredResource } from "../store/entities";
import { pairKey, resourceKey } from "../store/store";
import { differs, matches } from "./fields";
import { type Family } from "./handler";
import { presentResource } from "./present";

/**
 * Types of resources are made in the vendor's dashboard, and no operation names them: every type is taken here.
 */
export const authorizationResources: Family<"authorizationResources"> = {
  list: (query, { store }) => {
    const { organization_id: organization, resource_type_slug: type, resource_external_id: externalId } = query;
    if (organization === undefined && type === undefined) {
      throw refuse(
        400,
        "missing_organization_id_or_resource_type_slug",
        "Provide either organization_id or resource_type_slug.",
      );
    }
    const { parent_resource_id: parentId, parent_resource_type_slug: parentType, parent_external_id: parent } = query;
    assertOneSpelling(parentId, parent, parentType, "parent_external_id");
    const parents =
      parentId !== undefined
        ? [parentId]
        : parent === undefined
          ? undefined
          : store.resources.idsBy("type_external", pairKey(parentType ?? "", parent)).toArray();
    const ids =
      parents?.map((id) => store.resources.idsBy("parent", id)) ??
      (type === undefined
        ? store.resources.idsBy("organization", organization ?? "")
        : externalId !== undefined
          ? store.resources.idsBy("type_external", pairKey(type, externalId))
          : organization === undefined
            ? store.resources.idsBy("type", type)
            : store.resources.idsBy("organization_type", pairKey(organization, type)));
    const found = page(ids, "authz_resource", query, (id) => {
      const resource = store.resources.get(id);
      return resource &&
        matches(organization, resource.organization_id) &&
        matches(type, resource.resource_type_slug) &&
        matches(externalId, resource.external_id)
        ? resource
        : undefined;
    });
    return { ...found, data: found.data.map(presentResource) };
  },

  create: (input, context) => {
    const { store, ids, clock } = context;
    const { external_id, name, resource_type_slug, organization_id } = input;
    if (store.organizations.get(organization_id) === undefined) throw notFound("Organization", organization_id);
    const now = clock.iso();
    const made: StoredResource = {
      id: ids.make("authz_resource"),
      organization_id,
      resource_type_slug,
      external_id,
      name,
      description: input.description ?? null,
      parent_resource_id: parentIn(organization_id, input, context) ?? null,
      created_at: now,
      updated_at: now,
    };
    if (store.resources.idsBy("key", resourceKey(made)).size > 0) {
      throw refuse(
        409,
        "authorization_resource_external_id_conflict",
        `The organization has a resource '${external_id}' of the type '${resource_type_slug}' already.`,
      );
    }
    store.write(() => store.resources.put(made));
    return presentResource(made);
  },

  get: ({ resource_id }, context) => presentResource(byId(resource_id, context)),
  update: (input, context) => change(byId(input.resource_id, context), input, context),
  delete: ({ resource_id, cascade_delete }, context) => end(byId(resource_id, context), cascade_delete, context),

  getByExternalId: (input, context) => presentResource(byExternalId(input, context)),
  updateByExternalId: (input, context) => change(byExternalId(input, context), input, context),
  deleteByExternalId: (input, context) => end(byExternalId(input, context), input.cascade_delete, context),
};

interface Parent {
  readonly parent_resource_id?: string | null;
  readonly parent_resource_external_id?: string;
  readonly parent_resource_type_slug?: string;
}

function byId(id: string, { store }: Context): StoredResource {
  const resource = store.resources.get(id);
  if (resource === undefined) throw notFound("Resource", id);
  return resource;
}

/** A resource by what a program knows it by. */
export function byExternalId(
  which: Pick<StoredResource, "organization_id" | "resource_type_slug" | "external_id">,
  { store }: Context,
): StoredResource {
  const [resource] = store.resources.by("key", resourceKey(which));
  if (resource === undefined) throw notFound("Resource", which.external_id);
  return resource;
}

/** By its id, or by its external id and type together; `field` is what the request calls the external id. */
export function assertOneSpelling(
  id: string | null | undefined,
  externalId: string | undefined,
  type: string | undefined,
  field: string,
): void {
  const byBoth = externalId !== undefined && type !== undefined;
  const byNeither = externalId === undefined && type === undefined;
  if ((byBoth && id === undefined) || byNeither) return;
  const message = `${field}: goes together with its type, and excludes the id.`;
  throw invalidParameters([{ field, code: "mutually_exclusive", message }]);
}

/** The parent that a request names, nothing where it names none. */
function parentIn(organization_id: string, given: Parent, context: Context): string | null | undefined {
  const { parent_resource_id: id, parent_resource_external_id: external_id, parent_resource_type_slug: type } = given;
  assertOneSpelling(id, external_id, type, "parent_resource_external_id");
  if (external_id !== undefined && type !== undefined) {
    return byExternalId({ organization_id, resource_type_slug: type, external_id }, context).id;
  }
  if (id === undefined || id === null) return id;
  if (byId(id, context).organization_id !== organization_id) throw notFound("Resource", id);
  return id;
}

function change(
  resource: StoredResource,
  given: Parent & { readonly name?: string; readonly description?: string | null },
  context: Context,
) {
  const { store, clock } = context;
  const parent = parentIn(resource.organization_id, given, context);
  for (let above = parent; typeof above === "string"; above = store.resources.get(above)?.parent_resource_id) {
    if (above !== resource.id) continue;
    const message = "parent_resource_id: a resource cannot be below itself.";
    throw invalidParameters([{ field: "parent_resource_id", code: "circular", message }]);
  }
  const changed: StoredResource = {
    ...resource,
    name: given.name ?? resource.name,
    description: given.description === undefined ? resource.description : given.description,
    parent_resource_id: parent === undefined ? resource.parent_resource_id : parent,
  };
  if (!differs(resource, changed)) return presentResource(resource);
  const stamped = { ...changed, updated_at: clock.iso() };
  store.write(() => store.resources.put(stamped));
  return presentResource(stamped);
}

function end({ id }: StoredResource, cascade = false, { store }: Context): null {
  const roles = store.roleAssignments.idsBy("resource", id).size + store.groupRoles.idsBy("resource", id).size;
  const dependents = store.resources.idsBy("parent", id).size + roles;
  if (!cascade && dependents > 0) {
    throw refuse(409, "resource_has_dependents", "The resource has children or role assignments.");
  }
  store.write(() => removeResource(id, store));
  return null;
}
