import { readFileSync } from "node:fs";
import { type Command, parsed, processIo, UsageError } from "../command";

export const fromTfstate: Command = {
  name: "from-tfstate",
  summary: "Turn the Terraform provider's resources into a program that adopts them",
  help: `Usage: pulumi-workos from-tfstate FILE

Reads a Terraform or OpenTofu state and writes a TypeScript program to standard output that takes over its users,
organizations and memberships: nothing is created twice. Secrets in the state are not taken along.

Examples:
  terraform state pull > state.json && pulumi-workos from-tfstate state.json > index.ts

Exit codes: 0 done, 1 failed, 64 wrong usage.`,
  run(args, io = processIo) {
    const { positionals } = parsed(args, {});
    const [file] = positionals;
    if (file === undefined) throw new UsageError("from-tfstate needs the path of a state file.");
    io.out(programOf(JSON.parse(readFileSync(file, "utf8")) as TerraformState));
    return Promise.resolve(0);
  },
};

export interface TerraformState {
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type: string;
    readonly name: string;
    readonly instances?: readonly {
      readonly index_key?: string | number;
      readonly attributes?: Record<string, unknown>;
    }[];
  }[];
}

/** Inputs by the attribute that has them; ids become references where the object is in the state too. */
const kinds: Readonly<
  Record<string, { readonly className: string; readonly inputs: Readonly<Record<string, string>> }>
> = {
  workos_organization: {
    className: "Organization",
    inputs: { name: "name", external_id: "externalId", metadata: "metadata" },
  },
  workos_user: {
    className: "User",
    inputs: {
      email: "email",
      first_name: "firstName",
      last_name: "lastName",
      external_id: "externalId",
      metadata: "metadata",
    },
  },
  workos_organization_membership: {
    className: "OrganizationMembership",
    inputs: { user_id: "userId", organization_id: "organizationId", role_slug: "roleSlug", role_slugs: "roleSlugs" },
  },
};

export function programOf({ resources = [] }: TerraformState): string {
  const order = Object.keys(kinds);
  const found = resources
    .filter(({ mode = "managed", type }) => mode === "managed" && Object.hasOwn(kinds, type))
    .sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type))
    .flatMap(({ type, name, instances = [] }) =>
      instances.map(({ index_key: index, attributes = {} }) => ({
        type,
        name: index === undefined ? name : `${name}-${index}`,
        attributes,
      })),
    );
  const references = new Map<string, string>();
  const names = new Set<string>();
  const lines = found.map(({ type, name, attributes }) => {
    const { className = "", inputs = {} } = kinds[type] ?? {};
    const variable = unique(name, names);
    const several = Array.isArray(attributes.role_slugs) && attributes.role_slugs.length > 0;
    const args = Object.entries(inputs).flatMap(([attribute, input]) => {
      const value = attributes[attribute];
      const empty =
        value === null || value === undefined || value === "" || Object.keys(Object(value) as object).length === 0;
      if ((empty && typeof value !== "boolean") || (attribute === "role_slug" && several)) return [];
      const reference = typeof value === "string" && attribute.endsWith("_id") ? references.get(value) : undefined;
      return [`  ${input}: ${reference ?? JSON.stringify(value)},`];
    });
    if (typeof attributes.id === "string") references.set(attributes.id, `${variable}.id`);
    return [
      `const ${variable} = new workos.${className}(${JSON.stringify(name)}, {`,
      ...args,
      `  adopt: "require",`,
      "});",
    ].join("\n");
  });
  const taken = [...names].join(", ");
  return [
    `import * as workos from "pulumi-workos";`,
    ...lines,
    `export const adopted = [${taken}].map(({ id }) => id);`,
  ].join("\n\n");
}

function unique(name: string, taken: Set<string>): string {
  const word = name.replace(/[^A-Za-z0-9]+(.)?/g, (_match, next?: string) => next?.toUpperCase() ?? "");
  const base = /^[A-Za-z]/.test(word) ? word : `the${word}`;
  let variable = base;
  for (let count = 2; taken.has(variable) || variable === "workos"; count++) variable = `${base}${count}`;
  taken.add(variable);
  return variable;
}
