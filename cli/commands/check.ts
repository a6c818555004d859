import { loadRosterFiles, RosterError } from "../../sdk/roster-files";
import { endOf } from "../../sdk/expiry";
import { plural } from "../../provider/wording";
import { command, pathIn, UsageError } from "../command";

const soonDays = 14;
const dayMs = 86_400_000;

export const check = command({
  usage: "PATH [--json]",
  about: "Validates a roster file, or all of a folder, and shows every mistake with its file, line and column.",
  options: { json: { type: "boolean", says: "the result as JSON" } },
  operand: true,
  examples: ["check roster.yaml", "check rosters/acme --json"],
  exits: { done: "no mistakes", failed: "mistakes" },
  run({ json }, io, path) {
    if (path === undefined) throw new UsageError("check needs the path of a roster file or folder.");
    try {
      const { members, expired, files } = loadRosterFiles(pathIn(io, path));
      const people = Object.entries(members);
      const soon = people
        .filter(([email, { expiresAt }]) => {
          const left = expiresAt === undefined ? Infinity : endOf(expiresAt) - Date.now();
          return left < soonDays * dayMs && !expired.includes(email);
        })
        .map(([email, { expiresAt }]) => ({ email, expiresAt }));
      if (json) {
        io.out(
          JSON.stringify({ files, people: people.length, expired, expiringSoon: soon, mistakes: [] }, undefined, 2),
        );
      } else {
        const where = files.length > 1 ? `:\n${files.map((file) => `  ${file}`).join("\n")}` : `: ${files.join("")}.`;
        io.out(`No mistakes: ${plural(people.length, "person", "people")} in ${plural(files.length, "file")}${where}`);
        if (people.length === 0) {
          io.err("Warning: the roster names nobody. Whoever it named before loses access with the next run.");
        }
        for (const email of expired) io.out(`${email}'s access has ended; their entry can go.`);
        for (const { email, expiresAt } of soon) io.out(`${email}'s access ends soon: ${expiresAt}.`);
      }
      return "done";
    } catch (error) {
      if (!(error instanceof RosterError)) throw error;
      if (json) io.out(JSON.stringify({ mistakes: error.mistakes }, undefined, 2));
      else io.err(error.message);
      return "failed";
    }
  },
});
