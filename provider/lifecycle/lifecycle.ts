import type { AnyResource, Inputs, State } from "../declare/resource";
import { check, type Checked, type Surroundings } from "./check";
import type { ChangedAccess } from "../context";
import type { Claims } from "../duplicates";
import { compact, whole } from "./compact";
import type { Context } from "./context";
import { create, type Created } from "./create";
import { takeOverOf } from "./create-journal";
import { remove } from "./delete";
import { details, type PropertyChange } from "./details";
import { changesOf, diff, type Diff } from "./diff";
import { imported } from "./import";
import { read, type Read } from "./read";
import { record, withOptions } from "./state";
import { update } from "./update";
import { containsUnknown, isKnownText } from "../declare/unknown";

/** What inputs rely on: an organization, and roles and groups in it, each with the property that names it. */
export interface Needs {
  readonly organization?: string;
  /** The slug of the role that they make, where they do. */
  readonly makesRole?: string;
  /** The name of the group that they make, likewise. */
  readonly makesGroup?: string;
  readonly roles: readonly { readonly property: string; readonly slug: string }[];
  /** By name or id. */
  readonly groups?: readonly { readonly property: string; readonly name: string }[];
}

/** What the provider's entry asks of a kind of resource: declared ones and those with a life of their own alike. */
export interface Lifecycle {
  /** Name of the class and last part of the type token. */
  readonly kind: string;
  /** Outputs that say what an input says, and are as secret as that. */
  readonly repeats?: Readonly<Record<string, readonly string[]>>;
  /** Inputs and outputs that are always secret. */
  readonly secrets: readonly string[];
  /** Of these the outputs, which every program's class names to the engine. */
  readonly secretOutputs?: readonly string[];
  /** Everything that a program sees of an object. */
  readonly outputs: readonly string[];
  /** Of these a create or an update alone tells the value: no plan can. */
  readonly answered: readonly string[];
  check(olds: Inputs, news: Inputs, surroundings: Surroundings): Checked;
  /** What of its inputs says which object it is; two of a program that say the same would fight. */
  readonly claims: Claims;
  /** What of the declared holds at a moment, for programs whose own classes have not looked. */
  at?(inputs: Inputs, now: number): Checked;
  diff(state: State, inputs: Inputs): Diff;
  /** The same, property by property. */
  details(state: State, inputs: Inputs): readonly PropertyChange[];
  /** What must be there already for the inputs to be carried out, as far as it is known. */
  needs?(inputs: Inputs): Needs;
  /** Lines that a plan should show besides the engine's own; the state is empty for what is yet to be created. */
  announce?(state: State, inputs: Inputs, context: Context): readonly string[];
  /** What a write may change of who has which rights. Default: everything. */
  readonly changesAccess?: ChangedAccess | "nothing";
  /** The same of whom a change of something recorded reaches, by asking. */
  lookInto?(state: State, inputs: Inputs, context: Context): Promise<readonly string[]>;
  /** The same for what is yet to be created, by asking what it will find. */
  lookAhead?(inputs: Inputs, context: Context): Promise<readonly string[]>;
  create(inputs: Inputs, context: Context): Promise<Created>;
  /** @param declared what the engine has of the program, for what was imported: its record does not tell. */
  read(id: string, state: State, context: Context, declared?: Inputs): Promise<Read>;
  /**
   * Takes over what is there by its id.
   * @throws where the id has another form than the kind is imported by, or the kind is not imported.
   */
  imported(id: string, context: Context): Promise<Read>;
  /** What is recorded, in as few bytes as it can be told in. */
  compact?(state: State): State;
  /** The same with everything again. */
  whole?(state: State): State;
  /** What is recorded, with the options that the program has declared since it was imported. */
  known?(state: State, declared: Inputs): State;
  /** What is to be said of an object that is no longer there, once that is sure. */
  missing?(state: State): string | undefined;
  update(id: string, state: State, inputs: Inputs, context: Context): Promise<State>;
  remove(id: string, state: State, context: Context): Promise<void>;
  /** To be called when the outcome of a create is handed to the engine. */
  createHandedOver?(id: string, inputs: Inputs, context: Context): void;
  /** To be called once the engine is seen to have an object, or to be rid of it. */
  stateSeen?(id: string, state: State, context: Context): void;
}

