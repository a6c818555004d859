/**
 * What a resource is: declared once, in its own file of this folder. Check, diff, request bodies, state, the class
 * that programs import and the reference page are folds over the declaration.
 */
import type { Api } from "../../api";
import type { Context } from "../lifecycle/context";
import type { Comparison } from "./comparisons";
import type { Shape } from "./shapes";

/** What is kept for an object between runs: the vendor's values by their Pulumi names. */
export type State = Readonly<Record<string, unknown>>;
export type Inputs = Readonly<Record<string, unknown>>;

export interface InputTraits<T = unknown> {
  /** The field's name in the vendor's API: the property's name in snake_case unless given. */
  readonly wire?: string;
  /** A change replaces the object. A function where that depends on what is there. */
  readonly immutable?: boolean | ((state: State) => boolean);
  /** A change says nothing about what is there; it only takes effect at the next occasion. */
  readonly inert?: boolean;
  /** Never shown: encrypted in state, `[secret]` in every output. */
  readonly secret?: boolean;
  /** The vendor never answers it: the state keeps what was last sent. */
  readonly writeOnly?: boolean;
  /** Read by the provider and never sent. */
  readonly option?: boolean;
  /** What is sent when it is removed from the program; without it, removing it only ends its management. */
  readonly clear?: null | "" | readonly [];
  /** The vendor's create does not take it: it is set by an update right after. */
  readonly afterCreate?: boolean;
  /** When the declared and the actual value say the same; deep equality unless given. */
  readonly same?: Comparison<T>;
  /** Compares with another part of the state than the property of the same name. */
  readonly actual?: (state: State) => unknown;
  /** The value in the vendor's spelling, where it is not the same. */
  readonly toWire?: (value: T) => unknown;
  /** Takes the value from the vendor's object where it is not simply the field of that name. */
  readonly from?: (object: RemoteObject) => unknown;
  /** The form in which a program would declare what the state has, where it is not the same. */
  readonly toInput?: (actual: unknown) => unknown;
  /** A map into which the vendor merges what is sent: keys that have to go are sent as `null`. */
  readonly merged?: boolean;
  /** Counts even where nothing else can differ any more (`settled`). */
  readonly always?: boolean;
  /** Gives whoever knows it the account: never sent to an adopted object unless `adoptCredentials` says so. */
  readonly credential?: boolean;
  /** Sent together with these other declared inputs whenever it is sent. */
  readonly sentWith?: readonly string[];
}

/** An input; `T` its type, `Required` and `Readable` whether it must be given and whether it is an output as well. */
export interface InputField<T, Required extends boolean, Readable extends boolean> {
  readonly shape: Shape<T>;
  readonly required: Required;
  readonly readable: Readable;
  readonly traits: InputTraits;
}

export interface OutputTraits {
  readonly wire?: string;
  /** Changes without anybody's doing: never drift, and no reason for a refresh to report a change. */
  readonly volatile?: boolean;
  readonly secret?: boolean;
  /** Answered by the create alone, kept from the state ever after. */
  readonly createOnly?: boolean;
  /** Nothing the vendor knows: set by a lifecycle, kept from the state ever after. */
  readonly local?: boolean;
  /** Takes the value from the vendor's object where it is not simply the field of that name. */
  readonly from?: (object: RemoteObject) => unknown;
}

export interface OutputField<T> {
  readonly traits: OutputTraits;
  /** Only a type; never there. */
  readonly type?: T;
}

const input = <T, Required extends boolean, Readable extends boolean>(
  shape: Shape<T>,
  required: Required,
  readable: Readable,
  traits: InputTraits<T>,
): InputField<T, Required, Readable> => ({
  shape,
  required,
  readable,
  // A comparison of T is only ever called with the declared value of this very field.
  traits: traits as InputTraits,
});

