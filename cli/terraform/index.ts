/** From the state of a Terraform provider for WorkOS to a program that takes over what it manages. */
import { Names, variableName } from "../program/names";
import { construction, Expression, expression, isEmpty, quoted, type Value } from "../program/source-text";
import { kindsOfTerraform, leftOut, notTaken, partOfAnother, type Scene } from "./kinds";
import { type Instance, instancesOf } from "./state";

export interface Converted {
  readonly program: string;
  /** Addresses in Terraform of what the program takes over. */
  readonly adopted: readonly string[];
  /** Addresses of what it does not, and why. */
  readonly skipped: readonly { readonly address: string; readonly reason: string }[];
  /** What it does not take along of what it takes over, and what is to be done for it. */
  readonly notes: readonly { readonly address: string; readonly note: string }[];
}

/**
 * @param file where the text is from, for messages.
 * @throws for what is no state of version 4.
 */
export function convert(text: string, file: string): Converted {
  const all = instancesOf(text, file);
  const reasons = new Map(all.flatMap((instance) => [[instance, whyNot(instance, all)] as const]));
  for (const [instance, first] of repeated(all.filter((one) => reasons.get(one) === undefined))) {
    reasons.set(instance, `${first.address} is the same at WorkOS`);
  }
  const kept = all.filter((instance) => reasons.get(instance) === undefined);
  const order = Object.keys(kindsOfTerraform);
  const resources = kept
    .filter(({ type }) => Object.hasOwn(kindsOfTerraform, type))
    .sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type));
  const { program, secrets } = programOf(resources, all);
  return {
    program,
    adopted: kept.map(({ address }) => address),
    skipped: all.flatMap((instance) => {
      const reason = reasons.get(instance);
      return reason === undefined ? [] : [{ address: instance.address, reason }];
    }),
    notes: [...kept.flatMap(left), ...secrets],
  };
}

/** Why nothing in a program becomes of it; nothing where something does. */
function whyNot({ type, attributes, problem }: Instance, all: readonly Instance[]): string | undefined {
  if (problem !== undefined) return problem;
  const part = Object.hasOwn(partOfAnother, type) ? partOfAnother[type] : undefined;
  if (part) return part(attributes, all) ? undefined : notTaken[type];
  const known = Object.hasOwn(kindsOfTerraform, type) ? kindsOfTerraform[type] : undefined;
  if (!known) {
    return Object.hasOwn(notTaken, type)
      ? notTaken[type]
      : "pulumi-workos knows of no such resource; leave it to Terraform";
  }
  const missing = known.needs.find((name) => typeof attributes[name] !== "string" || attributes[name] === "");
  return missing === undefined ? undefined : `the state has no text for its ${missing}`;
}

/** Those that mean what an earlier one means already. */
function repeated(instances: readonly Instance[]): Map<Instance, Instance> {
  const first = new Map<string, Instance>();
  return new Map(
    instances.flatMap((instance) => {
      const { type, attributes } = instance;
      const key = kindsOfTerraform[type]?.key?.(attributes) ?? attributes.id;
      if (typeof key !== "string") return [];
      const before = first.get(`${type} ${key}`);
      if (before) return [[instance, before] as const];
      first.set(`${type} ${key}`, instance);
      return [];
    }),
  );
}

const left = ({ type, address, attributes }: Instance) =>
  Object.entries(leftOut[type] ?? {})
    .filter(([name]) => !isEmpty(attributes[name]))
    .map(([name, note]) => ({ address, note: `its ${name} ${note}` }));

interface Written {
  readonly program: string;
  /** What the program takes from its configuration, which is to be set. */
  readonly secrets: Converted["notes"];
}

/** Each after those that it refers to. */
function programOf(resources: readonly Instance[], all: readonly Instance[]): Written {
  const variables = new Names(["workos", "pulumi", "config"]);
  const variableOf = new Map<Instance, string>();
  const named = new Map(
    resources.flatMap((instance) =>
      Object.entries(kindsOfTerraform[instance.type]?.names?.(instance.attributes) ?? {}).map(
        ([name, property]) => [name, { instance, property }] as const,
      ),
    ),
  );
  const begun = new Set<Instance>();
  const written: { instance: Instance; inputs: Record<string, Value> }[] = [];
  const secrets: { address: string; note: string }[] = [];

  const refer: Scene["refer"] = (name, value) => {
    const target = named.get(name ?? "");
    if (!target) return value;
    write(target.instance);
    // Two that refer to each other, as only a state that somebody has edited has them.
    if (!written.some(({ instance }) => instance === target.instance)) return value;
    const variable = variableOf.get(target.instance) ?? variables.variable(target.instance.name);
    variableOf.set(target.instance, variable);
    return expression(`${variable}.${target.property}`);
  };

  const fromConfig = (instance: Instance, attribute: string, value: Value): Value => {
    const key = variableName(`${instance.type.replace("workos_", "")}-${instance.name}-${attribute}`);
    const isText = typeof value === "string";
    secrets.push({
      address: instance.address,
      note: `its ${attribute} is sensitive and not written: pulumi config set --secret ${key} ${isText ? "VALUE" : "JSON"}`,
    });
    return expression(`config.requireSecret${isText ? "" : "Object"}(${quoted(key)})`);
  };

  function write(instance: Instance): void {
    if (begun.has(instance)) return;
    begun.add(instance);
    const { type, attributes, sensitive } = instance;
    const inputs: Record<string, Value> = {};
    for (const [input, attribute, as] of kindsOfTerraform[type]?.fields ?? []) {
      const given = attributes[attribute];
      const value = as ? as(given, attributes, { all, refer }) : given;
      if (value === undefined || (!(value instanceof Expression) && isEmpty(value))) continue;
      const hidden = sensitive.has(attribute) && !(value instanceof Expression);
      inputs[input] = hidden ? fromConfig(instance, attribute, value) : value;
    }
    written.push({ instance, inputs: { ...inputs, adopt: "require" } });
  }

  resources.forEach(write);
  const statements = written.map(({ instance, inputs }) =>
    construction({
      className: kindsOfTerraform[instance.type]?.kind ?? "",
      name: instance.name,
      inputs,
      variable: variableOf.get(instance),
    }),
  );
  const head = [
    ...(secrets.length > 0 ? [`import * as pulumi from "@pulumi/pulumi";`] : []),
    `import * as workos from "pulumi-workos";`,
  ].join("\n");
  const config = secrets.length > 0 ? ["const config = new pulumi.Config();"] : [];
  return { program: [head, ...config, ...statements].join("\n\n"), secrets };
}
