/** What `pulumi preview --json` says, and who and what the ids in it stand for. */
import { unknownValue } from "../../provider/declare/unknown";
import { secretsOf } from "../../provider/declare/secrecy";
import { redactor, type Redactor } from "../../api/http/redact";
import { resources } from "../../provider/resources";

export type Values = Readonly<Record<string, unknown>>;

export interface PreviewState {
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
}

/** What the preview says of one resource. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: PreviewState | null;
  readonly newState?: PreviewState | null;
}

interface DiagnosticEvent {
  /** Of the resource that it is about. */
  readonly urn?: string;
  readonly message?: string;
  readonly severity?: string;
}

export interface Preview {
  /** The stack's configuration; secrets are masked in it. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly steps?: readonly PreviewStep[] | null;
  readonly diagnostics?: readonly DiagnosticEvent[] | null;
}

/** `User` of a step about a user; nothing for what is none of ours. */
export function kindOf({ urn }: Pick<PreviewStep, "urn">): string | undefined {
  // `urn:pulumi:STACK::PROJECT::TYPES::NAME`, where TYPES begins with those of the components around it.
  const type = urn.split("::")[2]?.split("$").at(-1);
  return type === undefined ? undefined : /^pulumi-nodejs:dynamic\/workos:(\w+)$/.exec(type)?.[1];
}
/** Physical halves of a replacement are left out: the engine reports the replacement as well. */
const ops = ["create", "update", "delete", "replace"] as const;
export type Op = (typeof ops)[number];
export const opOf = ({ op }: PreviewStep): Op | undefined => ops.find((known) => known === op);
export const nameOf = ({ urn }: Pick<PreviewStep, "urn">): string => urn.split("::").slice(3).join("::");

/** What is recorded of it: outputs, and the inputs that are no outputs, such as options. */
export const recordedOf = ({ oldState }: PreviewStep): Values => ({ ...oldState?.inputs, ...oldState?.outputs });
export const declaredOf = ({ newState }: PreviewStep): Values => newState?.inputs ?? {};

/** Whether a program keeps the people of its roster secret. */
export const hidesPeople = (step: PreviewStep): boolean =>
  [recordedOf(step), declaredOf(step)].some(
    (values) => secretsOf(values).includes("members") || typeof (values.members ?? {}) === "string",
  );

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== unknownValue ? value : undefined;
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((part) => textOf(part) ?? []) : [];

/** Who and what ids stand for, as far as the stack has users and organizations as resources. */
export class Directory {
  readonly #emails = new Map<string, string>();
  readonly #organizations = new Map<string, string>();
  readonly #applications = new Map<string, string>();

  constructor(steps: readonly PreviewStep[]) {
    for (const step of steps) {
      const kind = kindOf(step);
      const [names, property] = this.#namesOf(kind);
      for (const state of [step.newState, step.oldState]) {
        const name = textOf(state?.inputs?.[property ?? ""] ?? state?.outputs?.[property ?? ""]);
        if (!names || name === undefined) continue;
        if (state?.id !== undefined) names.set(state.id, name);
        names.set(step.urn, name);
      }
      const where = textOf(recordedOf(step).organizationName);
      const id = textOf(recordedOf(step).organizationId);
      if (where !== undefined && id !== undefined && !this.#organizations.has(id)) this.#organizations.set(id, where);
    }
  }

  /** Names of all organizations that the stack has to do with, where they are known. */
  get organizations(): string[] {
    return [...new Set(this.#organizations.values())];
  }

  /** The address of the user whom this property names, by id or as a resource that is not there yet. */
  email(state: PreviewState | undefined | null, property = "userId"): string | undefined {
    return this.#find(this.#emails, "User", state, property);
  }

  /** Name of the organization, or its id. */
  organization(state: PreviewState | undefined | null, property = "organizationId"): string | undefined {
    return this.#find(this.#organizations, "Organization", state, property) ?? textOf(this.#value(state, property));
  }

  /** Name of the Connect application, where the stack has it. */
  application(state: PreviewState | undefined | null, property = "applicationId"): string | undefined {
    return this.#find(this.#applications, "ConnectApplication", state, property);
  }

  /** Where names of such a kind are kept, and which property has them. */
  #namesOf(kind: string | undefined): [names?: Map<string, string>, property?: string] {
    switch (kind) {
      case "User":
        return [this.#emails, "email"];
      case "Organization":
        return [this.#organizations, "name"];
      case "ConnectApplication":
        return [this.#applications, "name"];
      default:
        return [];
    }
  }

  #value(state: PreviewState | undefined | null, property: string): unknown {
    return state?.inputs?.[property] ?? state?.outputs?.[property];
  }

  #find(names: ReadonlyMap<string, string>, kind: string, state: PreviewState | undefined | null, property: string) {
    const known = names.get(textOf(this.#value(state, property)) ?? "");
    if (known !== undefined) return known;
    // What is made in the same run has no id yet, but the engine knows which resource it comes from.
    const sources = (state?.propertyDependencies?.[property] ?? []).filter((urn) => kindOf({ urn }) === kind);
    return sources.length === 1 ? names.get(sources[0] ?? "") : undefined;
  }
}

/**
 * Masks what the preview itself holds of secrets, in case it was made with `--show-secrets`, and whatever looks like
 * one: nothing that is printed is taken from there, but a name could be.
 */
export function redactorFor({ steps, config }: Preview): Redactor {
  const secrets = new Set<string>();
  const note = (value: unknown) => {
    const text = textOf(value);
    if (text !== undefined && text !== "" && text !== "[secret]") secrets.add(text);
  };
  note(config?.["workos:apiKey"]);
  for (const step of steps ?? []) {
    const resource = Object.entries(resources).find(([kind]) => kind === kindOf(step))?.[1];
    for (const state of [step.oldState, step.newState]) {
      for (const name of secretsOf({ ...state?.inputs, ...state?.outputs })) {
        note(state?.inputs?.[name]);
        note(state?.outputs?.[name]);
      }
    }
    if (!resource) continue;
    const declared = { ...resource.inputs, ...resource.outputs } as Record<string, { traits: { secret?: boolean } }>;
    for (const [name, { traits }] of Object.entries(declared)) {
      if (!traits.secret) continue;
      for (const state of [step.oldState, step.newState]) {
        note(state?.inputs?.[name]);
        note(state?.outputs?.[name]);
      }
    }
  }
  return redactor(secrets);
}
