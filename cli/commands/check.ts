import { loadRosterFiles, RosterError } from "../../sdk/roster-files";
import { endOf } from "../../sdk/expiry";
import { type Command, parsed, processIo, UsageError } from "../command";

const soonDays = 14;
const dayMs = 86_400_000;

export const check: Command = {
  name: "check",
  summary: "Validate roster files, without contacting anything",
  help: `Usage: pulumi-workos check PATH [--json]

Validates a roster file, or all of a folder, and shows every mistake with its file, line and column.

Options:
  --json   the result as JSON

Examples:
  pulumi-workos check roster.yaml
  pulumi-workos check rosters/acme --json

Exit codes: 0 no mistakes, 1 mistakes, 64 wrong usage.`,
  run(args, io = processIo) {
    const { values, positionals } = parsed(args, { json: { type: "boolean" } });
    const [path] = positionals;
    if (path === undefined) throw new UsageError("check needs the path of a roster file or folder.");
    try {
      const { members, expired, files } = loadRosterFiles(path);
      const people = Object.entries(members);
      const soon = people
        .filter(([email, { expiresAt }]) => {
          const left = expiresAt === undefined ? Infinity : endOf(expiresAt) - Date.now();
          return left < soonDays * dayMs && !expired.includes(email);
        })
        .map(([email, { expiresAt }]) => ({ email, expiresAt }));
      if (values.json) {
        io.out(
          JSON.stringify({ files, people: people.length, expired, expiringSoon: soon, mistakes: [] }, undefined, 2),
        );
      } else {
        io.out(`No mistakes: ${people.length} people in ${files.length} ${files.length === 1 ? "file" : "files"}.`);
        for (const email of expired) io.out(`${email}'s access has ended; their entry can go.`);
        for (const { email, expiresAt } of soon) io.out(`${email}'s access ends soon: ${expiresAt}.`);
      }
      return Promise.resolve(0);
    } catch (error) {
      if (!(error instanceof RosterError)) throw error;
      if (values.json) io.out(JSON.stringify({ mistakes: error.mistakes }, undefined, 2));
      else io.err(error.message);
      return Promise.resolve(1);
    }
  },
};
