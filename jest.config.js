/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  // Types are checked by `tsc`, once for everything, so that tests only transpile.
  transform: {
    // Some packages are ECMAScript modules only, which jest loads neither by `require` nor by `import()`: they, and the
    // files that import them lazily, become CommonJS.
    "/libraries\\.ts$|/node_modules/(jose|iron-webcrypto|uint8array-extras|openid-client|oauth4webapi|@actions/expressions)/.+\\.js$":
      "<rootDir>/tests/support/commonjs-transform.js",
    "^.+\\.tsx?$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }],
  },
  transformIgnorePatterns: [
    "/node_modules/(?!(jose|iron-webcrypto|uint8array-extras|openid-client|oauth4webapi|@actions/expressions)/)",
  ],
  // Its manifest names no file for `require`, which is what the transformation makes of its `import()`.
  moduleNameMapper: { "^@actions/expressions$": "<rootDir>/node_modules/@actions/expressions/dist/index.js" },
  testSequencer: "<rootDir>/tests/support/longest-first.js",
  setupFiles: ["<rootDir>/tests/support/seed.ts"],
  // One more than the two cores of a small CI machine: tests that run the engine spend a fifth of their time waiting for it.
  maxWorkers: 3,
  // For tests that run the real engine on a slow machine; no test waits this long by itself.
  testTimeout: 240_000,
};
