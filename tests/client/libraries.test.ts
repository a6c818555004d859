/** What only signing in needs stays out of everybody else's way. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};
const rooms = ["api", "provider", "sdk", "client"];
const sources = rooms.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name: join(room, name), text: readFileSync(join(room, name), "utf8") })),
);

test.each(["jose", "iron-webcrypto"])("%s is optional, and imported lazily in one place", (library) => {
  expect(manifest.dependencies).not.toHaveProperty([library]);
  expect(manifest.peerDependenciesMeta[library]).toEqual({ optional: true });
  const users = sources.filter(({ text }) => text.includes(`"${library}"`));
  expect(users.map(({ name }) => name)).toEqual([join("client", "libraries.ts")]);
  expect(users[0]?.text).toContain(`import("${library}")`);
  expect(users[0]?.text).not.toMatch(/^import .* from/m);
});

test("neither the provider nor the classes for programs load the client", () => {
  const loads = sources.filter(
    ({ name, text }) => !name.startsWith("client") && /["']\.\.?\/(.*\/)?client\//.test(text),
  );
  expect(loads.map(({ name }) => name)).toEqual([]);
});