export const required = <T>(shape: Shape<T>, traits: InputTraits<T> = {}) => input(shape, true, true, traits);
export const optional = <T>(shape: Shape<T>, traits: InputTraits<T> = {}) => input(shape, false, true, traits);
/** An optional input that the vendor never answers, so that it is no output either. */
export const writeOnly = <T>(shape: Shape<T>, traits: InputTraits<T> = {}) =>
  input(shape, false, false, { ...traits, writeOnly: true });
/** An optional input for the provider alone. */
export const option = <T>(shape: Shape<T>, traits: InputTraits<T> = {}) =>
  input(shape, false, false, { ...traits, option: true });

export const output = <T>(traits: OutputTraits = {}): OutputField<T> => ({ traits });

export type InputFields = Readonly<Record<string, InputField<unknown, boolean, boolean>>>;
export type OutputFields = Readonly<Record<string, OutputField<unknown>>>;

/** The plain values of a declaration's inputs. */
export type InputValues<I> = {
  readonly [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? K : never]: ValueOf<I[K]>;
} & {
  readonly [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? never : K]?: ValueOf<I[K]>;
};
type ValueOf<F> = F extends InputField<infer T, boolean, boolean> ? T : F extends OutputField<infer T> ? T : never;

/** The plain values of a declaration's outputs: what is declared as one, and every input the vendor answers. */
export type OutputValues<I, O> = {
  readonly [
    K in keyof I as K extends keyof O ? never : I[K] extends InputField<unknown, boolean, true> ? K : never
  ]: I[K] extends InputField<infer T, true, true> ? T : ValueOf<I[K]> | undefined;
} & {
  readonly [K in keyof O]: ValueOf<O[K]>;
};

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** One change that an update has to make. */
export interface Change {
  readonly property: string;
  /** The declared value, or `undefined` when the input was removed from the program. */
  readonly value: unknown;
}

export interface RemoteUpdate<Object, Body> {
  readonly api: Api;
  readonly context: Context;
  readonly id: string;
  /** The changed fields only, in the vendor's spelling. */
  readonly body: Body;
  readonly changes: readonly Change[];
  readonly inputs: Inputs;
  readonly state: State;
  /** To be called after every answer that changed something, so that a later failure loses none of it. */
  readonly done: (object: Object, ...properties: readonly string[]) => void;
}

/** How an object is made, found, changed and ended: the endpoints that serve it. */
export interface Remote<Object, Create, Update> {
  /**
   * What is there before a create. Only for objects of which the vendor allows any number, so that afterwards nobody
   * could tell whose a new one is.
   */
  readonly before?: (api: Api, inputs: Inputs) => Promise<readonly Object[]>;
  /**
   * The object that has the same natural key already.
   * @throws when the declared keys lead to different objects.
   */
  readonly find?: (api: Api, inputs: Inputs) => Promise<Object | undefined>;
  /** The vendor would not refuse a second one, or not without an effect: look before every create. */
  readonly findFirst?: boolean;
  /** The vendor's codes for a create whose natural key is taken. */
  readonly taken?: readonly string[];
  /** Says in a few words which object was found, and in what state: `inactive, roles member`. */
  readonly describe?: (object: Object) => string;
  /** What a message calls the object, where the vendor's answer tells it better than the declared inputs. */
  readonly title?: (object: Object) => string;
  /** What has to happen to an object before it can be brought to the declared inputs by an update. */
  readonly revive?: (existing: Object, inputs: Inputs, body: Create, context: Context) => Promise<Object>;
  create(api: Api, body: Create, inputs: Inputs): Promise<Object>;
  /** Called when the answer to a create was lost. */
  recover(recovery: Recovery<Object>): Promise<Recovered<Object>>;
  /** Where the object is found with others of its kind; without it, each is asked for by itself. */
  readonly list?: SharedList;
  /** The object as it is now, or `undefined` when the vendor says that there is none. */
  get(api: Api, id: string, state: State): Promise<Object | undefined>;
  update(update: RemoteUpdate<Object, Update>): Promise<void>;
  /** Ends the object. `"pending"` when it may go on existing for a while, so that its end is waited for. */
  delete(context: Context, id: string, state: State): Promise<"gone" | "pending">;
}

