/**
 * What a resource costs a program, less what nobody reads.
 *
 * Pulumi's SDK takes a stack trace for every promise that it makes, four for each output of a resource, and formats it at
 * once with source maps: for a user and a membership 120 of them, of which the whole program takes two thirds of its time
 * (measured with 2,001 resources: 26 s of a preview, 13 s without). They are for Pulumi's own search for promises that
 * never resolve, `PULUMI_DEBUG_PROMISE_LEAKS`, with which they are taken as ever.
 *
 * One more trace goes into the state, as the place where the resource is declared. Pulumi expects one class between its
 * own and the program; here are more, so that without help the place is in this package. And below the program's own
 * lines stand ten to fifteen of Node's and Pulumi's loading of it, the same for every resource, which are a fifth to a
 * quarter of the state.
 */

type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** Its type declarations say that there always is one. */
const errors = Error as { prepareStackTrace?: Format | undefined };

/** In a path or, of an ES module, in a URL. */
const pulumis = /[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;

/**
 * From here on stack traces are of what matters, for the construction of a resource. Errors keep theirs.
 * @param between name of the class right above Pulumi's.
 * @param classes how many there are between Pulumi's and the one that programs know.
 * @returns what ends that; to be called whatever happens.
 */
export function shortStacks(between: string, classes: number): () => void {
  const before = errors.prepareStackTrace;
  if (!before || process.env.PULUMI_DEBUG_PROMISE_LEAKS !== undefined) return () => undefined;
  const short: Format = (error, frames) => {
    if (frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
    // Pulumi asks for all frames only where it looks for the place of a resource.
    return before(error, Error.stackTraceLimit === Infinity ? declaring(frames, between, classes) : frames);
  };
  errors.prepareStackTrace = short;
  return () => {
    // Unless a transformation of the program has set another one.
    if (errors.prepareStackTrace === short) errors.prepareStackTrace = before;
  };
}

/** The frames of the constructors, without the classes in between, and those of the program. */
function declaring(frames: NodeJS.CallSite[], between: string, classes: number): NodeJS.CallSite[] {
  const at = frames.findIndex((frame) => frame.isConstructor() && frame.getFunctionName() === between);
  // A bundler may have renamed the class.
  if (at < 0) return frames;
  return [...frames.slice(0, at), ...frames.slice(at + classes).filter((frame) => !isLoading(frame))];
}

function isLoading(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName() ?? "node:";
  return file.startsWith("node:") || pulumis.test(file);
}
