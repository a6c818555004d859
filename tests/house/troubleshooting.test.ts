/** docs/troubleshooting.md has every error that a user can meet, and none that is no more. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readConfig } from "../../provider/config";
import { check } from "../../provider/lifecycle";
import { type AnyResource } from "../../provider/declare/resource";
import { resources } from "../../provider/resources";
import { systemClock } from "../../api/clock";
import { codeBlocks } from "../support/markdown";
import { read, repository } from "../support/repository";

interface ErrorText {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

const page = read("docs/troubleshooting.md");
const listed = codeBlocks(page)
  .filter(({ language }) => language === "text")
  .flatMap(({ text }) => text.trimEnd().split("\n"));
const tool = join(repository, "tools/error-texts.mjs");
const errors = JSON.parse(
  execFileSync(process.execPath, [tool, "--json"], { encoding: "utf8", maxBuffer: 1e8 }),
) as ErrorText[];

/** Whether a message is one of the texts, with whatever is filled in. */
const patterns = listed.map((text) => new RegExp(`^${text.split("…").map(escaped).join("[^]*")}$`));
/** Where in a list or a map it is wrong comes first, and is no part of the text. */
const isListed = (message: string) => {
  const text = message.replaceAll(/\s*\n\s*/g, " ").replace(/^(\[[^\]]*\])+ /, "");
  return patterns.some((pattern) => pattern.test(text));
};

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

it("has every error that the sources can raise: `node tools/error-texts.mjs --missing` lists what to add", () => {
  const known = new Set(listed);
  const missing = errors.filter(({ text }) => !known.has(text));
  expect(missing.map(({ text, file, line }) => `${text} (${file}:${line})`)).toEqual([]);
});

it("has no error that no source raises", () => {
  const raised = new Set(errors.map(({ text }) => text));
  expect(listed.filter((text) => !raised.has(text))).toEqual([]);
});

it("has each error once", () => {
  expect(listed.filter((text, place) => listed.indexOf(text) !== place)).toEqual([]);
});

it("says below each list what it means and what to do", () => {
  const sections = page.split(/^#{2,3} /m).filter((section) => section.includes("```text"));
  expect(sections.length).toBeGreaterThan(20);
  const silent = sections.filter((section) => section.replaceAll(/^```.*?^```$/gms, "").split(/\s+/).length < 20);
  expect(silent.map((section) => section.split("\n")[0])).toEqual([]);
});

describe("what really happens is on the page", () => {
  it.each([
    ["no key", {}],
    ["something else than a key", { WORKOS_API_KEY: "client_01" }],
    ["an address that is none", { WORKOS_API_KEY: "sk_x", WORKOS_BASE_URL: "workos" }],
    ["plain http", { WORKOS_API_KEY: "sk_x", WORKOS_BASE_URL: "http://api.example.com" }],
    ["a limit of nothing", { WORKOS_API_KEY: "sk_x", WORKOS_READ_LIMIT: "0" }],
    ["half a flag", { WORKOS_API_KEY: "sk_x", WORKOS_OFFLINE_PREVIEW: "yes" }],
    ["many removals", { WORKOS_API_KEY: "sk_x", WORKOS_MAX_REMOVALS: "many" }],
    ["an empty entry", { WORKOS_API_KEY: "sk_x", WORKOS_ALLOWED_DOMAINS: "a.example,," }],
  ])("the settings: %s", (_what, environment) => {
    let message = "nothing was thrown";
    try {
      readConfig(() => undefined, environment);
    } catch (error) {
      message = (error as Error).message;
    }
    expect([message, isListed(message)]).toEqual([message, true]);
  });

  it.each(Object.entries<AnyResource>(resources))("the inputs of %s", (_kind, resource) => {
    const wrong = [42, "", "?", [], ["?"], {}, { a: 1 }, true, "x".repeat(5_000), "2001-01-01T00:00:00Z"];
    const given = [{}, { nonsense: 1 }, ...wrong.map((value) => filled(resource, value))];
    const reasons = given.flatMap((inputs) =>
      check(resource, {}, inputs, { clock: systemClock, allowedDomains: ["acme.example"] }).failures.map(
        ({ reason }) => reason,
      ),
    );
    expect(reasons.length).toBeGreaterThan(2);
    expect([...new Set(reasons)].filter((reason) => !isListed(reason))).toEqual([]);
  });

  it("and only what is on the page passes", () => {
    expect(isListed("something that no source says, with more words")).toBe(false);
  });
});

const filled = ({ inputs }: AnyResource, value: unknown) =>
  Object.fromEntries(Object.keys(inputs).map((name) => [name, value]));
