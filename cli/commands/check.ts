import { loadRosterFiles, RosterError, rostersIn } from "../../provider/roster-files";
import { rolesBeside, RolesError, type RolesFiles, rolesOf } from "../../provider/roles-files";
import { readSources } from "../../provider/roster-files/source";
import { endOf } from "../../provider/roster/expiry";
import { plural } from "../../provider/wording";
import { whoIs, whoText } from "../who";
import { command, pathIn, UsageError } from "../command";

const soonDays = 14;
const dayMs = 86_400_000;

/** The roles files there, and beside it. */
function rolesAt(path: string): RolesFiles | undefined {
  const sources = rolesBeside(path, readSources(path));
  return sources.length > 0 ? rolesOf(sources) : undefined;
}

function rolesText({ slugs, permissions, files }: RolesFiles): string {
  return `${plural(slugs.length, "role")} and ${plural(permissions.size, "permission")} in ${files.join(", ")}`;
}

export const check = command({
  usage: "PATH [--who ADDRESS] [--json]",
  about: `Validates a roster file, or all of a folder, and shows every mistake with its file, line and column. Roles files
(roles.yaml) there or beside it are checked too: a roster may name no other roles then but those and admin and member.`,
  options: {
    who: {
      type: "string",
      value: "ADDRESS",
      says: "one person's roles and groups in each roster there, and where each comes from",
    },
    json: { type: "boolean", says: "the result as JSON" },
  },
  operand: true,
  examples: ["check roster.yaml", "check rosters/acme --json", "check rosters --who ann@example.com"],
  exits: { done: "no mistakes", failed: "mistakes, or nobody of that address" },
  run({ json, who }, io, path) {
    if (path === undefined) throw new UsageError("check needs the path of a roster file or folder.");
    try {
      const defined = rolesAt(pathIn(io, path));
      const roles = defined?.slugs;
      if (who !== undefined) {
        const found = whoIs(rostersIn(pathIn(io, path), { roles }), who, defined);
        io.out(json ? JSON.stringify(found, undefined, 2) : whoText(found));
        return "done";
      }
      const { members, expired, files } = loadRosterFiles(pathIn(io, path), { roles });
      const people = Object.entries(members);
      const soon = people
        .filter(([email, { expiresAt }]) => {
          const left = expiresAt === undefined ? Infinity : endOf(expiresAt) - Date.now();
          return left < soonDays * dayMs && !expired.includes(email);
        })
        .map(([email, { expiresAt }]) => ({ email, expiresAt }));
      if (json) {
        const also = defined ? { roles: defined.slugs, rolesFiles: defined.files } : {};
        const found = { files, people: people.length, expired, expiringSoon: soon, ...also, mistakes: [] };
        io.out(JSON.stringify(found, undefined, 2));
      } else {
        if (defined) io.out(`No mistakes: ${rolesText(defined)}.`);
        if (defined && files.length === 0) return "done";
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
      if (!(error instanceof RosterError || error instanceof RolesError)) throw error;
      if (json) io.out(JSON.stringify({ mistakes: error.mistakes }, undefined, 2));
      else io.err(error.message);
      return "failed";
    }
  },
});
