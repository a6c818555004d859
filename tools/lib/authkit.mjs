import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { localDirectory, root } from "./paths.mjs";

/** @typedef {{ url: string, apiKey: string, clientId: string, close: () => Promise<void> }} AuthKit */

// The same in every run, so that an address that a program keeps stays right.
const usualPort = 4610;

/**
 * Starts the local AuthKit in this process, with what earlier runs left in it.
 * @returns {Promise<AuthKit>}
 */
export async function startAuthKit() {
  const directory = join(localDirectory, "authkit");
  mkdirSync(directory, { recursive: true });
  const { startEmulator } = await import(pathToFileURL(join(root, "dist", "emulator", "index.js")).href);
  const port = (await isFree(usualPort)) ? usualPort : 0;
  return startEmulator({ port, dataFile: join(directory, "data.json") });
}

/**
 * What points the provider at it. The stack's own configuration would win, so none is set there.
 * @param {AuthKit} authKit
 * @returns {NodeJS.ProcessEnv}
 */
export function authKitVariables({ url, apiKey, clientId }) {
  return { WORKOS_API_KEY: apiKey, WORKOS_BASE_URL: url, WORKOS_CLIENT_ID: clientId };
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", () => settle(false));
    server.listen(port, "127.0.0.1", () => server.close(() => settle(true)));
  });
}
