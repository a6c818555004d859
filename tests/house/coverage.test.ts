// The page of all operations of the vendor's document is what is served.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { servedEndpoints } from "../../emulator/http/routes";
import { standIns } from "../../emulator/http/stand-ins";
import { specification } from "../contract/support/specification";
import { read, repository } from "../support/repository";

const page = read("docs/local-authkit-coverage.md");
const operations = Object.entries(JSON.parse(read("tools/operations.json")) as Record<string, string[]>).flatMap(
  ([tag, lines]) =>
    lines.map((line) => {
      const [method = "", path = "", operation = ""] = line.split(" ");
      return { tag, method, path, operation };
    }),
);
const routeOf = ({ method, path }: { method: string; path: string }) => `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
const named = new Map(operations.map((one) => [routeOf(one), one]));

it("is what tools/coverage.mjs makes of the routes", () => {
  const tool = join(repository, "tools/coverage.mjs");
  const made = execFileSync(process.execPath, [tool, "--print"], { cwd: repository, encoding: "utf8" });
  expect(page).toBe(made);
});

it("has a row for each of the 212 operations, each once", () => {
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| (\w+) +\| `([^`]+)` +\| (real|stand-in|not served) +\|$/gm)];
  expect(rows.map(([, operation, method, path]) => `${method} ${path} ${operation}`)).toEqual(
    operations.map(({ method, path, operation }) => `${method} ${path} ${operation}`),
  );
  expect(named.size).toBe(212);
  expect(rows.filter(([, , , , answered]) => answered === "not served")).toEqual([]);
});

it("knows every operation of the installed edition", () => {
  expect(
    specification()
      .operations.filter((one) => !named.has(routeOf(one)))
      .map(routeOf),
  ).toEqual([]);
});

it("knows every operation that is served, by the vendor's name", () => {
  const differing = servedEndpoints.flatMap((one) => {
    const operation = named.get(routeOf(one))?.operation;
    return operation === one.operation ? [] : [`${one.operation}: ${operation}`];
  });
  expect(differing).toEqual([]);
});

it("says of each stand-in what is different, once, and none is not served", () => {
  const all = standIns.flatMap((one) => one.operations);
  expect(all).toEqual([...new Set(all)]);
  const served = new Set(servedEndpoints.map(({ operation }) => operation));
  expect(all.filter((operation) => !served.has(operation))).toEqual([]);
});
