/** Every operation of the vendor's document is answered. */
import { servedEndpoints } from "../../emulator/http/routes";
import { specification } from "./support/specification";

const routeOf = ({ method, path }: { method: string; path: string }) => `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;

test("no operation of the vendor's document is forgotten", () => {
  const here = new Set(servedEndpoints.map(routeOf));
  const { operations } = specification();
  expect(operations.length).toBeGreaterThan(150);
  expect(operations.map(routeOf).filter((route) => !here.has(route))).toEqual([]);
});
