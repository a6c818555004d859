// What the benches judge by: their fits, their page of results, and that the baselines make the calls they stand for.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { type Emulator, startEmulator } from "../../emulator";
import { repository } from "../support/repository";
import { call } from "./modules";

const bench = (file: string, name: string, ...args: unknown[]) => call(`../../bench/lib/${file}`, name, ...args);

describe("fits", () => {
  const points = (grow: (x: number) => number) => [10, 100, 1_000, 10_000].map((x) => ({ x, y: grow(x) }));

  test.each([
    ["flat", (): number => 3, { slope: 0, intercept: 3, r2: 1 }],
    ["linear", (x: number) => 4 + 3 * x, { slope: 3, intercept: 4, r2: 1 }],
  ])("%s growth is the line it lies on", async (_name, grow, { slope, intercept, r2 }) => {
    const fit = (await bench("fit.mjs", "line", points(grow))) as Record<string, number>;
    expect(fit.slope).toBeCloseTo(slope, 9);
    expect(fit.intercept).toBeCloseTo(intercept, 6);
    expect(fit.r2).toBeCloseTo(r2, 9);
  });

  test("points off the line lower what it explains", async () => {
    const noisy = [1, 2, 3, 4].map((x) => ({ x, y: x % 2 }));
    expect(((await bench("fit.mjs", "line", noisy)) as { r2: number }).r2).toBeCloseTo(0.2, 9);
  });

  test.each([
    [0, (): number => 5],
    [1, (x: number) => 7 * x],
    [2, (x: number) => 0.1 * x * x],
  ])("growth as the power %d is told by its exponent", async (exponent, grow) => {
    const fit = (await bench("fit.mjs", "power", points(grow))) as { exponent: number };
    expect(fit.exponent).toBeCloseTo(exponent, 9);
  });

  test("the median of an even number lies between the two in the middle", async () => {
    expect(await bench("fit.mjs", "median", [9, 1, 3])).toBe(3);
    expect(await bench("fit.mjs", "median", [9, 1, 3, 4])).toBe(3.5);
  });
});

describe("the page of results", () => {
  const page = "# Results\n\n## One\n\nold\n\n## Two\n\nkept\n";

  test("a part measured anew takes the place of the old one", async () => {
    expect(await bench("results.mjs", "replacePart", page, "One", "## One\n\nnew\n")).toBe(
      "# Results\n\n## One\n\nnew\n\n## Two\n\nkept",
    );
  });

  test("a part that was not there comes last", async () => {
    expect(await bench("results.mjs", "replacePart", page, "On", "## On\n\nnew\n")).toBe(
      "# Results\n\n## One\n\nold\n\n## Two\n\nkept\n\n## On\n\nnew",
    );
  });
});

describe("the cost of one lifecycle call and of loading", () => {
  async function tableOf(file: string): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [join(repository, "bench", file), "--quick"], {
      cwd: repository,
    });
    return stdout;
  }

  test("is what remains of a call when both sides make the same requests", async () => {
    expect(await tableOf("overhead.mjs")).toMatch(/^\| delete \| [\d.]+ ms \| [\d.]+ ms \| -?[\d.]+ ms \|$/m);
  });

  test("is told from the import to the first request, without a server", async () => {
    expect(await tableOf("start-up.mjs")).toMatch(/^\| provider, first request \| \d+ ms \|/m);
  });
});

describe("the baselines", () => {
  let authKit: Emulator;
  const emails = Array.from({ length: 15 }, (_, index) => `person-${index}@example.com`);
  const calls = () => {
    const all = authKit.control.requests.list().map(({ method, status }) => `${method} ${status}`);
    authKit.control.requests.clear();
    return Object.fromEntries([...new Set(all)].map((kind) => [kind, all.filter((other) => other === kind).length]));
  };
  const founded = async () => {
    const answer = await fetch(`${authKit.url}/organizations`, {
      method: "POST",
      headers: { authorization: `Bearer ${authKit.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Acme" }),
    });
    authKit.control.requests.clear();
    return ((await answer.json()) as { id: string }).id;
  };
  const target = () => ({ url: authKit.url, apiKey: authKit.apiKey });

  beforeEach(async () => {
    authKit = await startEmulator();
  });
  afterEach(() => authKit.close());

  test("one request per object makes the peer's number of calls: two a member, and two more", async () => {
    const { result } = (await bench("per-object.mjs", "createPerObject", target(), await founded(), emails)) as {
      result: unknown;
    };
    expect(calls()).toEqual({ "POST 201": 30 });
    expect(await bench("per-object.mjs", "readPerObject", target(), result)).toMatchObject({ failed: 0 });
    expect(calls()).toEqual({ "GET 200": 32 });
  });

  test("one request per object gives up after three more attempts", async () => {
    const organization = await founded();
    authKit.control.faults.add({ method: "GET", status: 429, times: null, headers: { "retry-after": "0" } });
    const objects = { organization, users: [], memberships: [] };
    expect(await bench("per-object.mjs", "readPerObject", target(), objects)).toMatchObject({ failed: 2 });
    expect(calls()).toEqual({ "GET 429": 8 });
  });

  test("the floor is two writes a member and nothing else", async () => {
    await bench("floor.mjs", "createAtTheFloor", target(), await founded(), emails, true);
    expect(calls()).toEqual({ "POST 201": 30 });
    expect(authKit.control.state().organizationMemberships).toHaveLength(15);
  });
});
