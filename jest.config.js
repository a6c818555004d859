/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  // Types are checked by `tsc`, once for everything, so that tests only transpile.
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  maxWorkers: 2,
  // For tests that run the real engine on a slow machine; no test waits this long by itself.
  testTimeout: 240_000,
};
