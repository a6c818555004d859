import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { Pool, request } from "undici";

/** @typedef {{ name: string, args: readonly string[], key: () => string }} Server how it is started; `key` for each request */

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Starts a server as a process of its own and waits for its first answer to a list of users.
 * @param {Server} server
 * @param {number} connections
 */
export async function serve({ args, key }, connections) {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...args, "--port", String(port)], {
    stdio: "ignore",
    env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
  });
  const url = `http://127.0.0.1:${port}`;
  await firstAnswer(`${url}/user_management/users`, key, child);
  const startMs = performance.now() - began;
  const pool = new Pool(url, { connections });
  /**
   * @param {"GET" | "POST" | "PUT"} method
   * @param {string} path
   * @param {object} [body]
   */
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key()}`, "content-type": "application/json" };
    const answer = await pool.request({ method, path, headers, body: body && JSON.stringify(body) });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    return text;
  };
  const stop = async () => {
    await pool.close();
    const gone = once(child, "exit");
    child.kill("SIGINT");
    await gone;
  };
  return { startMs, call, stop };
}

/**
 * @param {string} url
 * @param {() => string} key
 * @param {import("node:child_process").ChildProcess} child
 */
async function firstAnswer(url, key, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} ended with ${child.exitCode}`);
    try {
      const answer = await request(url, { headers: { authorization: `Bearer ${key()}` } });
      await answer.body.dump();
      if (answer.statusCode === 200) return;
      throw new Error(`${url} answered ${answer.statusCode}`);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ECONNREFUSED") throw error;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
