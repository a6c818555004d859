// The workflows on the page of the local AuthKit are valid, and do what the page says.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

import { actionlint, withActionlint } from "../support/actionlint";
import { codeBlocks } from "../support/markdown";
import { read, repository } from "../support/repository";

type Workflow = {
  jobs: Record<string, { env?: Record<string, string>; services?: Record<string, unknown>; steps: { run: string }[] }>;
};

const texts = codeBlocks(read("docs/local-authkit.md"))
  .filter(({ language, text }) => language === "yaml" && text.startsWith("on: "))
  .map(({ text }) => text);
const workflows = texts.map((text) => parse(text) as Workflow);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-workos-workflows-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

withActionlint("actionlint finds nothing in them", async () => {
  expect(texts).toHaveLength(2);
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.yml`);
    writeFileSync(file, text);
    return file;
  });
  expect(await actionlint(...files)).toBe("");
});

test("the service is what the container file starts: its name, its port, and the keys that programs are given", () => {
  const job = workflows[0]?.jobs.test;
  const container = read("Containerfile");
  expect(Object.keys(job?.services ?? {})).toEqual(["authkit"]);
  expect(container).toContain('"--allow-host", "authkit"');
  expect(job?.services?.authkit).toMatchObject({ ports: ["4747:4747"] });
  expect(container).toContain("EXPOSE 4747");
  expect(job?.env).toEqual({
    WORKOS_BASE_URL: "http://127.0.0.1:4747",
    WORKOS_API_KEY: "sk_test_local",
    WORKOS_CLIENT_ID: "client_local",
  });
});

test("the step starts it and hands on what to call it with, as it is written", async () => {
  const [start, use] = workflows[1]?.jobs.test?.steps ?? [];
  const port = "4748";
  // From here instead of a registry, and at a port that nobody else's has.
  const command = `${process.execPath} ${join(repository, "dist/cli/index.js")} emulator --port ${port}`;
  const script = start?.run.replace("npx --yes pulumi-workos emulator", command).replaceAll("4747", port) ?? "";
  expect(script).toContain(command);
  const settings = join(folder, "env");
  const env = { PATH: process.env.PATH, GITHUB_ENV: settings };
  const child = spawn("bash", ["-e", "-c", script], { cwd: folder, env, detached: true, stdio: "ignore" });
  try {
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    const given = Object.fromEntries(
      readFileSync(settings, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ) as Record<string, string>;
    const { stdout } = await promisify(execFile)("bash", ["-e", "-c", use?.run ?? ""], { env: { ...env, ...given } });
    expect(JSON.parse(stdout)).toMatchObject({ object: "list" });
  } finally {
    process.kill(-(child.pid ?? 0), "SIGINT");
  }
});
