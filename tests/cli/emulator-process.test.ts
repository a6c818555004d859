/** The command as a process of its own, compiled: what Node itself would print shows here only. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const command = resolve(__dirname, "../../dist/cli/index.js");

test("many requests that wait at once are nothing to warn of", async () => {
  const child = spawn(process.execPath, [command, "emulator", "--port", "0", "--latency", "50"]);
  const closed = once(child, "close");
  let printed = "";
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const address = await new Promise<string>((found) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, url] = /WORKOS_BASE_URL=(\S+)\n/.exec(printed) ?? [];
      if (url !== undefined) found(url);
    });
  });
  const headers = { authorization: "Bearer sk_test_local" };
  const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${address}/organizations`, { headers })));
  child.kill("SIGINT");
  await closed;
  expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
  expect(complaints).toBe("");
});
