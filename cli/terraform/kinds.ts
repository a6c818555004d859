/**
 * What each resource of the published Terraform providers for WorkOS (osodevops/workos with its forks, agjmills/workos,
 * danielemery/workos) is in a program. Names of attributes are theirs.
 */
import type { Kind } from "../../provider/resources";
import { isEmpty, type Value } from "../program/source-text";
import type { Attributes, Instance } from "./state";

type Json = Attributes[string];

export interface Scene {
  /** All instances of the state, what is not taken along included. */
  readonly all: readonly Instance[];
  /** What stands for a value in the program: a property of the resource that has this name, else the value itself. */
  readonly refer: (name: string | undefined, value: Json) => Value | undefined;
}

/** An input, the attribute that it comes from, and what it is made of that. Default: the attribute as it is. */
type Field = readonly [
  input: string,
  attribute: string,
  as?: (value: Json, given: Attributes, scene: Scene) => Value | undefined,
];

export interface TerraformKind {
  readonly kind: Kind;
  /** Attributes without which there is nothing to take over: text, each of them. */
  readonly needs: readonly string[];
  /** What tells one from another at WorkOS, beside its id. */
  readonly key?: (given: Attributes) => string;
  /** Names by which others refer to it, each with the property that is meant. */
  readonly names?: (given: Attributes) => Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
}

const textOf = (value: Json): string => (typeof value === "string" ? value : "");
const textsOf = (value: Json): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
const onlyIf = (wanted: Json) => (value: Json) => (value === wanted ? wanted : undefined);

const byId = ({ id }: Attributes) => ({ [`id ${textOf(id)}`]: "id" });
const idIn = (value: Json, _given: Attributes, { refer }: Scene) => refer(`id ${textOf(value)}`, value);
const permissionIn = (value: Json, { refer }: Scene) => refer(`permission ${textOf(value)}`, value);

/** A role of the organization's own, or else of the environment. */
function roleIn(value: Json, organization: Json, { all, refer }: Scene): Value | undefined {
  const own = all.some(
    ({ type, attributes: { slug, organization_id: where } }) =>
      type === "workos_organization_role" && slug === value && where === organization,
  );
  return refer(`role ${textOf(value)}${own ? ` of ${textOf(organization)}` : ""}`, value);
}

const ofType = (all: readonly Instance[], type: string) =>
  all.flatMap((instance) => (instance.type === type ? [instance.attributes] : []));

/** Whether the domains of an organization are resources of their own: then its list only repeats them. */
const hasDomains = ({ id }: Attributes, all: readonly Instance[]) =>
  ofType(all, "workos_organization_domain").some(({ organization_id: where }) => where === id);

