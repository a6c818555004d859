import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";

import { generatorBinary } from "../../lib/language-hosts.mjs";
import { languageMessages } from "./protocol.mjs";

/**
 * Writes the SDK of a package, by Pulumi's own generator, which is a program of its own.
 * @param {"python" | "go" | "dotnet"} language
 * @returns {(request: import("@pulumi/pulumi/proto/language_pb.js").GeneratePackageRequest, signal: AbortSignal) => Promise<unknown>}
 */
export function generatePackage(language) {
  return async (request, signal) => {
    const binary = generatorBinary(process.env);
    if (!existsSync(binary)) throw new Error(`${binary} is not there; run \`npm run sdk:generate\`, which builds it.`);
    const child = spawn(binary, [language, request.getDirectory()], { stdio: ["pipe", "inherit", "pipe"], signal });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    child.stdin.end(request.getSchema());
    await new Promise((settle, fail) => {
      child.once("error", fail);
      child.once("close", (code) =>
        code === 0 ? settle(undefined) : fail(new Error(said.trim() || `the generator ended with code ${code}`)),
      );
    });
    return new languageMessages.GeneratePackageResponse();
  };
}
