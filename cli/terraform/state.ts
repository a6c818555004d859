/** A state of Terraform's or OpenTofu's, as far as it is about WorkOS. */
import { z } from "zod";
import { plainly } from "../../api/issues";
import { Names } from "../program/names";

/** What a resource of a state says of itself: JSON. */
export type Attributes = Readonly<Record<string, z.output<ReturnType<typeof z.json>> | undefined>>;

export interface Instance {
  readonly type: string;
  /** Unique among its type. */
  readonly name: string;
  /** As Terraform writes it: `module.hooks.workos_user.people["ann"]`. */
  readonly address: string;
  readonly attributes: Attributes;
  /** Attributes that Terraform keeps out of what it prints: their values are nobody's to read. */
  readonly sensitive: ReadonlySet<string>;
  /** Why nothing can be made of it. */
  readonly problem?: string;
}

const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      mode: z.string().optional(),
      type: z.string(),
      name: z.string(),
      module: z.string().optional(),
      instances: z
        .array(
          z.object({
            index_key: z.union([z.string(), z.number()]).optional(),
            attributes: z.record(z.string(), z.json()).nullish(),
            deposed: z.string().optional(),
            sensitive_attributes: z.array(z.array(z.object({ value: z.unknown() }))).nullish(),
          }),
        )
        .default([]),
    }),
  ),
});

/**
 * The instances of WorkOS's resources, in the order of the state.
 * @throws for what is no state of version 4, with what to do about it.
 */
export function instancesOf(text: string, file: string): Instance[] {
  const parsed = stateSchema.safeParse(json(text), { error: plainly });
  if (!parsed.success) throw new Error(noState(json(text), file, parsed.error.issues[0]));
  const names = new Map<string, Names>();
  return parsed.data.resources
    .filter(({ mode = "managed", type }) => mode === "managed" && type.startsWith("workos_"))
    .flatMap(({ type, name, module, instances }) =>
      instances.map((instance): Instance => {
        const { index_key: index, attributes, deposed, sensitive_attributes: paths } = instance;
        const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
        const taken = names.get(type) ?? new Names();
        names.set(type, taken);
        return {
          type,
          name: taken.take([...moduleNames(module), name, ...(index === undefined ? [] : [index])].join("-"), "-"),
          address: `${module === undefined ? "" : `${module}.`}${type}.${name}${key}`,
          attributes: attributes ?? {},
          sensitive: new Set(
            (paths ?? []).flatMap(([first]) => (typeof first?.value === "string" ? [first.value] : [])),
          ),
          problem: problemOf(attributes, deposed),
        };
      }),
    );
}

function problemOf(attributes: object | null | undefined, deposed: string | undefined): string | undefined {
  if (deposed !== undefined) return "it is deposed: Terraform has replaced it, and still has to destroy it";
  return attributes ? undefined : "the state says nothing of it";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noState(value: unknown, file: string, issue: z.core.$ZodIssue | undefined): string {
  const remedy = `Write one with \`terraform state pull > ${file}\``;
  const has = (name: string) => typeof value === "object" && value !== null && name in value;
  if (has("encrypted_data")) {
    return `${file} is a state that OpenTofu has encrypted. Write one that can be read with \`tofu state pull > ${file}\`, and delete it afterwards.`;
  }
  const [first, ...rest] = issue?.path ?? [];
  if (first !== "resources" || rest.length === 0 || !has("version")) {
    return `${file} is no Terraform state of version 4. ${remedy}; \`terraform show -json\` is another format.`;
  }
  return `${file} cannot be read as a Terraform state: ${[first, ...rest].join(".")}: ${issue?.message}. ${remedy}, unchanged.`;
}

/** `module.a["b"].module.c` by `a`, `b` and `c`. */
const moduleNames = (module = ""): string[] =>
  [...module.matchAll(/module\.([^.[]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\])?/g)].flatMap(
    ([, name = "", text, index]) => [name, text ?? index ?? ""].filter((part) => part !== ""),
  );
