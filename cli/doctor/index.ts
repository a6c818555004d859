import { readArguments } from "../arguments";
import { type Io } from "../io";
import { type Check, failed, lineOf, skipped } from "./check";
import { checkConnection } from "./connection";
import { checkFlow } from "./full";
import { checkConfig, checkEngine, checkNode, checkProxy } from "./machine";

const help = `pulumi-workos doctor: find out what keeps a program from talking to AuthKit

  --full             also create a user, a membership and an API key, and remove them again
  --yes-production   let --full do that with a key of production
  --json             the findings as JSON

Reads WORKOS_API_KEY and WORKOS_BASE_URL. Exit codes: 0 nothing failed, 1 something did, 2 wrong command line.
`;

export async function runDoctor(args: string[], io: Io): Promise<number> {
  const given = readArguments(args, {
    full: { type: "boolean" },
    "yes-production": { type: "boolean" },
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

  found(checkNode(process.version), await checkEngine(io));
  const { check, settings } = checkConfig(io);
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