/** The lifecycle that a declaration stands for. */
export function lifecycleOf(resource: AnyResource): Lifecycle {
  return {
    kind: resource.kind,
    claims: resource,
    check: (olds, news, surroundings) => check(resource, olds, news, surroundings),
    ...shownOf(resource),
    diff: (state, inputs) => diff(resource, state, inputs),
    details: (state, inputs) => details(resource, state, inputs),
    needs: (inputs) => needsOf(resource, inputs),
    announce: (state, inputs) => [
      ...(resource.doubts?.(inputs, state) ?? []),
      ...(resource.foresee && Object.keys(state).length > 0 && !containsUnknown(inputs)
        ? resource.foresee(state, inputs)
        : []),
    ],
    changesAccess: resource.changesAccess ?? "nothing",
    ...(resource.foreseeReach ? foreseeing(resource) : {}),
    create: (inputs, context) => create(resource, inputs, context),
    read: (id, state, context, declared) => read(resource, id, state, context, declared),
    imported: (id, context) => imported(resource, id, context),
    compact: (state) => compact(resource, state),
    whole: (state) => whole(resource, state),
    known: (state, declared) => withOptions(resource, state, declared),
    missing: (state) => resource.missing?.(state),
    update: (id, state, inputs, context) => update(resource, id, state, inputs, context),
    remove: (id, state, context) => remove(resource, id, state, context),
    createHandedOver: (id, inputs, { journal }) => {
      journal.handedOver(resource, inputs, id);
      if (resource.existing?.remember) journal.handedOver(takeOverOf(resource), inputs);
    },
    stateSeen: (id, state, { journal }) => {
      journal.close(resource, state, id);
      if (resource.existing?.remember) journal.close(takeOverOf(resource), state);
    },
  };
}

/** What a program sees of an object, and what of that is secret or not known before the vendor's answer. */
function shownOf({
  inputs,
  outputs,
}: AnyResource): Pick<Lifecycle, "secrets" | "secretOutputs" | "outputs" | "answered"> {
  const own = Object.keys(outputs);
  const fields = { ...inputs, ...outputs };
  return {
    secrets: Object.keys(fields).filter((name) => inputs[name]?.traits.secret ?? outputs[name]?.traits.secret),
    secretOutputs: own.filter((name) => outputs[name]?.traits.secret),
    outputs: [...new Set([...Object.keys(inputs).filter((name) => inputs[name]?.readable), ...own])],
    answered: own.filter((name) => !outputs[name]?.traits.local && !outputs[name]?.traits.createOnly),
  };
}

/** What a plan says of whom a change reaches; of what is taken over as of what is recorded. */
function foreseeing(resource: AnyResource): Pick<Lifecycle, "lookInto" | "lookAhead"> {
  const reach = async (there: State | undefined, inputs: Inputs, context: Context) => {
    const changes = there && changesOf(resource, there, inputs).map(({ property }) => property);
    const changed = (property: string) => changes?.includes(property) ?? true;
    return (await resource.foreseeReach?.({ there, inputs, changed }, context)) ?? [];
  };
  return {
    lookInto: reach,
    async lookAhead(inputs, context) {
      const takesOver = inputs.adopt === "if-exists" || inputs.adopt === "require";
      const keys = resource.keys?.flat() ?? [];
      const known = takesOver && keys.every((name) => !containsUnknown(inputs[name]));
      const found = known ? await resource.existing?.find(context.api, inputs) : undefined;
      const there = found && record(resource, { object: found, declared: {}, previous: {}, applied: () => true });
      return [...(resource.doubts?.(inputs, {}) ?? []), ...(await reach(there, inputs, context))];
    },
  };
}

function needsOf({ inputs: declared, access, namesRoles = [], role, group }: AnyResource, inputs: Inputs): Needs {
  const { organizationId } = inputs;
  const made = role === undefined ? undefined : inputs[role];
  const grouped = group === undefined ? undefined : inputs[group];
  const known = Object.hasOwn(declared, "organizationId") && isKnownText(organizationId);
  return {
    ...(known ? { organization: organizationId } : {}),
    ...(isKnownText(made) ? { makesRole: made } : {}),
    ...(isKnownText(grouped) ? { makesGroup: grouped } : {}),
    roles: (access?.roles ?? namesRoles).flatMap((property) =>
      [inputs[property]].flat().flatMap((role) => {
        const slug = slugOf(role);
        // Whose own role it is, only the member's organization would tell.
        const own = access === undefined && isKnownText(slug) && slug.startsWith(ownRolePrefix);
        return isKnownText(slug) && !own ? [{ property, slug }] : [];
      }),
    ),
  };
}

/** With this the slugs of organizations' own roles begin, and no other. */
const ownRolePrefix = "org-";

/** A role is named by its slug, or by an object that says where it is held as well. */
const slugOf = (role: unknown): unknown =>
  typeof role === "object" && role !== null && "roleSlug" in role ? role.roleSlug : role;