export const kindsOfTerraform: Readonly<Record<string, TerraformKind>> = {
  workos_permission: {
    kind: "Permission",
    needs: ["slug", "name"],
    key: ({ slug }) => textOf(slug),
    names: ({ slug }) => ({ [`permission ${textOf(slug)}`]: "slug" }),
    fields: [
      ["slug", "slug"],
      ["name", "name"],
      ["description", "description"],
      ["resourceTypeSlug", "resource_type_slug", otherThanOrganization],
    ],
  },
  workos_environment_role: {
    kind: "EnvironmentRole",
    needs: ["slug", "name"],
    key: ({ slug }) => textOf(slug),
    names: ({ slug }) => ({ [`role ${textOf(slug)}`]: "slug" }),
    fields: [
      ["slug", "slug"],
      ["name", "name"],
      ["description", "description"],
      ["permissions", "permissions", (value, _given, scene) => permissionsIn(textsOf(value), scene)],
      ["resourceTypeSlug", "resource_type_slug", otherThanOrganization],
    ],
  },
  workos_organization: {
    kind: "Organization",
    needs: ["id", "name"],
    names: byId,
    fields: [
      ["name", "name"],
      ["externalId", "external_id"],
      ["metadata", "metadata"],
      ["domains", "domains", (value, given, { all }) => (hasDomains(given, all) ? undefined : domainsIn(value))],
      // Deprecated, and false unless somebody wanted it.
      ["allowProfilesOutsideOrganization", "allow_profiles_outside_organization", onlyIf(true)],
      ["adoptId", "id", (value, { external_id: known }) => (isEmpty(known) ? value : undefined)],
    ],
  },
  workos_organization_domain: {
    kind: "OrganizationDomain",
    needs: ["organization_id", "domain"],
    key: ({ domain }) => textOf(domain).toLowerCase(),
    fields: [
      ["organizationId", "organization_id", idIn],
      ["domain", "domain"],
    ],
  },
  workos_organization_role: {
    kind: "OrganizationRole",
    needs: ["organization_id", "slug", "name"],
    key: ({ organization_id: where, slug }) => `${textOf(where)} ${textOf(slug)}`,
    names: ({ organization_id: where, slug }) => ({ [`role ${textOf(slug)} of ${textOf(where)}`]: "slug" }),
    fields: [
      ["organizationId", "organization_id", idIn],
      ["slug", "slug"],
      ["name", "name"],
      ["description", "description"],
      ["permissions", "permissions", (value, given, scene) => permissionsIn(grantedTo(given, value, scene.all), scene)],
      ["resourceTypeSlug", "resource_type_slug", otherThanOrganization],
    ],
  },
  workos_user: {
    kind: "User",
    needs: ["email"],
    key: ({ email }) => textOf(email).toLowerCase(),
    names: byId,
    fields: [
      ["email", "email"],
      ["firstName", "first_name"],
      ["lastName", "last_name"],
      ["emailVerified", "email_verified", onlyIf(true)],
      ["externalId", "external_id"],
      ["metadata", "metadata"],
    ],
  },
  workos_organization_membership: {
    kind: "OrganizationMembership",
    needs: ["user_id", "organization_id"],
    key: ({ user_id: who, organization_id: where }) => `${textOf(who)} ${textOf(where)}`,
    names: byId,
    fields: [
      ["userId", "user_id", idIn],
      ["organizationId", "organization_id", idIn],
      [
        "roleSlug",
        "role_slug",
        (value, given, scene) => (isEmpty(given.role_slugs) ? roleIn(value, given.organization_id, scene) : undefined),
      ],
      [
        "roleSlugs",
        "role_slugs",
        (value, given, scene) => textsOf(value).map((slug) => roleIn(slug, given.organization_id, scene) ?? slug),
      ],
      ["status", "status", onlyIf("inactive")],
    ],
  },
  workos_group: {
    kind: "Group",
    needs: ["organization_id", "name"],
    key: ({ organization_id: where, name }) => `${textOf(where)} ${textOf(name)}`,
    names: byId,
    fields: [
      ["organizationId", "organization_id", idIn],
      ["name", "name"],
      ["description", "description"],
    ],
  },
  workos_group_membership: {
    kind: "GroupMembership",
    needs: ["organization_id", "group_id", "organization_membership_id"],
    key: ({ group_id: group, organization_membership_id: member }) => `${textOf(group)} ${textOf(member)}`,
    fields: [
      ["organizationId", "organization_id", idIn],
      ["groupId", "group_id", idIn],
      ["organizationMembershipId", "organization_membership_id", idIn],
    ],
  },
  workos_authorization_resource: {
    kind: "AuthorizationResource",
    needs: ["organization_id", "resource_type_slug", "external_id", "name"],
    key: ({ organization_id: where, resource_type_slug: type, external_id: id }) =>
      [where, type, id].map(textOf).join(" "),
    names: byId,
    fields: [
      ["organizationId", "organization_id", idIn],
      ["resourceTypeSlug", "resource_type_slug"],
      ["externalId", "external_id"],
      ["name", "name"],
      ["description", "description"],
      ["parentResourceId", "parent_resource_id", idIn],
      ["parentResourceExternalId", "parent_resource_external_id", unlessById("parent_resource_id")],
      ["parentResourceTypeSlug", "parent_resource_type_slug", unlessById("parent_resource_id")],
      ["cascadeDelete", "cascade_delete", onlyIf(true)],
    ],
  },
  workos_authorization_role_assignment: {
    kind: "RoleAssignment",
    needs: ["organization_membership_id", "role_slug"],
    key: ({ organization_membership_id: who, role_slug: role, resource_id: id, ...on }) =>
      [who, role, id, on.resource_type_slug, on.resource_external_id].map(textOf).join(" "),
    fields: [
      ["organizationMembershipId", "organization_membership_id", idIn],
      [
        "roleSlug",
        "role_slug",
        (value, { organization_membership_id: id }, scene) => {
          const membership = ofType(scene.all, "workos_organization_membership").find((one) => one.id === id);
          return roleIn(value, membership?.organization_id, scene);
        },
      ],
      ["resourceId", "resource_id", idIn],
      ["resourceExternalId", "resource_external_id", unlessById("resource_id")],
      ["resourceTypeSlug", "resource_type_slug", unlessById("resource_id")],
    ],
  },
  workos_connect_application: {
    kind: "ConnectApplication",
    needs: ["id", "name", "application_type"],
    fields: [
      ["name", "name"],
      ["applicationType", "application_type"],
      [
        "organizationId",
        "organization_id",
        (value, given, scene) =>
          given.application_type === "m2m" || given.is_first_party === false ? idIn(value, given, scene) : undefined,
      ],
      ["isFirstParty", "is_first_party", forPeople],
      ["usesPkce", "uses_pkce", forPeople],
      ["description", "description"],
      ["scopes", "scopes"],
      ["redirectUris", "redirect_uris", (value) => urisIn(value)],
      ["adoptId", "id"],
    ],
  },
  workos_redirect_uri: {
    kind: "RedirectUri",
    needs: ["uri"],
    key: ({ uri }) => textOf(uri),
    fields: [["uri", "uri"]],
  },
  workos_cors_origin: {
    kind: "CorsOrigin",
    needs: ["origin"],
    key: ({ origin }) => textOf(origin),
    fields: [["origin", "origin"]],
  },
  workos_webhook_endpoint: {
    kind: "WebhookEndpoint",
    needs: ["endpoint_url"],
    key: ({ endpoint_url: url }) => textOf(url),
    fields: [
      ["endpointUrl", "endpoint_url"],
      ["events", "events"],
      ["status", "status", onlyIf("disabled")],
    ],
  },
};

