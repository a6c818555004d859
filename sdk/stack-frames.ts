/**
 * What a resource costs a program, less what nobody reads.
 *
 * Pulumi's SDK takes a stack trace for every promise that it makes, four for each output of a resource, and formats it at
 * once with source maps: for a user and a membership 120 of them, of which the whole program takes two thirds of its time
 * (measured with 2,001 resources: 26 s of a preview, 13 s without). They are for Pulumi's own search for promises that
 * never resolve, `PULUMI_DEBUG_PROMISE_LEAKS`, with which they are taken as ever.
 *
 * One more trace goes into the state, as the place where the resource is declared. Pulumi expects one class between its
 * own and the program; here are two, so that without help the place is in this package. And below the program's own
 * lines stand ten to fifteen of Node's and Pulumi's loading of it, the same for every resource, which are a fifth to a
 * quarter of the state.
 */
import { sep } from "node:path";

type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** Its type declarations say that there always is one. */
const errors = Error as { prepareStackTrace?: Format | undefined };

const ours = __dirname + sep;
/** In a path or, of an ES module, in a URL. */
const pulumis = /[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;

/**
 * Runs the construction of a resource with stack traces of what matters. Errors keep theirs.
 * @returns what ends that; to be called whatever happens.
 */
export function shortStacks(): () => void {
  const before = errors.prepareStackTrace;
  const format = before ?? (process.sourceMapsEnabled ? undefined : plain);
  // Node's own source maps cannot be called from here.
  if (!format || process.env.PULUMI_DEBUG_PROMISE_LEAKS !== undefined) return () => undefined;
  errors.prepareStackTrace = (error, frames) => formatted(error, frames, format);
  return () => {
    errors.prepareStackTrace = before;
  };
}

function formatted(error: Error, frames: NodeJS.CallSite[], format: Format): unknown {
  if (frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
  // Pulumi asks for all frames only where it looks for the place of a resource.
  return format(error, Error.stackTraceLimit === Infinity ? declaring(frames) : frames);
}

/** The frames of the constructors, one of them ours, and those of the program. */
function declaring(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const first = frames.findIndex(isOurs);
  if (first < 0) return frames;
  const program = frames.slice(first).filter((frame) => !isOurs(frame) && !isLoading(frame));
  return [...frames.slice(0, first + 1), ...program];
}

const isOurs = (frame: NodeJS.CallSite) => frame.getFileName()?.startsWith(ours) ?? false;

function isLoading(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName() ?? "node:";
  return file.startsWith("node:") || pulumis.test(file);
}

/** As V8 does it: a frame's text is the one thing about it that its type does not tell. */
const plain: Format = (error, frames: readonly { toString(): string }[]) =>
  [String(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join("\n");
