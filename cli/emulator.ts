import { statSync } from "node:fs";
import { resolve } from "node:path";
import { command, UsageError, wholeNumber, type Outcome } from "./command";
import type { Io } from "./io";
import { during } from "./progress";

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
    "application-name": {
      type: "string",
      value: "NAME",
      says: "what the hosted pages call your application; by default where it is sent back to",
    },
    "no-test-people": { type: "boolean", says: "the hosted pages offer nobody to sign in as with one click" },
    "api-key": { type: "string", value: "KEY", says: "the key that it accepts; default sk_test_local" },
    "client-id": { type: "string", value: "ID", says: "the id of your application; default client_local" },
    host: {
      type: "string",
      value: "ADDRESS",
      says: "where it listens; default 127.0.0.1. It asks nobody for a password: 0.0.0.0 in containers only",
    },
    "allow-host": {
      type: "string",
      value: "NAME",
      says: "answer under this name too, such as that of a container; several with commas between",
    },
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
    "emulator --host 0.0.0.0 --allow-host authkit",
  ],
  after: whileItRuns(),
  exits: { done: "ended by Ctrl-C", failed: "could not start" },
  async run(given, io): Promise<Outcome> {
    const port = wholeNumber("port", given.port) ?? 4747;
    if (port > 65_535) throw new UsageError("--port must be at most 65535.");
    const delayMs = wholeNumber("async-deletes", given["async-deletes"]);
    const perTenSeconds = wholeNumber("rate-limit-per-10s", given["rate-limit-per-10s"], 1);
    const { startEmulator, vendorRateLimits } = loadEmulator();
    const [seedFile, dataFile] = [given.seed, given.data].map((file) => file && resolve(io.directory, file));
    const seed = seedFile
      ? await during(io, `reading ${given.seed}`, () => loadSeedFile().readSeedFile(seedFile), isLong(seedFile, 1))
      : undefined;
    const limited = given["rate-limit"] === true || perTenSeconds !== undefined;
    const start = () =>
      startEmulator({
        port,
        host: given.host,
        allowedHosts: given["allow-host"]?.split(",").map((name) => name.trim()),
        apiKeys: given["api-key"] === undefined ? undefined : [filled("api-key", given["api-key"])],
        clientId: given["client-id"] === undefined ? undefined : filled("client-id", given["client-id"]),
        dataFile,
        seed,
        applicationName: given["application-name"],
        testPeople: given["no-test-people"] !== true,
        latencyMs: wholeNumber("latency", given.latency),
        asyncDeletes: delayMs === undefined ? false : { delayMs },
        rateLimits: limited
          ? {
              ...vendorRateLimits,
              ...(perTenSeconds === undefined ? {} : { all: { limit: perTenSeconds, windowMs: 10_000 } }),
            }
          : false,
      });
    const what = seed === undefined ? "starting with what the data file has" : "putting in what the seed has";
    const blocks = isLong(seedFile, 1) || isLong(dataFile, 10);
    const running = await during(io, what, start, blocks).catch((error: unknown) => {
      throw explained(error, port, given);
    });
    io.out(`Dashboard: ${running.url}/

${settingLine(io, "WORKOS_BASE_URL", running.url)}
${settingLine(io, "WORKOS_API_KEY", running.apiKey)}
${settingLine(io, "WORKOS_CLIENT_ID", running.clientId)}

Ctrl-C ends it.`);
    await new Promise<void>((done) => {
      if (io.interrupted.aborted) done();
      else io.interrupted.addEventListener("abort", () => done(), { once: true });
    });
    await running.close();
    return "done";
  },
});

/** Whether a file has more than so many megabytes, which take more than a second or two to read. */
function isLong(file: string | undefined, megabytes: number): boolean {
  try {
    return file !== undefined && statSync(file).size > megabytes * 1_000_000;
  } catch {
    // Whoever opens it says what is wrong with it.
    return false;
  }
}

/** For the shell that this is typed in: on Windows PowerShell, unless it is that of Git. */
const settingLine = ({ env }: Io, name: string, value: string): string =>
  env.OS === "Windows_NT" && env.MSYSTEM === undefined ? `$env:${name} = "${value}"` : `export ${name}=${value}`;

/** For the help: what one wants next. */
function whileItRuns(): string {
  const control = "http://127.0.0.1:4747/_emulator";
  const rows = [
    ["see what it holds, and its mails", "the address that it prints, in a browser"],
    ["read the mails in a test", `curl ${control}/mailbox`],
    ["see what it was asked", `curl ${control}/requests`],
    ["let the next request fail", `curl -X POST ${control}/faults -d '{ "status": 503 }'`],
    ["let a day pass", `curl -X POST ${control}/clock -d '{ "advanceMs": 86400000 }'`],
    ["begin anew", `curl -X POST ${control}/reset`],
  ] as const;
  const width = Math.max(...rows.map(([what]) => what.length));
  return ["While it runs:", ...rows.map(([what, how]) => `  ${what.padEnd(width)}   ${how}`)].join("\n");
}

function filled(name: string, value: string): string {
  if (value.trim() === "") throw new UsageError(`--${name} must not be empty.`);
  return value;
}

/* eslint-disable @typescript-eslint/no-require-imports -- not before somebody asks for it */
const loadEmulator = () => require("../emulator") as typeof import("../emulator");
const loadSeedFile = () => require("./seed-file") as typeof import("./seed-file");
/* eslint-enable @typescript-eslint/no-require-imports */

interface Places {
  readonly data?: string;
  readonly host?: string;
}

function explained(error: unknown, port: number, { data: dataFile, host }: Places): unknown {
  if (typeof error !== "object" || error === null || !("code" in error)) return error;
  const { code } = error;
  if (host !== undefined && ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"].includes(String(code)))
    return new Error(`${host} is no address of this machine. Leave --host out, or use 0.0.0.0 in a container.`);
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
