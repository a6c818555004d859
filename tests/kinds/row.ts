import { type z } from "zod";
import { type Ids, type Values } from "./generators";
import { type Inputs, type State } from "../../provider/declare/resource";
import { type SentRequest } from "../support/wire-log";
import { type World } from "../support/world";

/** What a test may refer to: the object's id, and the inputs with what they stand on. */
export interface Subject {
  readonly world: World;
  readonly id: string;
  readonly inputs: Inputs;
  readonly state: State;
}

/** A value, or how to come by it where it must be made first. */
export type Value = Fixed | ((world: World) => Promise<string>);
type Fixed =
  | string
  | number
  | boolean
  | readonly (string | Readonly<Record<string, unknown>>)[]
  | Readonly<Record<string, unknown>>;

export interface Drift {
  readonly given?: Inputs;
  readonly behind: (subject: Subject) => Promise<unknown>;
  /** The inputs, or how to tell them once it has happened. */
  readonly reported: Inputs | ((subject: Subject) => Inputs);
}

export type Given = Inputs | ((world: World, inputs: Inputs) => Promise<Inputs>);

/** What a change of one input must do. `{id}` in a path stands for the object's id. */
export type FieldRow = {
  /** Inputs that are different from the row's while this one is tried, or how to come by them. */
  readonly given?: Given;
  /** Another value. */
  readonly to: Value;
} & (
  | {
      /** The change replaces the object, and whether the old one goes first. */
      readonly replaces: "create first" | "delete first";
    }
  | {
      /** The exact requests of the change, told by the other value where that is made first; none for what the next occasion takes up. */
      readonly sends:
        readonly SentRequest[] | ((change: { readonly to: unknown; readonly state: State }) => readonly SentRequest[]);
      /**
       * What its removal from the program sends. Nothing sent means that it is no longer managed; absent where it is
       * required.
       */
      readonly removal?: readonly SentRequest[];
      /** Inputs that go together with it. */
      readonly together?: readonly string[];
      /** For what the vendor answers: somebody else changes it, and what refresh has to report then. */
      readonly drift?: Drift;
    }
);

/** One kind of resource: everything that the tables over all kinds need. */
export interface Row {
  /** Makes what the object stands on; answers inputs that set as many properties as can be set together. */
  inputs(world: World): Promise<Inputs>;
  /** Every input of the declaration. */
  readonly fields: Readonly<Record<string, FieldRow>>;
  /** Moves nothing but volatile outputs. */
  touch(subject: Subject): Promise<unknown>;
  /** Somebody else ends the object. */
  end(subject: Subject): Promise<unknown>;
  /** Nobody can end it, in the dashboard either. */
  readonly lasts?: true;
  /** The vendor has no operation that reads it: it is taken for there as recorded. */
  readonly unread?: true;
  /** The delete's requests; none where the vendor has no operation for it, and the object stays. */
  readonly deletes: readonly SentRequest[];
  /** The vendor has no operation that deletes it: whatever a delete sends, the object is still there. */
  readonly stays?: true;
  /** Of what stays, how many are counted after a delete that puts back what was there. Default: 1. */
  readonly left?: number;
  /** It has no object of its own at the vendor: once it is removed, a read still finds what it was about. */
  readonly isList?: true;
  /** How many objects of this kind the vendor has. */
  count(world: World): number;
  /** Optional inputs without which there can be none all the same, since one of several ways to say it is needed. */
  readonly needs?: readonly string[];
  /** As few inputs as there can be, with nothing wrong. */
  readonly accepted: Inputs;
  /** Makes what random objects stand on besides. */
  readonly stand?: (world: World, ids: Ids) => Promise<void>;
  /** Random values of inputs; those that stand on other objects take one of these ids. */
  random(ids: Ids): Values;
  /** What the requests of the create and of each step of an update take. */
  readonly bodies: { readonly create: z.ZodObject; readonly updates: readonly z.ZodObject[] };
  /** For what can be adopted: makes one that is there already, and answers the inputs that mean it. */
  readonly present?: (world: World) => Promise<{ readonly id: string; readonly inputs: Inputs }>;
  /** Resources that give every input a value; text such as `User0.id` is the output of another kind's. */
  readonly everything: readonly Inputs[];
}
