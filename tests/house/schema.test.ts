/** The schema by which other languages know the native plugin is what the declarations say, and what Pulumi reads. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "../support/engine";
import { manifest, read, repository } from "../support/repository";
import { type AnyLookup, lookups } from "../../provider/lookups";
import { resources } from "../../provider/resources";
import { type AnyResource } from "../../provider/declare/resource";

interface Property {
  readonly description?: string;
  readonly secret?: boolean;
  readonly willReplaceOnChanges?: boolean;
}
interface Properties {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}
interface Listed {
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
}

const text = read("schema/pulumi-workos.json");
const schema = JSON.parse(text) as {
  readonly version: string;
  readonly pluginDownloadURL: string;
  readonly resources: Readonly<Record<string, Listed>>;
  readonly functions: Readonly<Record<string, { description: string; inputs: Properties; outputs: Properties }>>;
  readonly provider: { readonly inputProperties: Readonly<Record<string, Property>> };
};

it("schema/pulumi-workos.json is what tools/schema.mjs makes of the declarations", () => {
  const made = execFileSync(process.execPath, [join(repository, "tools/schema.mjs"), "--print"], {
    cwd: repository,
    encoding: "utf8",
  });
  expect(text).toBe(made);
});

it("the engine finds nothing wrong with it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-schema-"));
  try {
    const { engine, environment } = await prepare(directory, process.env);
    const said = execFileSync(engine.binary, ["schema", "check", join(repository, "schema/pulumi-workos.json")], {
      env: environment,
      encoding: "utf8",
    });
    expect(said.trim()).toBe("");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

it("says of which version it is, and that the plugin is among the releases of the repository that the package names", () => {
  const { version, repository } = manifest();
  expect(schema.version).toBe(version);
  expect(schema.pluginDownloadURL).toBe(
    repository.url.replace(/^git\+https:\/\/github\.com\/(.+)\.git$/, "github://api.github.com/$1"),
  );
});

it("the key is a secret", () => {
  expect(schema.provider.inputProperties.apiKey?.secret).toBe(true);
});

describe.each(Object.entries<AnyResource>(resources))("%s", (kind, { inputs, outputs }) => {
  const listed = schema.resources[`workos:index:${kind}`];
  const named = (names: Readonly<Record<string, unknown>>) => Object.keys(names).sort();

  it("is in it with every input and output, each with its meaning", () => {
    const readable = Object.keys(inputs).filter((name) => inputs[name]?.readable);
    expect(named(listed?.inputProperties ?? {})).toEqual(named(inputs));
    expect(named(listed?.properties ?? {})).toEqual([...new Set([...readable, ...Object.keys(outputs)])].sort());
    const all = [...Object.values(listed?.inputProperties ?? {}), ...Object.values(listed?.properties ?? {})];
    expect(all.filter(({ description }) => !description)).toEqual([]);
  });

  it("says what is required, what is secret and what replaces", () => {
    const which = (is: (name: string) => boolean | undefined) => Object.keys(inputs).filter((name) => is(name));
    expect(listed?.requiredInputs).toEqual(which((name) => inputs[name]?.required));
    expect(which((name) => listed?.inputProperties[name]?.secret)).toEqual(
      which((name) => inputs[name]?.traits.secret),
    );
    expect(which((name) => listed?.inputProperties[name]?.willReplaceOnChanges)).toEqual(
      which((name) => inputs[name]?.traits.immutable === true),
    );
    expect(Object.keys(outputs).filter((name) => listed?.properties[name]?.secret)).toEqual(
      Object.keys(outputs).filter((name) => outputs[name]?.traits.secret),
    );
  });
});

describe.each(Object.entries<unknown>(lookups))("%s", (name, declared) => {
  const { takes, answers, finds } = declared as AnyLookup;
  const { description = "", inputs, outputs } = schema.functions[`workos:index:${name}`] ?? {};

  it("is in it as a function with everything that it takes and answers", () => {
    expect(description).not.toBe("");
    expect(Object.keys(inputs?.properties ?? {})).toEqual(Object.keys(takes));
    expect(Object.values(inputs?.properties ?? {}).filter((one) => !one.description)).toEqual([]);
    const answered = Object.keys(outputs?.properties ?? {});
    if (answers === undefined) expect(answered).toContain("id");
    else expect(answered).toEqual([answers]);
  });

  it("answers no secret but what it makes", () => {
    const secrets = Object.entries(outputs?.properties ?? {}).filter(([, { secret }]) => secret);
    expect(secrets.map(([one]) => one)).toEqual(finds === "made" ? [answers] : []);
  });
});

it("has what a roster takes and tells for programs that have no class of the package's own", () => {
  const { inputProperties, requiredInputs, properties } = schema.resources["workos:index:OrganizationRoster"] ?? {};
  expect(requiredInputs).toEqual(["organizationId"]);
  expect(inputProperties?.rosterFile?.description).toContain("Path of a roster file");
  expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(["ids", "pendingInvitations"]));
});
