/** What `pulumi preview --json` says, and who and what the ids in it stand for. */
import { containsUnknown, unknownValue } from "../../provider/declare/unknown";
import { secretsOf } from "../../provider/declare/secrecy";
import { redactor, type Redactor } from "../../api/http/redact";
import { resources } from "../../provider/resources";
import { kindOfUrn } from "../../provider/type-tokens";

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
export const kindOf = ({ urn }: Pick<PreviewStep, "urn">): string | undefined => kindOfUrn(urn);
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
  readonly #groups = new Map<string, string>();
  readonly #applications = new Map<string, string>();
  readonly #memberships = new Map<string, PreviewState>();

  /** Kinds whose resources have a name for people, and the property that it is. */
  readonly #named: Readonly<Record<string, readonly [Map<string, string>, string]>> = {
    User: [this.#emails, "email"],
    Organization: [this.#organizations, "name"],
    Group: [this.#groups, "name"],
    ConnectApplication: [this.#applications, "name"],
  };
  /** Slugs of roles by the permissions that they have before the run. */
  readonly #roles = new Map<string, Set<string>>();
  /** Slugs of permissions by the resources that they are. */
  readonly #permissions = new Map<string, string>();

  constructor(steps: readonly PreviewStep[]) {
    for (const step of steps) {
      const kind = kindOf(step);
      const [names, property = ""] = kind === undefined ? [] : (this.#named[kind] ?? []);
      for (const state of [step.newState, step.oldState]) {
        const name = textOf(state?.inputs?.[property] ?? state?.outputs?.[property]);
        if (!names || name === undefined) continue;
        if (state?.id !== undefined) names.set(state.id, name);
        names.set(step.urn, name);
      }
      for (const state of kind === "OrganizationMembership" ? [step.newState, step.oldState] : []) {
        if (state?.id !== undefined) this.#memberships.set(state.id, state);
        if (state) this.#memberships.set(step.urn, state);
      }
      if (kind === "EnvironmentRole" || kind === "OrganizationRole") this.#noteRole(recordedOf(step));
      const permission = kind === "Permission" ? textOf(declaredOf(step).slug) : undefined;
      if (permission !== undefined) this.#permissions.set(step.urn, permission);
      const where = textOf(recordedOf(step).organizationName);
      const id = textOf(recordedOf(step).organizationId);
      if (where !== undefined && id !== undefined && !this.#organizations.has(id)) this.#organizations.set(id, where);
    }
  }

  #noteRole({ slug, permissions }: Values): void {
    const role = textOf(slug);
    if (role === undefined) return;
    for (const one of textsOf(permissions)) this.#roles.set(one, (this.#roles.get(one) ?? new Set()).add(role));
  }

  /** Slugs of the stack's roles that have a permission before the run. */
  rolesWith(permission: string): string[] {
    return [...(this.#roles.get(permission) ?? [])];
  }

  /**
   * The permissions that a role is declared with, those included that are made in the same run.
   * @returns also whether there are more of which the preview does not know yet.
   */
  permissions(state: PreviewState | undefined | null): { readonly slugs: string[]; readonly more: boolean } {
    const declared = state?.inputs?.permissions;
    const known = textsOf(declared);
    if (!containsUnknown(declared)) return { slugs: known, more: false };
    const sources = state?.propertyDependencies?.permissions ?? [];
    const made = sources.flatMap((urn) => this.#permissions.get(urn) ?? []);
    return { slugs: [...new Set([...known, ...made])], more: made.length === 0 };
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

  /** Name of the group, or its id. */
  group(state: PreviewState | undefined | null, property = "groupId"): string | undefined {
    return this.#find(this.#groups, "Group", state, property) ?? textOf(this.#value(state, property));
  }

  /** The address of the member whom this property names, or the membership's id where nothing tells it. */
  member(state: PreviewState | undefined | null, property = "organizationMembershipId"): string | undefined {
    const id = textOf(this.#value(state, property));
    const [source, ...others] = sourcesOf(state, property, "OrganizationMembership");
    const membership = this.#memberships.get(id ?? (others.length > 0 ? "" : (source ?? "")));
    return this.email(membership) ?? id;
  }

  /** The same of a membership by its id. */
  memberById(id: string): string {
    return this.email(this.#memberships.get(id)) ?? id;
  }

  /** Name of the Connect application, where the stack has it. */
  application(state: PreviewState | undefined | null, property = "applicationId"): string | undefined {
    return this.#find(this.#applications, "ConnectApplication", state, property);
  }

  #value(state: PreviewState | undefined | null, property: string): unknown {
    return state?.inputs?.[property] ?? state?.outputs?.[property];
  }

  #find(names: ReadonlyMap<string, string>, kind: string, state: PreviewState | undefined | null, property: string) {
    const known = names.get(textOf(this.#value(state, property)) ?? "");
    if (known !== undefined) return known;
    // What is made in the same run has no id yet, but the engine knows which resource it comes from.
    const sources = sourcesOf(state, property, kind);
    return sources.length === 1 ? names.get(sources[0] ?? "") : undefined;
  }
}

/** The resources of a kind that a property comes from. */
const sourcesOf = (state: PreviewState | undefined | null, property: string, kind: string): string[] =>
  (state?.propertyDependencies?.[property] ?? []).filter((urn) => kindOf({ urn }) === kind);

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
