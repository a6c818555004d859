/** The fields of a declaration, with the traits that the vendor's API calls for. */
import { flag, oneOf, type Shape } from "./shapes";

/** What is kept for an object between runs: the vendor's values by their Pulumi names. */
export type State = Readonly<Record<string, unknown>>;
export type Inputs = Readonly<Record<string, unknown>>;
/** The vendor's object, in the vendor's spelling. */
export type RemoteObject = Readonly<Record<string, unknown>> & { readonly id: string };

/** How a value is written on the wire, where that is not simply the property's name in snake_case and the value itself. */
export interface WireForm<T, Name extends string, Sent> {
  readonly name: Name;
  encode(value: T): Sent;
  /** The form in which a program would declare what the state has. */
  declare(actual: unknown): T;
}

export interface InputTraits<T = unknown, V = RemoteObject> {
  /** A change replaces the object: always, or where the resource's `replacedBy` names it. */
  readonly immutable?: true | "sometimes";
  /** A change says nothing about what is there; it only takes effect at the next occasion. */
  readonly inert?: boolean;
  /** Never shown: encrypted in state, `[secret]` in every output. */
  readonly secret?: boolean;
  /** Gives whoever knows it the account: never sent to an adopted object unless `adoptCredentials` says so. */
  readonly credential?: boolean;
  /** A moment that must lie in the future when it is new or changed. */
  readonly future?: boolean;
  /** The vendor's create does not take it: it is set by an update right after. */
  readonly afterCreate?: boolean;
  /** A map into which the vendor merges what is sent: keys that have to go are sent as `null`. */
  readonly merged?: boolean;
  /** What is sent when it is removed from the program; without it, removing it only ends its management. */
  readonly clear?: null | "" | never[];
  readonly wire?: WireForm<T, string, unknown>;
  /** When the declared and the actual value say the same; deep equality unless given. */
  same?(declared: T, actual: unknown, state: State): boolean;
  /** Takes the value from the vendor's object where it is not simply the field of that name. */
  from?(object: V): unknown;
}

/**
 * An input; `T` its type, `Required` and `Readable` whether it must be given and whether it is an output as well. The
 * rest is how it is sent: by which name (`""` for its own), as what, and what clears it.
 */
export interface InputField<
  T,
  Required extends boolean,
  Readable extends boolean,
  Name extends string = string,
  Sent = unknown,
  Cleared = unknown,
> {
  readonly shape: Shape<T>;
  readonly required: Required;
  readonly readable: Readable;
  /** Read by the provider and never sent by itself. */
  readonly option: boolean;
  readonly traits: InputTraits;
  /** Only types; never there. */
  readonly types?: { readonly name: Name; readonly sent: Sent; readonly cleared: Cleared };
}

export interface OutputTraits<V = RemoteObject> {
  /** Changes without anybody's doing: never drift, and no reason for a refresh to report a change. */
  readonly volatile?: boolean;
  readonly secret?: boolean;
  /** Answered by the create alone, kept from the state ever after. */
  readonly createOnly?: boolean;
  /** Nothing the vendor knows: set by a lifecycle, kept from the state ever after. */
  readonly local?: boolean;
  /** What it mostly is, as the other outputs tell: the state has it only where it is something else. */
  otherwise?(values: State): unknown;
  /** Takes the value from the vendor's object where it is not simply the field of that name. */
  from?(object: V): unknown;
}

export interface OutputField<T> {
  readonly traits: OutputTraits;
  /** Only a type; never there. */
  readonly type?: T;
}

export type InputFields = Readonly<Record<string, InputField<unknown, boolean, boolean>>>;
export type OutputFields = Readonly<Record<string, OutputField<unknown>>>;

type Clear = null | "" | never[];
type TraitsOf<T, V, Name extends string, Sent, Cleared extends Clear> = Omit<InputTraits<T, V>, "wire" | "clear"> & {
  readonly wire?: WireForm<T, Name, Sent>;
  readonly clear?: Cleared;
};

/** The fields of a declaration over the vendor's objects `V`, whose traits see those. */
export function fieldsOf<V extends RemoteObject>() {
  const field =
    <Required extends boolean, Readable extends boolean>(required: Required, readable: Readable, option = false) =>
    <T, Name extends string = "", Sent = T, Cleared extends Clear = never>(
      shape: Shape<T>,
      traits: TraitsOf<T, V, Name, Sent, Cleared> = {},
    ): InputField<T, Required, Readable, Name, Sent, Cleared> => ({ shape, required, readable, option, traits });
  return {
    required: field(true, true),
    optional: field(false, true),
    /** An optional input that the vendor never answers, so that it is no output either: the state keeps what was sent. */
    writeOnly: field(false, false),
    /** The same, where it must be given. */
    requiredWriteOnly: field(true, false),
    /** An optional input for the provider alone. */
    option: field(false, false, true),
    output: <T>(traits: OutputTraits<V> = {}): OutputField<T> => ({ traits }),
  };
}

const { option, output } = fieldsOf();

/*
 * What resources share that can take over what exists already. Each resource documents these inputs itself: only what
 * stands in its own declaration is shown when a program's author hovers over it.
 */
export const adopt = option(oneOf(["never", "if-exists", "require"]));
export const adoptCredentials = option(flag());
export const onDestroy = option(oneOf(["delete", "retain"]));
export const forceDestroy = option(flag());
export const adopted = output<boolean>({ local: true, otherwise: () => false });

/** Whether the object stays when its resource goes: adopted ones do, unless the program says otherwise. */
export function isRetained({ onDestroy: policy, adopted: found }: State): boolean {
  return (policy ?? (found === true ? "retain" : "delete")) === "retain";
}
