/**
 * Libraries that few requests need, loaded at the first of them: the server starts without them. The build puts all
 * libraries into the package's own files (`tools/bundle-emulator.mjs`), so that nobody has to install them.
 */

/** An ECMAScript module only, which `import()` loads from CommonJS. */
export const jose = () => import("jose");

/* eslint-disable @typescript-eslint/no-require-imports -- at once, where it is needed, and not before */
export const otpauth = () => require("otpauth") as typeof import("otpauth");
export const qrcode = () => require("qrcode-generator") as typeof import("qrcode-generator");
/* eslint-enable @typescript-eslint/no-require-imports */

/** Where a thread of its own finds the password hashes. */
export const hashLibrary = () => require.resolve("hash-wasm");
