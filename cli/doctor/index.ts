import { readArguments } from "../arguments";
import { type Io } from "../io";
import { type Check, failed, lineOf, skipped } from "./check";
import { checkConnection } from "./connection";
import { checkEngine, findEngine } from "./engine";
import { checkFlow } from "./full";
import { checkConfig, checkNode, checkProxy } from "./machine";
import { readStack } from "./stack";

const help = `pulumi-workos doctor: find out what keeps a program from talking to AuthKit

  --full             also create a user, a membership and an API key, and remove them again
  --yes-production   let --full do that with a key of production
  --stack NAME       the stack whose settings count, instead of the one that is selected
  --json             the findings as JSON

Reads what programs read: in the folder of a Pulumi project the settings of its stack (workos:apiKey, …), with the
pulumi command, and then the environment (WORKOS_API_KEY, WORKOS_BASE_URL). Says where each came from. Exit codes: 0 nothing failed, 1 something did, 2 wrong command line.
`;

export async function runDoctor(args: string[], io: Io): Promise<number> {
  const given = readArguments(args, {
    full: { type: "boolean" },
    "yes-production": { type: "boolean" },
    stack: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (given.help) {
    io.out(help);
    return 0;
  }
  const checks: Check[] = [];
  const found = (...some: readonly Check[]) => {
    checks.push(...some);
    if (!given.json) for (const check of some) io.out(lineOf(check));
  };

  const engine = await findEngine(io);
  found(checkNode(process.version), checkEngine(engine));
  const stack = await readStack(engine, io, given.stack);
  if (stack.check !== undefined) found(stack.check);
  const { check, settings } = checkConfig(io, stack.get);
  found(check);
  if (settings === undefined) {
    found(skipped("address", "needs the settings"), skipped("credentials", "needs the settings"));
  } else {
    const proxy = checkProxy(io, settings);
    if (proxy !== undefined) found(proxy);
    found(...(await checkConnection(settings, io.interrupted)));
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
        found(...(await checkFlow(settings, io.interrupted)));
      }
    }
  }
  const healthy = checks.every(({ status }) => status !== "failed");
  if (given.json) io.out(`${JSON.stringify({ ok: healthy, checks }, null, 2)}\n`);
  return healthy ? 0 : 1;
}
