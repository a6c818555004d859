/**
 * From the state of a Terraform provider for WorkOS to a program that takes over what it manages. Attribute names are
 * those of osodevops/workos, agjmills/workos and danielemery/workos, the published providers.
 */

import { Names } from "./program/names";
import { isEmpty } from "./program/source-text";

type Attributes = Readonly<Record<string, unknown>>;

export interface TerraformState {
  readonly version?: number;
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type: string;
    readonly name: string;
    readonly module?: string;
    readonly instances?: readonly { readonly index_key?: string | number; readonly attributes?: Attributes | null }[];
  }[];
}

export interface Converted {
  readonly program: string;
  /** Addresses in Terraform of what the program takes over. */
  readonly adopted: readonly string[];
  /** Addresses of what it does not, and why. */
  readonly skipped: readonly { readonly address: string; readonly reason: string }[];
}

interface Instance {
  readonly type: string;
  /** Unique among its type. */
  readonly name: string;
  readonly address: string;
  readonly attributes: Attributes;
}

interface Kind {
  readonly className: string;
  /** Inputs, in order; ids are made references where what they name is in the state too. */
  readonly inputs: (attributes: Attributes, all: readonly Instance[]) => Readonly<Record<string, unknown>>;
}

const kinds: Readonly<Record<string, Kind>> = {
  workos_organization: {
    className: "Organization",
    inputs: (given, all) => ({
      name: given.name,
      externalId: given.external_id,
      metadata: given.metadata,
      domains: domainsOf(given, all),
      // Deprecated, and false unless somebody wanted it.
      allowProfilesOutsideOrganization: given.allow_profiles_outside_organization === true ? true : undefined,
      adopt: "require",
      adoptId: isEmpty(given.external_id) ? given.id : undefined,
    }),
  },
  workos_user: {
    className: "User",
    inputs: (given) => ({
      email: given.email,
      firstName: given.first_name,
      lastName: given.last_name,
      emailVerified: given.email_verified === true ? true : undefined,
      externalId: given.external_id,
      metadata: given.metadata,
      adopt: "require",
    }),
  },
  workos_organization_membership: {
    className: "OrganizationMembership",
    inputs: (given) => ({
      userId: given.user_id,
      organizationId: given.organization_id,
      roleSlug: isEmpty(given.role_slugs) ? given.role_slug : undefined,
      roleSlugs: given.role_slugs,
      status: given.status === "inactive" ? "inactive" : undefined,
      adopt: "require",
    }),
  },
};

/** Kinds that become part of another resource. */
const merged = ["workos_organization_domain"];

export function convert({ resources = [] }: TerraformState): Converted {
  const all = resources
    .filter(({ mode = "managed", type }) => mode === "managed" && type.startsWith("workos_"))
    .flatMap(({ type, name, module, instances = [] }) =>
      instances.map(({ index_key: index, attributes }): Instance => {
        const key = index === undefined ? "" : typeof index === "number" ? `[${index}]` : `[${JSON.stringify(index)}]`;
        return {
          type,
          name: [...moduleNames(module), name, ...(index === undefined ? [] : [index])].join("-"),
          address: `${module === undefined ? "" : `${module}.`}${type}.${name}${key}`,
          attributes: attributes ?? {},
        };
      }),
    );
  const order = Object.keys(kinds);
  const taken = all
    .filter(({ type }) => Object.hasOwn(kinds, type))
    .sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type));
  const organizations = new Set(taken.map(({ attributes }) => attributes.id));
  const isMerged = ({ type, attributes }: Instance) =>
    merged.includes(type) && organizations.has(attributes.organization_id);
  return {
    program: programOf(taken, all),
    adopted: all.filter((one) => taken.includes(one) || isMerged(one)).map(({ address }) => address),
    skipped: all
      .filter((one) => !taken.includes(one) && !isMerged(one))
      .map(({ type, address }) => ({
        address,
        reason: merged.includes(type)
          ? "its organization is not in this state"
          : "pulumi-workos has no such resource; leave it to Terraform",
      })),
  };
}

const moduleNames = (module: string | undefined) =>
  (module ?? "").split(".").filter((part) => part && part !== "module");

/** As strings, which that provider counts as verified; as objects; and as resources of their own. */
function domainsOf({ id, domains }: Attributes, all: readonly Instance[]): object[] {
  const own = Array.isArray(domains) ? (domains as unknown[]) : [];
  const separate = all
    .filter(({ type, attributes }) => merged.includes(type) && attributes.organization_id === id)
    .map(({ attributes }) => attributes);
  const found = [...own, ...separate].map((entry) => {
    if (typeof entry === "string") return { domain: entry, state: "verified" };
    const { domain, state } = entry as { domain?: unknown; state?: unknown };
    return { domain, state: state === "verified" || state === "legacy_verified" ? "verified" : "pending" };
  });
  return [...new Map(found.map((entry) => [String(entry.domain).toLowerCase(), entry])).values()];
}

function programOf(taken: readonly Instance[], all: readonly Instance[]): string {
  const references = new Map<string, string>();
  const variables = new Names(["workos"]);
  const referred = new Set(taken.flatMap(({ attributes }) => [attributes.user_id, attributes.organization_id]));
  const statements = taken.map(({ type, name, attributes }) => {
    const { className = "", inputs } = kinds[type] ?? {};
    const variable = referred.has(attributes.id) ? variables.variable(name) : undefined;
    const lines = Object.entries(inputs?.(attributes, all) ?? {})
      .filter(([, value]) => !isEmpty(value))
      .map(([input, value]) => {
        const isReference = (input === "userId" || input === "organizationId") && typeof value === "string";
        return `  ${input}: ${(isReference ? references.get(value) : undefined) ?? JSON.stringify(value)},`;
      });
    if (variable !== undefined) references.set(String(attributes.id), `${variable}.id`);
    const assigned = variable === undefined ? "" : `const ${variable} = `;
    return [`${assigned}new workos.${className}(${JSON.stringify(name)}, {`, ...lines, "});"].join("\n");
  });
  return [`import * as workos from "pulumi-workos";`, ...statements].join("\n\n");
}
