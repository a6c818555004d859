/** Every operation of the vendor's document is answered, or said not to be there. */
import { type Emulator, startEmulator } from "../../emulator";
import { notServed } from "../../emulator/http/not-served";
import { servedEndpoints } from "../../emulator/http/routes";
import { specification } from "./support/specification";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const routeOf = ({ method, path }: { method: string; path: string }) => `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;

test("no operation of the vendor's document is forgotten, and none is both", () => {
  const here = new Set(servedEndpoints.map(routeOf));
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
