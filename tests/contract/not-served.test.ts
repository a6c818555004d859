/** Every operation of the vendor's document is answered, or said not to be there. */
import { clientEndpoints, pageEndpoints } from "../../api/endpoints/index";
import { type AnyEndpoint } from "../../api/endpoint";
import { type Emulator, startEmulator } from "../../emulator";
import { notServed } from "../../emulator/http/not-served";
import { read } from "../support/repository";
import { specification } from "./support/specification";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const routeOf = ({ method, path }: { method: string; path: string }) => `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
const families: readonly Readonly<Record<string, AnyEndpoint>>[] = [...Object.values(clientEndpoints), pageEndpoints];
const served = families.flatMap((family) => Object.values(family));

test("no operation of the vendor's document is forgotten, and none is both", () => {
  const here = new Set(served.map(routeOf));
  const missing = new Set(notServed.map(routeOf));
  expect([...missing].filter((route) => here.has(route))).toEqual([]);
  const specified = specification().operations.map(routeOf);
  expect(specified.filter((route) => !here.has(route) && !missing.has(route))).toEqual([]);
});

test.each(notServed.map((endpoint) => [endpoint.method, endpoint.path]))(
  "%s %s is answered in words, not as if an object was missing",
  async (method, path) => {
    const answer = await fetch(emulator.url + path.replace(/\{[^}]*\}/g, "x"), {
      method,
      ...(method === "GET" || method === "DELETE" ? {} : { body: "{}" }),
    });
    expect(answer.status).toBe(501);
    const message = `${method} ${path}: this operation is not part of the local AuthKit.`;
    expect(await answer.json()).toEqual({ code: "not_implemented", message });
  },
);

test("what is not there stands in the documentation", () => {
  const page = read("docs/local-authkit.md");
  const listed = [...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`\s+\|$/gm)].map(([, row]) => row);
  expect(listed).toEqual(notServed.map(({ method, path }) => `${method} ${path}`));
});