/** Resources that become part of another one. */
export const partOfAnother: Readonly<Record<string, (given: Attributes, all: readonly Instance[]) => boolean>> = {
  workos_organization_role_permission: ({ organization_id: where, role_slug: role }, all) =>
    ofType(all, "workos_organization_role").some((one) => one.organization_id === where && one.slug === role),
};

/** Why nothing becomes of a resource in a program. */
export const notTaken: Readonly<Record<string, string>> = {
  workos_organization_role_permission: "its role is not in this state; declare the role with all its permissions",
  workos_connection:
    "a customer's administrator makes connections, in the portal; refer to this one with getConnection",
  workos_directory: "a customer's administrator makes directories, in the portal; refer to this one with getDirectory",
  workos_authkit_configuration: "WorkOS's API has no operation for it; it is set in the dashboard",
  workos_webhook: "WorkOS has webhook endpoints in its place; declare a WebhookEndpoint",
};

/** What Terraform manages of a resource and a program does not, where it is set. */
export const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workos_user: {
    password: "stays as it is at WorkOS",
    password_hash: "stays as it is at WorkOS",
  },
};

/** The default says no more than its absence. */
function otherThanOrganization(value: Json): Value | undefined {
  return value === "organization" ? undefined : value;
}

function unlessById(attribute: string) {
  return (value: Json, given: Attributes) => (isEmpty(given[attribute]) ? value : undefined);
}

/** What only an application that people sign in to has. */
function forPeople(value: Json, { application_type: type }: Attributes): Value | undefined {
  return type === "oauth" ? value : undefined;
}

function permissionsIn(slugs: readonly string[], scene: Scene): Value {
  return slugs.map((slug) => permissionIn(slug, scene) ?? slug);
}

/** Those that the role is read with, and those that are resources of their own. */
function grantedTo({ organization_id: where, slug }: Attributes, own: Json, all: readonly Instance[]): string[] {
  const separate = ofType(all, "workos_organization_role_permission")
    .filter((one) => one.organization_id === where && one.role_slug === slug)
    .map(({ permission }) => textOf(permission));
  return [...new Set([...textsOf(own), ...separate])].filter((one) => one !== "");
}

/** As strings, which one provider counts as verified, or as objects. */
function domainsIn(value: Json): Value {
  return (Array.isArray(value) ? value : []).flatMap((entry) => {
    if (typeof entry === "string") return [{ domain: entry, state: "verified" }];
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [];
    const { domain, state } = entry;
    if (typeof domain !== "string") return [];
    return [{ domain, state: state === "verified" || state === "legacy_verified" ? "verified" : "pending" }];
  });
}

/** Only the default one says which it is. */
function urisIn(value: Json): Value {
  return (Array.isArray(value) ? value : []).flatMap((entry) => {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [];
    const { uri, default: chosen } = entry;
    return typeof uri === "string" ? [{ uri, ...(chosen === true ? { default: true } : {}) }] : [];
  });
}
