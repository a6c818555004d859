// `npm run reset`: forgets the local environment, its AuthKit and its state. The engine in the cache stays.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "./lib/directory-lock.mjs";
import { runLock } from "./lib/local-run.mjs";
import { main } from "./lib/main.mjs";
import { localDirectory } from "./lib/paths.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

await main(async () => {
  if (!existsSync(localDirectory)) {
    console.log("There is no local environment; nothing to remove.");
    return 0;
  }
  return withLock(
    runLock,
    ({ pid }) => {
      throw new SetUpError(`A run (process ${pid}) is using the local environment. End it first.`);
    },
    async () => {
      const names = readdirSync(localDirectory).filter((name) => !name.endsWith(".lock"));
      for (const name of names) rmSync(join(localDirectory, name), { recursive: true, force: true });
      console.log(
        names.length === 0 ? "Nothing to remove." : `Removed from ${localDirectory}: ${names.sort().join(", ")}`,
      );
      return 0;
    },
  );
});
