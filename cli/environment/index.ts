/** A whole environment as a program, its rosters and its project. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { counted, named, plural } from "../../provider/wording";
import { type Io } from "../io";
import { pathIn } from "../command";
import { assertFree, writeFiles } from "../program/write-files";
import { reading } from "../read-organization";
import { skippedLines } from "../roster-text";
import { type EnvironmentFiles, filesOf } from "./files";
import { LeftOut, type Omission, omissionText } from "./left-out";
import { projectFiles } from "./project-files";
import { type EnvironmentThere, readEnvironment, type ReadOptions } from "./read";

interface Options extends ReadOptions {
  readonly force: boolean;
  readonly json: boolean;
}

/** @param folder where the program goes, as it was given. */
export async function initEnvironment(folder: string, options: Options, io: Io): Promise<void> {
  const place = resolve(pathIn(io, folder));
  const shown = (path: string) => (folder === "." ? path : join(folder, path));
  // Before anything is read, which may take minutes: what is there for sure.
  const at = (path: string) => join(place, path);
  assertFree(["index.ts"], options.force, at, shown);
  const leftOut = new LeftOut();
  const there = await reading(io, "people and things", (api, progress) =>
    readEnvironment(api, options, progress, leftOut),
  );
  const written = filesOf(there, options.profiles, leftOut);
  assertFree([...written.files.keys()], options.force, at, shown);
  const project = new Map([...projectFiles(basename(place))].filter(([path]) => !existsSync(at(path))));
  const kept = [...projectFiles("").keys()].filter((path) => !project.has(path));
  const files = new Map([...project, ...written.files]);
  writeFiles(place, files);
  if (options.json) {
    const { people, secrets, skipped, directoryManaged } = written;
    io.out(
      JSON.stringify(
        {
          files: [...files.keys()],
          organizations: there.organizations.length,
          people,
          secrets,
          leftOut: leftOut.all,
          skipped,
          directoryManaged,
        },
        undefined,
        2,
      ),
    );
  } else {
    for (const line of report(there, written, { folder, count: files.size, kept, leftOut: leftOut.all })) io.err(line);
  }
}

interface Done {
  readonly folder: string;
  readonly count: number;
  readonly kept: readonly string[];
  readonly leftOut: readonly Omission[];
}

function* report(
  { organizations }: EnvironmentThere,
  { people, secrets, skipped, directoryManaged }: EnvironmentFiles,
  { folder, count, kept, leftOut }: Done,
): Generator<string> {
  const who = `${plural(organizations.length, "organization")} with ${plural(people, "person", "people")} in their rosters`;
  yield `Wrote ${plural(count, "file")} to ${folder}: ${who}, and everything else that the program declares.`;
  if (kept.length > 0) yield `Kept as they are: ${named(kept)}.`;
  for (const omission of leftOut) yield omissionText(omission);
  yield* skippedLines({ skipped, directoryManaged });
  if (secrets.length > 0) {
    yield `Secret values are in no file: ${plural(secrets.length, "resource")} of the program ${secrets.length === 1 ? "is" : "are"} declared once the stack's configuration has the value, as by \`pulumi config set --secret ${secrets[0] ?? ""}\`${secrets.length > 1 ? ` (and ${named(secrets.slice(1))})` : ""}.`;
  }
  yield "Next: npm install, pulumi stack init, pulumi config set --secret workos:apiKey, pulumi preview. Pulumi calls it create when it takes over what is there; the first `pulumi up` sends no change to WorkOS.";
}

/** Organizations of which one has to be named. */
export async function organizationsNamed(io: Io): Promise<string> {
  const all = await reading(io, "organizations", (api) => api.organizations.list().all());
  const shown = all.slice(0, 20).map(({ id, name }) => `  ${id}  ${name}`);
  const more = all.length > shown.length ? [`  and ${counted(all.length - shown.length)} more`] : [];
  return [...shown, ...more].join("\n");
}
