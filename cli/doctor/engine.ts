/** Finds the `pulumi` command: on the PATH, or where the repository of this package keeps its own. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { askProgram } from "../../provider/programs";
import { type Io } from "../io";
import { type Check, ok, warning } from "./check";

export interface Engine {
  readonly binary: string;
  readonly onPath: boolean;
  readonly version: string;
}

export async function findEngine({ env, interrupted }: Io): Promise<Engine | undefined> {
  for (const binary of ["pulumi", ...cachedBinaries(env)]) {
    try {
      const { code, stdout } = await askProgram(binary, ["version"], {
        env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" },
        signal: interrupted,
        timeoutMs: 20_000,
      });
      if (code === 0) return { binary, onPath: binary === "pulumi", version: stdout.trim() };
    } catch {
      // Not there, or not one that works here: the next.
    }
  }
  return undefined;
}

/** The layout is that of `tools/lib/engine.mjs`; the newest version first. */
function cachedBinaries(env: Io["env"]): string[] {
  const { XDG_CACHE_HOME: named = "" } = env;
  const base = isAbsolute(named) ? named : join(homedir(), ".cache");
  const cache = env.PULUMI_WORKOS_CACHE ?? join(base, "pulumi-workos");
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^engine-[\d.]+$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => join(cache, name, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi"));
}

export function checkEngine(engine: Engine | undefined): Check {
  if (engine === undefined) {
    return warning(
      "engine",
      "there is no pulumi command on the PATH",
      "`pulumi up` needs it: https://www.pulumi.com/docs/install/. The typed client and the emulator work without.",
    );
  }
  if (engine.onPath) return ok("engine", `pulumi ${engine.version}`);
  return ok(
    "engine",
    `pulumi ${engine.version} of this package's repository, where \`npm run pulumi\` runs it; none on the PATH`,
  );
}
