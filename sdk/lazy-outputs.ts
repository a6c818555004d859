/**
 * Outputs that nobody reads, for next to nothing; and those that a state leaves out, as they are. Pulumi's SDK makes an
 * output for every property of a resource before anybody has asked for one, of 25 promises each; a user has 14
 * properties, of which a program reads one or two. Here a property is an output that is made when it is first looked at,
 * by the SDK itself and with what the engine has answered meanwhile: known or not, secret or not, with its dependencies.
 */
import { isShort, shortRecord } from "../provider/declare/recorded";
import * as pulumi from "./pulumi";

type Values = Readonly<Record<string, unknown>>;
/** What the engine has said of a property: its value, whether that is known, is a secret, on what it depends; or an error. */
type Answer = [value?: unknown, isKnown?: unknown, isSecret?: unknown, dependencies?: unknown, error?: unknown];
type Resolve = (...answer: Answer) => void;
type Resolvers = Record<string, Resolve>;
type Transfer = (onto: object, label: string, props: Values) => Resolvers;

/** The module in which the SDK makes a resource's outputs. It has no other name for that than this one. */
const sdk = pulumi.rpc as { transferProperties?: Transfer };

/** An output that may not be made yet. */
interface Unread {
  /** What the engine has said, where it has. */
  answer?: Answer;
  /** Tells the output, once it is made. */
  resolve?: Resolve;
  made?: object;
  readonly make: () => { readonly made: object; readonly resolve: Resolve };
}

function made(unread: Unread): object {
  if (!unread.made) {
    const { made: output, resolve } = unread.make();
    unread.made = output;
    unread.resolve = resolve;
    if (unread.answer) resolve(...unread.answer);
  }
  return unread.made;
}

/** Whatever is done with one that was not read before is done with the output itself. */
const asOutput: ProxyHandler<Unread> = {
  // To be told for an output is no reading: whoever looks through an object's properties asks each of them that.
  get: (unread, name) => (name === "__pulumiOutput" ? true : (Reflect.get(made(unread), name) as unknown)),
  has: (unread, name) => Reflect.has(made(unread), name),
  getPrototypeOf: (unread) => Reflect.getPrototypeOf(made(unread)),
};

/**
 * From here on the SDK's outputs are made when they are read, for the construction of a resource.
 * @param whole with what a state leaves out.
 * @returns what ends that; to be called whatever happens.
 */
export function lazyOutputs(whole: (values: Values) => Values): () => void {
  const transfer = sdk.transferProperties;
  // Another version of the SDK may have no such function; then its outputs are all there from the start.
  if (typeof transfer !== "function") return () => undefined;
  // As they are where Pulumi is to look for promises that never resolve.
  const atOnce = process.env.PULUMI_DEBUG_PROMISE_LEAKS !== undefined;
  sdk.transferProperties = (onto, label, props) => {
    const properties = onto as Record<string, unknown>;
    const answered: Record<string, unknown> = {};
    const resolvers: Resolvers = { [shortRecord]: (value) => (answered[shortRecord] = value) };
    for (const name of Object.keys(props)) {
      if (name === "id" || name === "urn" || name === shortRecord) continue;
      const unread: Unread = {
        make() {
          const { [name]: kept } = properties;
          // The SDK puts an output only where there is none.
          Reflect.deleteProperty(properties, name);
          const { [name]: resolve = () => undefined } = transfer(onto, label, { [name]: props[name] });
          const output = properties[name] as object;
          properties[name] = kept;
          return { made: output, resolve };
        },
      };
      properties[name] = new Proxy(unread, asOutput);
      if (atOnce) made(unread);
      // The SDK comes with what the engine has answered first, and with what it has not after that.
      resolvers[name] = (value, isKnown, ...rest) => {
        answered[name] = value;
        // Of what is recorded everything is known, and what is not there is none.
        const left = value === undefined && isShort(answered);
        const answer: Answer = left ? [whole(answered)[name], true, ...rest] : [value, isKnown, ...rest];
        if (unread.resolve) unread.resolve(...answer);
        else unread.answer = answer;
      };
    }
    return resolvers;
  };
  return () => {
    sdk.transferProperties = transfer;
  };
}
