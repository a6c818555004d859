/**
 * What a resource is: declared once, in its own file of `provider/resources`. Check, diff, request bodies, state, the
 * class that programs import and the reference page are folds over the declaration. Hooks are written as methods, so
 * that a declaration with types of its own is a declaration like any other to whoever folds over all of them.
 */
import type { Api } from "../../api";
import type { Admitted, ChangedAccess, HookContext } from "../context";
import { oneLine } from "../wording";
import type { InputField, InputFields, Inputs, OutputField, OutputFields, RemoteObject, State } from "./fields";

export type { InputField, InputFields, Inputs, OutputField, OutputFields, RemoteObject, State } from "./fields";

type ValueOf<F> = F extends InputField<infer T, boolean, boolean> ? T : F extends OutputField<infer T> ? T : never;

/** The plain values of a declaration's inputs. */
export type InputValues<I> = {
  readonly [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? K : never]: ValueOf<I[K]>;
} & {
  readonly [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? never : K]?: ValueOf<I[K]>;
};

/** The plain values of a declaration's outputs: what is declared as one, and every input the vendor answers. */
export type OutputValues<I, O> = {
  readonly [
    K in keyof I as K extends keyof O ? never : I[K] extends InputField<unknown, boolean, true> ? K : never
  ]: I[K] extends InputField<infer T, true, true> ? T : ValueOf<I[K]> | undefined;
} & {
  readonly [K in keyof O]: ValueOf<O[K]>;
};

/** What the state has: outputs, and of the inputs that the vendor does not answer what was last declared. */
export type Recorded<I, O> = OutputValues<I, O> & {
  readonly [
    K in keyof I as K extends keyof O ? never : I[K] extends InputField<unknown, boolean, false> ? K : never
  ]?: ValueOf<I[K]>;
};

/** What is the same in declared inputs and in a state: the required inputs for sure, and what else there may be. */
export type Known<I, O> = Partial<Recorded<I, O>> & {
  readonly [K in keyof I as I[K] extends InputField<unknown, true, true> ? K : never]: ValueOf<I[K]>;
};

