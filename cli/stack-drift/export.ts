/** What `pulumi stack export` says of a stack's resources. */
import { z } from "zod";
import { plainly } from "../../api/issues";
import { sealed, secretMark, secretsOf } from "../../provider/declare/secrecy";
import { kindOf, type Values } from "../comment/preview";

/** Stands for what the export holds encrypted; alike wherever it stands, so that it is no difference. */
export const unread = "[secret]";

export interface StackResource {
  readonly kind: string;
  readonly urn: string;
  readonly id: string;
  /** As the program declares it. */
  readonly inputs: Values;
  readonly outputs: Values;
  /** Names of inputs and outputs that are encrypted in whole or in part, and so are not known. */
  readonly hidden: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
}

const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          id: z.string().optional(),
          /** On its way out: the old half of a replacement. */
          delete: z.boolean().optional(),
          inputs: z.record(z.string(), z.unknown()).optional(),
          outputs: z.record(z.string(), z.unknown()).optional(),
          propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
        }),
      )
      .nullish(),
  }),
});

/**
 * The resources of ours in it, in its order.
 * @throws for whatever else is given.
 */
export function readExport(text: string, file: string): StackResource[] {
  const parsed = exported.safeParse(json(text), { error: plainly });
  if (!parsed.success) {
    throw new Error(`${file} is no export of a stack. Write one with \`pulumi stack export --file ${file}\`.`);
  }
  return (parsed.data.deployment.resources ?? []).flatMap((resource) => {
    const kind = kindOf(resource);
    if (kind === undefined || resource.id === undefined || resource.delete === true) return [];
    const hidden = new Set<string>();
    const plain = (values: Values = {}): Values => {
      // What the plugin has made says only by its encryption what the program keeps secret.
      const secrets = new Set(secretsOf(values));
      const parts = Object.entries(values).map(
        ([name, value]) => [name, decoded(value, (isKnown) => (isKnown ? secrets : hidden).add(name))] as const,
      );
      return { ...Object.fromEntries(parts), ...(secrets.size > 0 ? { [secretMark]: [...secrets].join(",") } : {}) };
    };
    const [inputs, outputs] = [plain(resource.inputs), plain(resource.outputs)];
    const { urn, id, propertyDependencies } = resource;
    return [{ kind, urn, id, inputs, outputs, hidden: [...hidden], propertyDependencies }];
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How the engine marks a secret: `signature: mark`. */
const [signature, mark] = Object.entries(sealed(""))[0] ?? [];

/**
 * A value with its secrets in the clear, where the export was made with `--show-secrets`.
 * @param meet is told of each secret, and whether it is in the clear.
 */
function decoded(value: unknown, meet: (isKnown: boolean) => void): unknown {
  if (Array.isArray(value)) return value.map((part) => decoded(part, meet));
  if (typeof value !== "object" || value === null) return value;
  const parts = new Map<string, unknown>(Object.entries(value));
  if (signature === undefined || parts.get(signature) !== mark) {
    return Object.fromEntries([...parts].map(([name, part]) => [name, decoded(part, meet)]));
  }
  const plaintext = parts.get("plaintext");
  meet(typeof plaintext === "string");
  return typeof plaintext === "string" ? decoded(json(plaintext), meet) : unread;
}
