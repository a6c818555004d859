// docs/dependencies.md says of every package what it is for; what users install is under terms that they can accept.
import { leastSdk } from "../../sdk/versions";
import { column, tableBelow } from "../support/markdown";
import { manifest, read } from "../support/repository";

const page = read("docs/dependencies.md");
const sections = {
  installed: "Installed with the package",
  peers: "Expected of the program",
  bundled: "Inside of the local AuthKit",
  work: "For work on it",
};
const names = (section: keyof typeof sections) =>
  column(tableBelow(page, sections[section]), 0).map((cell = "") => cell.replaceAll("`", ""));

interface Installed {
  readonly license?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}
type Locked = Readonly<
  Record<string, { dev?: boolean; devOptional?: boolean; link?: boolean; license?: string; hasInstallScript?: boolean }>
>;

const installed = (name: string) => JSON.parse(read(`node_modules/${name}/package.json`)) as Installed;
const { packages } = JSON.parse(read("package-lock.json")) as { packages: Locked };
/** What `npm install pulumi-workos` brings, by the places in node_modules. */
const shipped = Object.entries(packages).filter(
  ([path, { dev, devOptional, link }]) => path !== "" && !dev && !devOptional && !link,
);

it("every dependency has a row, and every row is one", () => {
  const { dependencies, devDependencies, peerDependencies } = manifest();
  expect(names("installed")).toEqual(Object.keys(dependencies).sort());
  expect(names("peers")).toEqual(Object.keys(peerDependencies).sort());
  // Those that programs bring are here for tests as well.
  const others = Object.keys(devDependencies).filter((name) => !Object.hasOwn(peerDependencies, name));
  expect([...names("bundled"), ...names("work")].sort()).toEqual(others.sort());
});

it("what the page says is inside of the local AuthKit is what its notices name", () => {
  const notices = read("dist/emulator/THIRD-PARTY-NOTICES.txt");
  expect(names("bundled").filter((name) => !new RegExp(`^${name} \\d`, "m").test(notices))).toEqual([]);
});

it.each(Object.values(sections))("%s: every row has the licence that the package has, and says what for", (section) => {
  for (const [name = "", licence, what = ""] of tableBelow(page, section)) {
    expect([name, licence]).toEqual([name, installed(name.replaceAll("`", "")).license]);
    expect(what).not.toBe("");
  }
});

it("the page names every package below those, and each is under MIT or ISC", () => {
  const direct = Object.keys(manifest().dependencies);
  const all = shipped.map(([path, { license }]) => [path.replace(/^.*node_modules\//, ""), license ?? ""] as const);
  expect(all.length).toBeGreaterThan(direct.length);
  const below = [...new Set(all.map(([name]) => name))].filter((name) => !direct.includes(name)).sort();
  const [, said = ""] = /^Below them: (.+), all MIT or ISC\.$/m.exec(page) ?? [];
  expect([...said.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual(below);
  expect(all.filter(([, license]) => !["MIT", "ISC"].includes(license))).toEqual([]);
});

it("nothing of what users install runs a script then", () => {
  expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
  const own = Object.keys(manifest().scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name));
  expect(own).toEqual([]);
});

it("asks for the SDK that the doctor and programs are held to", () => {
  expect(manifest().peerDependencies["@pulumi/pulumi"]).toBe(`^${leastSdk}`);
});
