import { existsSync } from "node:fs";
import { win32 } from "node:path";
import process from "node:process";

/**
 * How npm is started. On Windows `npm` is a script that Node refuses to start without a shell, so there Node runs what that
 * script runs. Scripts of npm's are told where that is; others find it beside Node.
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, node?: string, exists?: (path: string) => boolean }} [surroundings]
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(
  args,
  { env = process.env, platform = process.platform, node = process.execPath, exists = existsSync } = {},
) {
  if (platform !== "win32") return ["npm", [...args]];
  const told = env.npm_execpath ?? "";
  const beside = win32.join(win32.dirname(node), "node_modules", "npm", "bin", "npm-cli.js");
  const script = [/[\\/]npm-cli\.js$/.test(told) ? told : "", beside].find((path) => path !== "" && exists(path));
  return script === undefined ? ["npm.cmd", [...args]] : [node, [script, ...args]];
}
