// A local AuthKit in a process of its own, with so many users, each a member of one organization.
// Arguments: the number of users, and a data file if there is to be one. Needs --expose-gc.
import process from "node:process";

import { startEmulator } from "../../dist/emulator/index.js";

const [count = "10", dataFile] = process.argv.slice(2);
const padded = (index) => String(index).padStart(26, "0");

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const seed = (users) => ({
  organizations: [{ id: "org_bench", name: "Bench" }],
  users: Array.from({ length: users }, (_, index) => ({
    id: `user_${padded(index)}`,
    email: `person.${index}@example.com`,
    first_name: "Ann",
    last_name: "Example",
    external_id: `employee-${index}`,
    metadata: { team: "platform" },
    memberships: [{ organization: "org_bench" }],
  })),
});

// A seed is kept for a reset, and the first emulator loads the code: neither is part of what users cost. So the users
// come from the data file, where there is one.
/** @type {import("../../emulator").Emulator | undefined} */
let authKit = await startEmulator({ seed: seed(Number(count)), dataFile });
let users;
if (dataFile !== undefined) {
  await authKit.close();
  authKit = undefined;
  const before = heap();
  authKit = await startEmulator({ dataFile });
  users = heap() - before;
}
process.send?.({ url: authKit.url, apiKey: authKit.apiKey, heap: users });
// Whoever asks is told what is in use now.
process.on("message", () => process.send?.({ heap: heap() }));
process.on("disconnect", () => void authKit.close().then(() => process.exit()));
