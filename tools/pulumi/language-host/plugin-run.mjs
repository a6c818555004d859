import { ended, startNode } from "./children.mjs";
import { languageMessages } from "./protocol.mjs";
import { locateCommand, runtimeOptions } from "./runtime-options.mjs";

/**
 * Runs a plugin whose source is in Node: a policy pack (kind "analyzer") or a provider.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunPluginRequest} request
 * @param {(message: unknown) => void} send
 * @param {AbortSignal} signal
 */
export async function runPlugin(request, send, signal) {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const isPolicyPack = request.getKind() === "analyzer";
  const { environment, nodeArguments } = runtimeOptions(info);

  // The two entry points take the engine's address and the directory in opposite order. A policy pack runs in its own
  // directory, where its tsconfig.json is looked for, and not in that of the stack that it judges.
  const entry = isPolicyPack
    ? [locateCommand("run-policy-pack", directory), ...request.getArgsList(), directory]
    : [locateCommand("run-plugin", directory), directory, ...request.getArgsList()];
  const child = startNode([...nodeArguments, ...entry], {
    cwd: isPolicyPack ? directory : request.getPwd(),
    env: { ...variables(request.getEnvList()), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });

  child.stdout?.on("data", (chunk) => send(responseWith((message) => message.setStdout(chunk))));
  child.stderr?.on("data", (chunk) => send(responseWith((message) => message.setStderr(chunk))));
  const { code } = await ended(child);
  send(responseWith((message) => message.setExitcode(code ?? 1)));
}

/** @param {(message: import("@pulumi/pulumi/proto/language_pb.js").RunPluginResponse) => void} fill */
function responseWith(fill) {
  const message = new languageMessages.RunPluginResponse();
  fill(message);
  return message;
}

/**
 * @param {string[]} list of NAME=value
 * @returns {NodeJS.ProcessEnv}
 */
function variables(list) {
  return Object.fromEntries(
    list.map((entry) => {
      const cut = entry.indexOf("=", 1);
      return [entry.slice(0, cut), entry.slice(cut + 1)];
    }),
  );
}
