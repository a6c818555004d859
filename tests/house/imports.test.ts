/** The house has one direction: no circle of files, and no import that runs back up. */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { execFileSync } from "node:child_process";
import ts from "typescript";
import { repository } from "../support/repository";

/** The rooms, the lowest first: each may use those below it. Rooms in one line know nothing of each other. */
const floors = [
  ["api"],
  ["provider/programs", "provider/remedies", "provider/removals", "provider/type-tokens", "provider/wording"],
  ["provider/context"],
  ["provider/declare"],
  ["provider/duplicates"],
  ["provider/people"],
  ["provider/groups"],
  ["provider/reach"],
  ["provider/lifecycle", "provider/resources"],
  ["provider/config", "provider/roster", "provider/lookups"],
  ["provider/roster-files"],
  ["provider/roles-files"],
  ["provider/lifecycles", "provider/calls"],
  ["provider/native"],
  ["provider/engine-watch"],
  ["provider/running-program"],
  ["provider/host"],
  ["provider/dynamic"],
  ["provider/index"],
  ["sdk", "plugin", "client", "emulator"],
  ["cli"],
];
/** These stand on the vendor's API alone, and know nothing of the provider. */
const apart = ["client", "emulator"];

type Sources = ReadonlyMap<string, string>;

function sourcesOfTheHouse(): Sources {
  const rooms = ["api", "provider", "sdk", "plugin", "client", "emulator", "cli"];
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...rooms], {
    cwd: repository,
    encoding: "utf8",
  });
  const paths = files.split("\n").filter((file) => /\.tsx?$/.test(file));
  return new Map(paths.map((path) => [path, readFileSync(posix.join(repository, path), "utf8")]));
}

/** What each file imports of the house, types and lazy imports included. */
function importsOf(sources: Sources): Map<string, string[]> {
  return new Map(
    [...sources].map(([path, text]) => [
      path,
      ts
        .preProcessFile(text, true, true)
        .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
        .flatMap(({ fileName }) => {
          const place = posix.join(posix.dirname(path), fileName);
          const found = [`${place}.ts`, `${place}.tsx`, `${place}/index.ts`, place.replace(/\.js$/, ".ts")].find(
            (file) => sources.has(file),
          );
          return found === undefined ? [] : [found];
        }),
    ]),
  );
}

function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, above: readonly string[]) => {
    if (above.includes(file)) {
      found.push([...above.slice(above.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) walk(next, [...above, file]);
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return found;
}

const roomOf = (path: string): string => {
  const [first = "", second = ""] = path.replace(/\.tsx?$/, "").split("/");
  return first === "provider" ? `${first}/${second}` : first;
};

function backUp(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const floorOf = (room: string) => floors.findIndex((floor) => floor.includes(room));
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => {
        const [from, to] = [roomOf(file), roomOf(target)];
        if (from === to) return false;
        return floorOf(to) < 0 || floorOf(to) >= floorOf(from) || (apart.includes(from) && to !== "api");
      })
      .map((target) => `${file} → ${target}`),
  );
}

it("every file is in a room that has a floor", () => {
  const rooms = new Set([...sourcesOfTheHouse().keys()].map(roomOf));
  expect([...rooms].filter((room) => !floors.flat().includes(room))).toEqual([]);
});

it("no files import each other in a circle", () => {
  expect(circles(importsOf(sourcesOfTheHouse()))).toEqual([]);
});

it("no import runs back up", () => {
  expect(backUp(importsOf(sourcesOfTheHouse()))).toEqual([]);
});

describe("a planted fault", () => {
  const planted = (...files: readonly (readonly [string, string])[]) =>
    importsOf(new Map([...sourcesOfTheHouse(), ...files]));

  it("is named: a circle", () => {
    const faulty = planted(
      ["provider/declare/one.ts", 'import type { Two } from "./two";'],
      ["provider/declare/two.ts", 'export const one = () => import("./one.js");'],
    );
    expect(circles(faulty)).toEqual(["provider/declare/one.ts → provider/declare/two.ts → provider/declare/one.ts"]);
  });

  it("is named: an import that runs back up", () => {
    const faulty = planted(
      ["provider/resources/planted.ts", 'import { create } from "../lifecycle/create";'],
      ["emulator/planted.ts", 'import { fold } from "../provider/declare/address";'],
    );
    expect(backUp(faulty)).toEqual([
      "provider/resources/planted.ts → provider/lifecycle/create.ts",
      "emulator/planted.ts → provider/declare/address.ts",
    ]);
  });
});

function castsIn(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const called = ts.isCallExpression(node) ? node.expression.getText() : undefined;
    const cast = (ts.isAsExpression(node) && node.type.getText() !== "const") || ts.isTypeAssertionExpression(node);
    if (cast || called === "String" || ts.isNonNullExpression(node)) found.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}

it("no resource's file has a cast", () => {
  const files = [...sourcesOfTheHouse()].filter(
    ([path]) => path.startsWith("provider/resources/") && !path.endsWith("/index.ts"),
  );
  expect(files.flatMap(([path, text]) => castsIn(path, text))).toEqual([]);
  expect(castsIn("planted.ts", "const key = String(inputs.name) + (state.id as string) + kinds as const;")).toEqual([
    "planted.ts: String(inputs.name)",
    "planted.ts: state.id as string",
  ]);
});

it("the vendor's API and its client say nothing of stacks: remedies are passed in", () => {
  const files = [...sourcesOfTheHouse()].filter(([path]) => /^(api|client)\//.test(path));
  const said = files.filter(([, text]) =>
    /pulumi (up|refresh|destroy|config|preview)|workos:\w+`|stack config/.test(text),
  );
  expect(said.map(([path]) => path)).toEqual([]);
});
