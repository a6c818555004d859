/** The stack of a new project and its key, kept by the engine, encrypted. */
import { startProgram } from "../../provider/programs";
import { findEngine } from "../doctor/engine";
import type { Io } from "../io";

/** @returns why it could not be done; nothing where it was. */
export async function setConfig(
  folder: string,
  stack: string,
  settings: { readonly apiKey: string; readonly baseUrl?: string },
  io: Io,
): Promise<string | undefined> {
  const engine = await findEngine(io);
  if (!engine) return "there is no pulumi command on the PATH (https://www.pulumi.com/docs/install/)";
  const pulumi = (args: readonly string[], input = "") =>
    new Promise<string | undefined>((settle) => {
      const child = startProgram(engine.binary, [...args, "--non-interactive", "--color", "never"], {
        cwd: folder,
        env: { ...io.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
        stdio: ["pipe", "ignore", "pipe"],
      });
      let said = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
      child.on("error", (error) => settle(error.message));
      child.on("close", (code) =>
        settle(code === 0 ? undefined : (/^error: (.+)$/m.exec(said)?.[1] ?? "pulumi failed")),
      );
      // It ends without reading where it fails before.
      child.stdin?.on("error", () => undefined).end(input);
    });
  const { apiKey, baseUrl } = settings;
  const where = ["--stack", stack];
  return (
    (await pulumi(["stack", "init", stack])) ??
    (await pulumi(["config", "set", "--secret", "workos:apiKey", ...where], apiKey)) ??
    (baseUrl === undefined ? undefined : await pulumi(["config", "set", "workos:baseUrl", baseUrl, ...where]))
  );
}
