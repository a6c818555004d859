import { resolve } from "node:path";
import { command, UsageError, wholeNumber, type Outcome } from "./command";

export const emulator = command({
  usage: "[OPTIONS]",
  about: "Runs a local AuthKit, and prints what programs have to be told to use it.",
  options: {
    port: { type: "string", value: "NUMBER", says: "default 4747; 0 for any free one" },
    data: {
      type: "string",
      value: "FILE",
      says: "keep everything in this file; without it nothing is left at the end",
    },
    seed: { type: "string", value: "FILE", says: "what is there at the start (YAML)" },
    latency: { type: "string", value: "MS", says: "every request takes at least so long" },
    "async-deletes": {
      type: "string",
      value: "MS",
      says: "deletes of users and organizations are answered 202 and happen so much later",
    },
    "rate-limit": { type: "boolean", says: "the vendor's limits" },
    "rate-limit-per-10s": { type: "string", value: "NUMBER", says: "a limit for all requests together" },
  },
  examples: [
    "emulator",
    "emulator --port 0 --seed seed.yaml",
    "emulator --data authkit.data --async-deletes 2000 --rate-limit",
  ],
  exits: { done: "ended by Ctrl-C", failed: "could not start" },
  async run(given, io): Promise<Outcome> {
    const port = wholeNumber("port", given.port) ?? 4747;
    if (port > 65_535) throw new UsageError("--port must be at most 65535.");
    const delayMs = wholeNumber("async-deletes", given["async-deletes"]);
    const perTenSeconds = wholeNumber("rate-limit-per-10s", given["rate-limit-per-10s"], 1);
    const { startEmulator, vendorRateLimits, readSeedFile } = loadEmulator();
    const seed = given.seed === undefined ? undefined : readSeedFile(resolve(io.directory, given.seed));
    const limited = given["rate-limit"] === true || perTenSeconds !== undefined;
    const running = await startEmulator({
      port,
      dataFile: given.data === undefined ? undefined : resolve(io.directory, given.data),
      seed,
      latencyMs: wholeNumber("latency", given.latency),
      asyncDeletes: delayMs === undefined ? false : { delayMs },
      rateLimits: limited
        ? {
            ...vendorRateLimits,
            ...(perTenSeconds === undefined ? {} : { all: { limit: perTenSeconds, windowMs: 10_000 } }),
          }
        : false,
    }).catch((error: unknown) => {
      throw explained(error, port, given.data);
    });
    io.out(`The local AuthKit listens on ${running.url}

export WORKOS_BASE_URL=${running.url}
export WORKOS_API_KEY=${running.apiKey}
export WORKOS_CLIENT_ID=${running.clientId}

Dashboard, mailbox and requests: ${running.url}
Ctrl-C ends it.`);
    await new Promise<void>((done) => {
      if (io.interrupted.aborted) done();
      else io.interrupted.addEventListener("abort", () => done(), { once: true });
    });
    await running.close();
    return "done";
  },
});

/** The packages that only the emulator uses are not installed with the provider. */
function loadEmulator(): typeof import("../emulator") & typeof import("./seed-file") {
  try {
    /* eslint-disable @typescript-eslint/no-require-imports -- not before somebody asks for it */
    return {
      ...(require("../emulator") as typeof import("../emulator")),
      ...(require("./seed-file") as typeof import("./seed-file")),
    };
    /* eslint-enable @typescript-eslint/no-require-imports */
  } catch (error) {
    const missing = /Cannot find (?:module|package) '([^'./][^']*)'/.exec(error instanceof Error ? error.message : "");
    if (missing === null) throw error;
    throw new Error(
      `The package ${missing[1] ?? ""} is not installed. The emulator needs: ` +
        "npm install --save-dev hono @hono/node-server jose otpauth qrcode-generator hash-wasm yaml",
      { cause: error },
    );
  }
}

function explained(error: unknown, port: number, dataFile: string | undefined): unknown {
  if (typeof error !== "object" || error === null || !("code" in error)) return error;
  const { code } = error;
  // The data file is opened first, and has mistakes of the same names: only those of `listen` are about the port.
  if (!("syscall" in error && error.syscall === "listen")) {
    const path = "path" in error && typeof error.path === "string" ? error.path : dataFile;
    const reason = fileReasons[String(code)];
    return reason === undefined || path === undefined ? error : new Error(`${path} ${reason}`, { cause: error });
  }
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} is in use. Choose another with --port, or 0 for any free one.`);
  if (code === "EACCES") return new Error(`Port ${port} may not be used by this user. Choose one above 1023.`);
  return error;
}

/** Said of the file or folder that the mistake is about. */
const fileReasons: Readonly<Record<string, string>> = {
  EACCES: "may not be read or written by this user. Choose another place with --data.",
  EPERM: "may not be read or written by this user. Choose another place with --data.",
  EROFS: "is on a file system that is read-only. Choose another place with --data.",
  ENOSPC: "cannot be written: there is no room left.",
  EISDIR: "is a folder. Name a file with --data.",
  EEXIST: "is a file, where a folder is needed.",
  ENOTDIR: "cannot be made: a part of its path is no folder.",
  ENAMETOOLONG: "has a name that is too long.",
  ELOOP: "is a link that leads to itself.",
};
