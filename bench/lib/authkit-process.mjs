// The local AuthKit in a process of its own, so that what is measured does not share its processor time. Its parent
// asks for the requests it has counted, over the channel between them.
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(import.meta.url);
const { startEmulator, vendorRateLimits } = require("../../dist/emulator/index.js");
const { clientEndpoints } = require("../../dist/api/endpoints/index.js");

const { latencyMs, limited, port = 0 } = JSON.parse(process.argv[2] ?? "{}");
const authKit = await startEmulator({ port, latencyMs, rateLimits: limited ? vendorRateLimits : false });

const methods = new Map(
  Object.values(clientEndpoints).flatMap((family) =>
    Object.values(family).map(({ operation, method }) => [operation, method]),
  ),
);

/** Requests since the last time: reads, writes, and how many of both were answered 429. */
function takeCounts() {
  const counts = { reads: 0, writes: 0, refused: 0 };
  for (const [operation, outcomes] of Object.entries(authKit.control.requests.counters())) {
    for (const [outcome, count] of Object.entries(outcomes)) {
      counts[methods.get(operation) === "GET" ? "reads" : "writes"] += count;
      if (outcome === "429") counts.refused += count;
    }
  }
  authKit.control.requests.clear();
  return counts;
}

process.on("message", () => process.send?.(takeCounts()));
process.on("disconnect", () => process.exit());
process.send?.({ url: authKit.url, apiKey: authKit.apiKey });
