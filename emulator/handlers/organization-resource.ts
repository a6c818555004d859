/** An organization is the resource above all of its resources, by an id that follows from its own. */

export interface NamedResource {
  readonly resource_id: string;
  readonly external_id: string;
  readonly resource_type_slug: string;
}

export const organizationResource = (organizationId: string): NamedResource => ({
  resource_id: `authz_resource_${organizationId.replace(/^org_/, "")}`,
  external_id: organizationId,
  resource_type_slug: "organization",
});
