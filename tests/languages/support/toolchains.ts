/** What of other languages is on this machine. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Why a command cannot be had; undefined where it can. */
export function missing(command: string): string | undefined {
  const found = (process.env.PATH ?? "").split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found ? undefined : `${command} is not on PATH`;
}
