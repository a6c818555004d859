import { command, type Outcome } from "../command";
import { during } from "../progress";
import { type Check, failed, lineOf, skipped } from "./check";
import { checkConnection } from "./connection";
import { checkEngine, findEngine } from "./engine";
import { checkFlow } from "./full";
import { checkConfig, checkNode, checkProxy, checkAuthorities } from "./machine";
import { checkProgram } from "./program";
import { readStack } from "./stack";

export const doctor = command({
  usage: "[--stack NAME] [--full] [--json]",
  about: `Finds out what keeps a program from running, and from talking to AuthKit. Looks at what the program of this folder
stands on: Node, Pulumi's SDK, the compiler, modules, how packages are installed. Reads the settings that programs read:
in the folder of a Pulumi project those of its stack (workos:apiKey, …), with the pulumi command, and then the environment
(WORKOS_API_KEY, WORKOS_BASE_URL). Says where each came from, and by which command what is wrong is put right.`,
  options: {
    full: { type: "boolean", says: "also create a user, a membership and an API key, and remove them again" },
    "yes-production": { type: "boolean", says: "let --full do that with a key of production" },
    stack: {
      type: "string",
      value: "NAME",
      says: "the stack whose settings count, instead of the one that is selected",
    },
    json: { type: "boolean", says: "the findings as JSON" },
  },
  examples: ["doctor", "doctor --stack production", "doctor --full --json"],
  exits: { done: "nothing failed", failed: "something did" },
  async run(given, io): Promise<Outcome> {
    const checks: Check[] = [];
    const found = (...some: readonly Check[]) => {
      checks.push(...some);
      if (!given.json) for (const check of some) io.out(lineOf(check));
    };

    const engine = await during(io, "looking for the engine", () => findEngine(io));
    found(checkNode(process.version), checkEngine(engine));
    found(...checkProgram(io));
    const authorities = checkAuthorities(io);
    if (authorities !== undefined) found(authorities);
    const stack = await during(io, "asking the engine for the settings of the stack", () =>
      readStack(engine, io, given.stack),
    );
    if (stack.check !== undefined) found(stack.check);
    const { check, settings } = checkConfig(io, stack.get);
    found(check);
    if (settings === undefined) {
      found(skipped("address", "needs the settings"), skipped("credentials", "needs the settings"));
    } else {
      const proxy = checkProxy(io, settings);
      if (proxy !== undefined) found(proxy);
      found(...(await during(io, "asking WorkOS", () => checkConnection(settings, io))));
      if (given.full) {
        if (checks.some(({ status }) => status === "failed")) {
          found(skipped("full", "not before the failures above are gone"));
        } else if (settings.kind === "production" && given["yes-production"] !== true) {
          found(
            failed(
              "full",
              `the key ${settings.keyPrefix}… may be of production, where nothing was touched`,
              "Use a key that starts with sk_test_, or say --yes-production.",
            ),
          );
        } else {
          found(...(await during(io, "making and removing things", () => checkFlow(settings, io.interrupted))));
        }
      }
    }
    const healthy = checks.every(({ status }) => status !== "failed");
    if (given.json) io.out(JSON.stringify({ ok: healthy, checks }, null, 2));
    return healthy ? "done" : "failed";
  },
});
