/** An ECMAScript module only, so that it is imported when it is first needed. */
export const jose = () => import("jose");

/** Comes before the server's libraries are loaded: they are optional peers, which programs without this do not need. */
const peers = ["hono", "@hono/node-server", "jose", "otpauth", "qrcode-generator", "hash-wasm"];

const missing = peers.filter((name) => !isInstalled(name));
if (missing.length > 0) {
  throw new Error(
    `The local AuthKit needs ${missing.join(" and ")}, which ${missing.length === 1 ? "is" : "are"} not installed: run \`npm install --save-dev ${peers.join(" ")}\`.`,
  );
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

export {};
