// A local AuthKit in a process of its own, which counts the requests of this package's client and those of others.
import process from "node:process";

import { startEmulator } from "../dist/emulator/index.js";

const { url, apiKey, control } = await startEmulator();
process.on("message", () => {
  const all = control.requests.list();
  const ours = all.filter(({ userAgent }) => userAgent?.includes("pulumi-workos")).length;
  process.send?.({ ours, theirs: all.length - ours });
});
process.on("disconnect", () => process.exit());
process.send?.({ url, apiKey });