type SnakeCase<S> = S extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Rest>}`
  : "";
type WireName<K, F> =
  F extends InputField<unknown, boolean, boolean, infer Name> ? (Name extends "" ? SnakeCase<K> : Name) : never;
type Sent<F> = F extends InputField<unknown, boolean, boolean, string, infer Value> ? Value : never;
type Cleared<F> = F extends InputField<unknown, boolean, boolean, string, unknown, infer Value> ? Value : never;

/** The body of a create, in the vendor's spelling; what is an option of the provider's is not in it. */
export type CreateBody<I> = {
  [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? WireName<K, I[K]> : never]: Sent<I[K]>;
} & {
  [K in keyof I as I[K] extends InputField<unknown, true, boolean> ? never : WireName<K, I[K]>]?: Sent<I[K]>;
};

/** The body of an update: what has changed, and what is cleared. */
export type UpdateBody<I> = { [K in keyof I as WireName<K, I[K]>]?: Sent<I[K]> | Cleared<I[K]> };

export interface Failure<Property = string> {
  readonly property: Property;
  readonly reason: string;
}

/** One change that an update has to make. */
export interface Change {
  readonly property: string;
  /** The declared value, or `undefined` when the input was removed from the program. */
  readonly value: unknown;
}

/** One call of an update. The engine builds its body, records its answer, and loses none of it when a later one fails. */
export interface UpdateStep<I, O, V> {
  /** The inputs that this call carries. Default: all that no other call carries. */
  readonly fields?: readonly (keyof I & string)[];
  /** Inputs that only mean something together: where one has changed or is removed, all that are declared are sent. */
  readonly whole?: readonly (keyof I & string)[];
  /**
   * Sends it. Called when any of the inputs has something to be sent.
   * @returns the object as it is then; nothing where there was nothing to do.
   * @throws {DoneInPart} where it consists of many calls, and some of them failed.
   * @throws {DoneInDoubt} where it may have been done without an answer that says so, and must not be done again.
   */
  send(call: UpdateCall<I, O>): Promise<V | undefined>;
}

export interface UpdateCall<I, O> {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly body: UpdateBody<I>;
  readonly inputs: Partial<InputValues<I>>;
  readonly state: Recorded<I, O>;
}

/** What a call should do counts as done, although no answer says so; the user is told. */
export class DoneInDoubt extends Error {
  constructor(
    readonly object: RemoteObject,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** A call of an update consists of many, and some of them failed: what is there now is recorded, the rest is for the next run. */
export class DoneInPart extends Error {
  constructor(
    readonly object: RemoteObject,
    message: string,
    /** Why the first that failed did. */
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** A request that the vendor refused: with what it was made, of which a delete has what was recorded. */
export interface Refused<I> {
  readonly api: Api;
  readonly inputs: Partial<InputValues<I>>;
}

/** An object that could not be ended, and that the other half of its replacement takes over as it is. */
export interface Kept<V> {
  readonly kept: V;
}

/** How an object that exists already is found and taken over. */
export interface Existing<I, O, V> {
  /**
   * The object that has the same natural key already.
   * @throws when the declared keys lead to different objects.
   */
  find(api: Api, inputs: InputValues<I>): Promise<V | undefined>;
  /** The vendor would not refuse a second one, or not without an effect: look before every create. */
  readonly lookFirst?: boolean;
  /** There is one in every environment, or there can be: a create takes it over without being asked to. */
  readonly single?: boolean;
  /** It is made elsewhere, so that it is always one that is there: nothing is said of taking it over. */
  readonly given?: boolean;
  /** The vendor's codes for a create whose natural key is taken. */
  readonly taken: readonly string[];
  /** Whether a refusal without a code may be for that: then the object is looked for. */
  mayBeTaken?(error: unknown): boolean;
  /** What was there before it is changed, as outputs of the provider's own (`local`), for putting it back. */
  remember?(existing: V): Partial<OutputValues<I, O>>;
  /** Says in a few words which object was found, and in what state: `inactive, roles member`. */
  describe(object: V): string;
  /** Says that what was found has one of the keys and is not what is meant, where that is so: no advice to take it over. */
  another?(object: V, inputs: InputValues<I>): string | undefined;
  /** What a message calls the object, where the vendor's answer tells it better than the declared inputs. */
  title?(object: V): string;
  /** Says what taking it over has made of somebody's access, in a sentence; nothing where that is as it was. */
  became?(existing: V, state: Recorded<I, O>): string | undefined;
  /** What has to happen to an object before it can be brought to the declared inputs by an update. */
  revive?(existing: V, inputs: InputValues<I>, body: CreateBody<I>, context: HookContext): Promise<V>;
}

/**
 * How to find out what came of a create whose answer was lost. What it can have made (not there before, not made by
 * another create, not older than the call where it says when it was made, and saying what the call said) is taken where it is the only one.
 */
export interface LostAnswer<V> {
  /** What is there that looks like what the call would make. */
  find(api: Api): Promise<readonly V[]>;
  /** What must hold of it besides, for the call to have made it. */
  canBeOurs?(found: V): boolean;
  /**
   * When the create is sent again where nothing was found: `always`, since the vendor would refuse a second one;
   * `answered`, only when the vendor itself said that it failed, so that nothing is under way any more.
   */
  readonly repeat: "always" | "answered";
  /** Ends what was found, since it is of no use without the answer; then the create is sent again. */
  discard?(api: Api, found: V): Promise<unknown>;
  /** What was found is somebody else's: says so, where the vendor would not refuse a second one. */
  others?(found: V): string;
  /** Says that nothing, or more than one, was found that can be ours, and what to do. */
  unsure?(found: readonly V[]): string;
}

/** A change of what people may do, before it is carried out. */
export interface PlannedReach<I, O> {
  /** What is recorded, or what a create would take over; nothing where there is nothing yet. */
  readonly there?: Recorded<I, O>;
  /** What is declared; some of it may be unknown yet, at any depth. */
  readonly inputs: Inputs;
  /** Whether an input is, or may be, another than what is there. */
  changed(this: void, property: keyof I & string): boolean;
}

/** The list of which an object is a part, for reads that many objects share. */
export interface SharedList<I, O, V> {
  /** What tells one list from another: the organization's id, say. */
  group(state: Recorded<I, O>): string;
  page(api: Api, state: Recorded<I, O>, page: WhichPage): PromiseLike<ListPage<V>>;
  /** There is no way to ask for one object alone: the list is walked for a single read too. */
  readonly eager?: boolean;
  /** Asking for one object alone is a list as well: already the first read asks for a page of this one. */
  readonly pageFirst?: boolean;
  /** The list is one of these objects, so that the id of each is a place in it, from which it goes on both ways. */
  readonly byId?: boolean;
  /** An object of another kind that each object of the list carries whole, and the group it belongs to. */
  embedded?(object: V): { readonly kind: string; readonly group: string; readonly object: RemoteObject } | undefined;
}

/** A page: oldest or newest objects first, from the place of an object on. */
export interface WhichPage {
  readonly limit: number;
  readonly order: "asc" | "desc";
  readonly after?: string;
}

export interface ListPage<V> {
  readonly data: readonly V[];
  readonly list_metadata: { readonly after: string | null };
}

export interface Resource<Kind extends string, I extends InputFields, O extends OutputFields, V extends RemoteObject> {
  /** Name of the class and last part of the type token. */
  readonly kind: Kind;
  /** What it is called in a sentence. */
  readonly noun: string;
  /** What tells one object from another: for each natural key the inputs that make it up. */
  readonly keys?: readonly (readonly (keyof I & string)[])[];
  /**
   * What an import is given, with slashes between: names of inputs, and `id` for the vendor's own. Without `id` it is
   * found as what exists already is. Default: the id alone.
   */
  readonly importedBy?: readonly ("id" | (keyof I & string))[];
  /** What an import finds by those names, where `get` finds only what is recorded already. */
  findImported?(api: Api, which: Partial<InputValues<I>>): Promise<V | undefined>;
  /** Why it is not imported, where there is nothing that an import could find, and what to do instead: a sentence. */
  readonly notImported?: string;
  readonly inputs: I;
  readonly outputs: O;
  /** The input that is a person's address, where each object is a person. */
  readonly address?: keyof I & string;
  /** The input that is a role's slug, where each object is a role. */
  readonly role?: keyof I & string;
  /** The input that is a group's name, where each object is a group. */
  readonly group?: keyof I & string;
  /**
   * Where a domain of an organization is declared: the input that names it, or objects with one as their `domain`; and
   * the input with the organization's id, where the object is not the organization itself and these are all it has.
   */
  readonly domains?: { readonly named: keyof I & string; readonly of?: keyof I & string };
  /** The inputs that say whose access to which organization the object is. */
  readonly access?: {
    readonly organization: keyof I & string;
    readonly user?: keyof I & string;
    readonly address?: keyof I & string;
    /** The inputs that name roles. */
    readonly roles?: readonly (keyof I & string)[];
  };
  /** The inputs that name roles, where nothing declared says of which organization. */
  readonly namesRoles?: readonly (keyof I & string)[];
  /** What a write of it may change of who has which rights. Default: nothing. */
  readonly changesAccess?: ChangedAccess;
  /** Who or what this is, for messages: `ann@example.com`. */
  label(values: Known<I, O>): string;
  /** What no single input can tell: inputs that exclude or need each other. */
  together?(inputs: Partial<InputValues<I>>): readonly Failure<keyof I & string>[];
  /**
   * What a plan should show of inputs that are accepted all the same: a probable mistake that only the vendor can tell.
   * @param inputs some of which may be unknown yet, at any depth.
   * @param state empty for what is yet to be created.
   */
  doubts?(inputs: Inputs, state: State): readonly string[];

  create(call: { readonly api: Api; readonly body: CreateBody<I> }): Promise<V>;
  readonly existing?: Existing<I, O, V>;
  /**
   * Whether a create that the vendor does not refuse has found there what it makes. Another resource of the program, such
   * as one of a former name, may have made that; it is not ended with it then.
   */
  wasThere?(made: V): boolean;
  /**
   * Looks at what is there before a create as well: the vendor allows any number, and none tells whose it is.
   * @param there what `lostAnswer` found then.
   * @returns what a reader should know of it once the object is made.
   */
  lookBefore?(there: readonly V[], inputs: InputValues<I>, context: HookContext): string | undefined;
  lostAnswer(inputs: InputValues<I>): LostAnswer<V>;
  /**
   * Who gets access by a create, or by taking over what was found, other than somebody whose address is declared.
   * @returns nothing where nobody does.
   */
  admits?(inputs: InputValues<I>, context: HookContext, found?: V): Admitted | undefined;
  /**
   * Says who gains access by the object having been made, in a few words; nothing where nobody does.
   * @param state what is recorded of it in the end, when what a create cannot do has been done, or has failed.
   */
  gain?(object: V, state: Recorded<I, O>): string | undefined;

  /** Where the object is found with others of its kind; without it, each is asked for by itself. */
  readonly list?: SharedList<I, O, V>;
  /** The object as it is now, or `undefined` when the vendor says that there is none. */
  get(api: Api, id: string, state: Recorded<I, O>): Promise<V | undefined>;
  /** Whether an object that was found counts as gone all the same. */
  gone?(object: V, state: Recorded<I, O>, context: HookContext): boolean | Promise<boolean>;
  /** What is to be said when a refresh no longer finds it; nothing where the plan says enough. */
  missing?(state: Recorded<I, O>): string | undefined;
  /** Reshapes what refresh reports as inputs, where one fact can be declared in two ways. */
  project?(inputs: Partial<InputValues<I>>, state: Recorded<I, O>): Partial<InputValues<I>>;

  /**
   * Lines that a plan should show besides the engine's own of an update, from the record alone: nothing is asked, and
   * nothing in the inputs is unknown.
   */
  foresee?(state: Recorded<I, O>, inputs: Partial<InputValues<I>>): readonly string[];
  /** Lines that a plan should show of whom a change reaches, by asking who that is. */
  foreseeReach?(plan: PlannedReach<I, O>, context: HookContext): Promise<readonly string[]>;
  /** The calls of an update, in order. */
  readonly updates: readonly UpdateStep<I, O, V>[];
  /** Of the inputs that are immutable `"sometimes"`, those whose change replaces the object as it is now. */
  replacedBy?(state: Recorded<I, O>): readonly (keyof I & string)[];
  /** The only inputs that still count once nothing else can differ any more. */
  onlyCounting?(state: Recorded<I, O>): readonly (keyof I & string)[] | undefined;
  /** A replacement must delete first, because the vendor would refuse two at a time. */
  deleteFirst?(replaced: readonly string[]): boolean;
  /** Where the secret of a new object goes instead of into the state. */
  readonly delivers?: {
    /** The input that says where to. */
    readonly input: keyof I & string;
    /** The output that is then not there. */
    readonly output: keyof O & string;
    /** What a message calls what was made: `API key`. */
    readonly noun: string;
  };

  /**
   * Ends the object. `"pending"` when it may go on existing for a while, so that its end is waited for; what is kept is
   * handed to the create that replaces it.
   */
  delete(context: HookContext, id: string, state: Recorded<I, O>): Promise<"gone" | "pending" | Kept<V>>;
  /** What to do about an error of the vendor's that does not tell by itself; may ask who is in the way. */
  explain?(error: unknown, call: Refused<I>): string | undefined | Promise<string | undefined>;
}

/** A resource as whoever folds over declarations sees it, all of them alike. */
export type AnyResource = Resource<string, InputFields, OutputFields, RemoteObject>;

/** For declaring a resource over the vendor's objects `V`, with types inferred exactly; names are made fit to be shown. */
export const resourceOf =
  <V extends RemoteObject>() =>
  <const Kind extends string, I extends InputFields, O extends OutputFields>(
    declaration: Resource<Kind, I, O, V>,
  ): Resource<Kind, I, O, V> => ({
    ...declaration,
    label: (values) => oneLine(declaration.label(values)),
  });
