/** What stack traces cost and say while a resource is made: Pulumi takes four for each of its outputs. */
import * as pulumi from "@pulumi/pulumi";
import { shortStacks } from "../../sdk/stack-frames";
import { Organization, User } from "../../sdk";

type Errors = { prepareStackTrace?: ((error: Error, frames: NodeJS.CallSite[]) => unknown) | undefined };
const errors = Error as Errors;

/** Another way to write traces, which counts them, for as long as a test runs. */
function counted() {
  const before = errors.prepareStackTrace;
  const frames: number[] = [];
  errors.prepareStackTrace = (error, stack) => {
    frames.push(stack.length);
    return `${String(error)}\n${stack.map((frame) => `    at x (${frame.getFileName()}:${frame.getLineNumber()}:1)`).join("\n")}`;
  };
  return { frames, end: () => (errors.prepareStackTrace = before) };
}

/** As Pulumi's function of that name does it. */
function debuggablePromise(): string | undefined {
  return new Error("a promise").stack;
}

let restore: () => void = () => undefined;
let traces: ReturnType<typeof counted>;
beforeEach(() => (traces = counted()));
afterEach(() => {
  restore();
  restore = () => undefined;
  traces.end();
  delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
});

describe("a resource of a program", () => {
  beforeAll(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ inputs, name }) => ({ id: `user_${name}`, state: inputs as object }),
      call: () => ({}),
    });
    // The checks that a program is in order read its settings, which are once a run.
    process.env.WORKOS_API_KEY = "sk_test_1";
  });
  afterAll(() => {
    delete process.env.WORKOS_API_KEY;
  });

  it("writes out one stack trace for its place and none for its promises", () => {
    new Organization("first", { name: "First" });
    const { length } = traces.frames;
    new User("ann", { email: "ann@example.com" });
    expect(traces.frames.length - length).toBe(1);
  });

  it("writes out all of them where Pulumi is to look for promises that never resolve", () => {
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
    const { length } = traces.frames;
    new User("ben", { email: "ben@example.com" });
    expect(traces.frames.length - length).toBeGreaterThan(40);
  });

  it("is made with Pulumi's way of writing traces put back, also when it fails", () => {
    const before = errors.prepareStackTrace;
    new User("cleo", { email: "cleo@example.com" });
    expect(errors.prepareStackTrace).toBe(before);
    // @ts-expect-error A name that is none.
    expect(() => new User(undefined, { email: "dan@example.com" })).toThrow("Missing resource name");
    expect(errors.prepareStackTrace).toBe(before);
  });
});

describe("while a resource is made", () => {
  it("an error keeps its trace, read then or later", () => {
    restore = shortStacks("Registered", 1);
    const error = new Error("a reason");
    const other = new Error("another");
    expect(error.stack).toContain("stack-frames.test");
    restore();
    expect(other.stack).toContain("stack-frames.test");
  });

  it("a promise of Pulumi's has none", () => {
    restore = shortStacks("Registered", 1);
    expect(debuggablePromise()).toBe("Error: a promise");
    restore();
    expect(debuggablePromise()).toContain("stack-frames.test");
  });

  it("what a program sets meanwhile stays set", () => {
    restore = shortStacks("Registered", 1);
    const theirs = () => "theirs";
    errors.prepareStackTrace = theirs;
    restore();
    expect(errors.prepareStackTrace).toBe(theirs);
  });

  it("the class in between and the loading of the program are left out of a trace of all frames", () => {
    const limit = Error.stackTraceLimit;
    const trace = () => new Error("somewhere").stack?.split("\n") ?? [];
    class Between {
      readonly trace = trace();
    }
    class Known extends Between {}
    restore = shortStacks("Between", 1);
    Error.stackTraceLimit = Infinity;
    const { trace: all } = new Known();
    Error.stackTraceLimit = limit;
    // `trace`, the field, `Known` and this function, and nothing of `Between`.
    expect(all.filter((line) => line.includes("stack-frames.test"))).toHaveLength(4);
    expect(all.filter((line) => line.includes("node:"))).toEqual([]);
  });

  it("a trace of all frames that is not for a resource of ours is left whole", () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = Infinity;
    const trace = () => new Error("somewhere").stack?.split("\n").length;
    const before = trace();
    restore = shortStacks("Registered", 1);
    const during = trace();
    Error.stackTraceLimit = limit;
    expect(before).toBeGreaterThan(10);
    expect(during).toBe(before);
  });
});