/** The list of which an object is a part, for reads that many objects share. */
export interface SharedList {
  /** What tells one list from another: the organization's id, say. */
  readonly group: (state: State) => string;
  page(api: Api, state: State, page: { limit: number; order: "asc"; after?: string }): PromiseLike<unknown>;
  /** There is no way to ask for one object alone: the list is walked for a single read too. */
  readonly eager?: boolean;
  /** An object of another kind that each object of the list carries whole, and the group it belongs to. */
  readonly embedded?: (object: RemoteObject) => { readonly group: string; readonly object: RemoteObject } | undefined;
}

/**
 * What came of a create whose answer was lost: the object it made; `"repeat"` where sending it again can make no
 * second one; or the reason why neither is safe, with what to do.
 */
export type Recovered<Object> = Object | "repeat" | { readonly unsure: string };

export interface Recovery<Object> {
  readonly api: Api;
  readonly inputs: Inputs;
  /** What `before` found; empty where a resource looks at nothing. */
  readonly before: readonly Object[];
  /**
   * Of what was found, what the call whose answer was lost can have made: not there before, not made by another create
   * of this program, not older than the call, and saying what the call said.
   */
  readonly ours: (found: readonly Object[]) => Promise<Object[]>;
  /** Whether the vendor itself answered that it failed (500, 503), so that nothing is under way any more. */
  readonly answered: boolean;
}

export interface Resource<
  I extends InputFields = InputFields,
  O extends OutputFields = OutputFields,
  Object = unknown,
  Create = unknown,
  Update = unknown,
> {
  /** Name of the class and last part of the type token. */
  readonly kind: string;
  /** What it is called in a sentence. */
  readonly noun: string;
  /** What tells one object from another: for each natural key the inputs that make it up. */
  readonly keys?: readonly (readonly string[])[];
  readonly inputs: I;
  readonly outputs: O;
  /** Who or what this is, for messages: `ann@example.com`. */
  readonly label: (values: Inputs | State) => string;
  /** What no single input can tell: inputs that exclude or need each other. */
  readonly together?: (inputs: Inputs) => readonly Failure[];
  /** Inputs that must lie in the future when they are new or changed. */
  readonly future?: readonly string[];
  readonly remote: Remote<Object, Create, Update>;
  /** Inputs that are email addresses, which the setting `allowedDomains` restricts. */
  readonly emails?: readonly string[];
  /** Says who gains access by the object having been made, in a few words; nothing where nobody does. */
  readonly gain?: (object: Object) => string | undefined;
  /** Whether an object that was found counts as gone all the same. */
  readonly gone?: (object: Object, state: State, context: Context) => boolean | Promise<boolean>;
  /** The input that says where the secret `value` of a new object goes instead of into the state. */
  readonly delivers?: string;
  /** What to do about an error of the vendor's that does not tell by itself. */
  readonly explain?: (error: unknown) => string | undefined;
  /** A replacement must delete first, because the vendor would refuse two at a time. */
  readonly deleteFirst?: (replaced: readonly string[]) => boolean;
  /** Reshapes what refresh reports as inputs, where one fact can be declared in two ways. */
  readonly project?: (inputs: Record<string, unknown>, state: State) => Record<string, unknown>;
  /** Whether nothing but a replacement can differ any more. */
  readonly settled?: (state: State) => boolean;
}

/** A resource as whoever folds over declarations sees it, all of them alike. */
export type AnyResource = Resource<InputFields, OutputFields, RemoteObject, never, never>;
export type RemoteObject = Readonly<Record<string, unknown>> & { readonly id: string };

/** Declares a resource; the identity function, there so that the types are inferred exactly. */
export function resource<I extends InputFields, O extends OutputFields, Object, Create, Update>(
  declaration: Resource<I, O, Object, Create, Update>,
): Resource<I, O, Object, Create, Update> {
  return declaration;
}
