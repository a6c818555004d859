/**
 * What a resource costs a program, less what nobody reads.
 *
 * Pulumi's SDK takes a stack trace for every promise that it makes, four for each output of a resource, and formats it at
 * once with source maps: for a user and a membership 120 of them, of which the whole program takes two thirds of its time
 * (measured with 2,001 resources: 26 s of a preview, 13 s without). They are for Pulumi's own search for promises that
 * never resolve, `PULUMI_DEBUG_PROMISE_LEAKS`, with which they are taken as ever.
 *
 * One more trace is for the state, as the place where the resource is declared. Pulumi's engine keeps that, does nothing
 * with it, and writes it at every step: a tenth of the state of a member. It is kept where
 * `PULUMI_WORKOS_SOURCE_POSITIONS` is set, without what Pulumi would put there: it expects one class between its own and
 * the program, and here are more; and below the program's own lines stand ten to fifteen of Node's and Pulumi's loading
 * of it, the same for every resource.
 */

type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** Its type declarations say that there always is one. */
const errors = Error as { prepareStackTrace?: Format | undefined };

/** In a path or, of an ES module, in a URL. */
const loaders = /[\\/]node_modules[\\/](@pulumi[\\/]pulumi|ts-node)[\\/]/;

/**
 * From here on stack traces are of what matters, for the construction of a resource. Errors keep theirs.
 * @param between name of the class right above Pulumi's.
 * @param classes how many there are between Pulumi's and the one that programs know.
 * @returns what ends that; to be called whatever happens.
 */
export function shortStacks(between: string, classes: number): () => void {
  const before = errors.prepareStackTrace;
  const write = before ?? plainly;
  const { PULUMI_DEBUG_PROMISE_LEAKS: leaks, PULUMI_WORKOS_SOURCE_POSITIONS: positions = "" } = process.env;
  const short: Format = (error, frames) => {
    // Pulumi asks for all frames only where it looks for the place of a resource. A bundler may have renamed the class.
    const at = Error.stackTraceLimit === Infinity ? placeOf(frames, between) : -1;
    if (at >= 0) return positions === "" ? String(error) : write(error, declaring(frames, at, classes));
    const ofPromise = leaks === undefined && frames[0]?.getFunctionName() === "debuggablePromise";
    return ofPromise ? String(error) : write(error, frames);
  };
  errors.prepareStackTrace = short;
  return () => {
    // Unless a transformation of the program has set another one.
    if (errors.prepareStackTrace === short) errors.prepareStackTrace = before;
  };
}

/** Its type leaves out that a frame writes itself. */
type Frame = NodeJS.CallSite & { toString(): string };

/** As Node writes it. */
const plainly: Format = (error, frames) =>
  [String(error), ...frames.map((frame) => `    at ${(frame as Frame).toString()}`)].join("\n");

const placeOf = (frames: readonly NodeJS.CallSite[], between: string): number =>
  frames.findIndex((frame) => frame.isConstructor() && frame.getFunctionName() === between);

/** The frames of the constructors, without the classes in between, and those of the program. */
const declaring = (frames: NodeJS.CallSite[], at: number, classes: number): NodeJS.CallSite[] => [
  ...frames.slice(0, at),
  ...frames.slice(at + classes).filter((frame) => !isLoading(frame)),
];

function isLoading(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName() ?? "node:";
  return file.startsWith("node:") || loaders.test(file);
}
