import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs, {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { startEmulator } from "../../emulator";
import { Local } from "./support/local";
import { authenticate, claims, password, person, text, withPassword } from "./support/sign-in";
import { onPosix } from "../support/posix";

let directory: string;
let dataFile: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "emulator-"));
  dataFile = join(directory, "data", "authkit.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

async function inChild(): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [join(__dirname, "support", "child.cjs"), dataFile], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: chunk.toString().trim(),
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function withLocal<T>(use: (local: Local) => Promise<T> | T): Promise<T> {
  const local = await Local.start({ dataFile });
  try {
    return await use(local);
  } finally {
    await local.emulator.close();
  }
}

test("everything is there again after a restart, in the same order, and new objects come after it", async () => {
  const before = await withLocal(async (local) => {
    const user = await local.user({ external_id: "e", password: "long enough" });
    const organization = await local.organization({ domains: ["acme.com"] });
    await local.membership(user.id, organization.id);
    await local.invitation({ organization_id: organization.id });
    await local.apiKey(organization.id);
    local.control.addRole({ slug: "auditor" });
    local.control.addPermission({ slug: "logs:read", name: "Read logs" });
    local.control.asyncDeletes.set({ delayMs: 1000 });
    await local.delete(`/user_management/users/${(await local.user()).id}`);
    return { state: local.control.state(), mails: local.control.mailbox.list().map(({ id }) => id), user };
  });
  await withLocal(async (local) => {
    const withoutUrl = (state: unknown) => JSON.stringify(state).replace(/http:[^?]+/g, "");
    expect(withoutUrl(local.control.state())).toBe(withoutUrl(before.state));
    expect(local.control.mailbox.list().map(({ id }) => id)).toEqual(before.mails);
    expect(await local.control.passwordMatches(before.user.id, "long enough")).toBe(true);
    expect((await local.get("/user_management/users/external_id/e")).body.id).toBe(before.user.id);
    const next = await local.user();
    expect(next.id > (before.state.users.at(-1)?.id ?? "")).toBe(true);
    local.control.clock.advance(1000);
    expect(local.control.state().pendingDeletions).toEqual([]);
  });
});

test("nothing that was acknowledged is lost when the process is killed, and the lock of the dead is taken over", async () => {
  const child = await inChild();
  const acknowledged: string[] = [];
  const create = async (index: number): Promise<void> => {
    const response = await fetch(`${child.url}/user_management/users`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_local", "Content-Type": "application/json" },
      body: JSON.stringify({ email: `u${index}@example.com` }),
    });
    const { id } = (await response.json()) as { id: string };
    acknowledged.push(id);
    if (index < 10_000) await create(index + 4);
  };
  const writers = Promise.allSettled([0, 1, 2, 3].map(create));
  while (acknowledged.length < 100) await new Promise(setImmediate);
  await child.kill();
  await writers;
  expect(existsSync(`${dataFile}.lock`)).toBe(true);
  await withLocal(({ control }) => {
    const stored = new Set(control.state().users.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});

test("sessions, refresh tokens and the signing key are there again after a restart, and no token is in the file", async () => {
  const before = await withLocal(async (local) => {
    const user = await person(local);
    const signedIn = await withPassword(local, user.email);
    const kept = ["access_token", "refresh_token"].map((name) => text(signedIn, name));
    const file = readFileSync(dataFile, "utf8");
    expect(kept.filter((token) => file.includes(token))).toEqual([]);
    return { user, access: kept[0] ?? "", refresh: kept[1] ?? "" };
  });
  await withLocal(async (local) => {
    expect(await claims(local, before.access)).toMatchObject({ sub: before.user.id });
    const refreshed = await authenticate(local, { grant_type: "refresh_token", refresh_token: before.refresh });
    expect(refreshed.status).toBe(200);
  });
});

test("a refresh that was acknowledged before the process is killed holds: the new token works, the former does not", async () => {
  const user = await withLocal((local) => person(local));
  const child = await inChild();
  const post = async (url: string, body: object) => {
    const headers = { Authorization: "Bearer sk_test_local", "Content-Type": "application/json" };
    const client = { client_id: "client_local", client_secret: "sk_test_local" };
    const init = { method: "POST", headers, body: JSON.stringify({ ...client, ...body }) };
    return (await (await fetch(`${url}/user_management/authenticate`, init)).json()) as Record<string, string>;
  };
  let token = (await post(child.url, { grant_type: "password", email: user.email, password })).refresh_token ?? "";
  let former = "";
  for (let round = 0; round < 30; round += 1) {
    former = token;
    token = (await post(child.url, { grant_type: "refresh_token", refresh_token: token })).refresh_token ?? "";
  }
  await child.kill();
  await withLocal(async (local) => {
    const refresh = async (refresh_token: string) =>
      authenticate(local, { grant_type: "refresh_token", refresh_token });
    expect((await refresh(former)).status).toBe(400);
    expect((await refresh(token)).status).toBe(200);
  });
});

test("one data file serves one process at a time, and the lock is gone after close", async () => {
  const child = await inChild();
  await expect(startEmulator({ dataFile })).rejects.toThrow(/in use by process \d+/);
  await child.kill();
  await withLocal(async () => {
    await expect(startEmulator({ dataFile })).rejects.toThrow(`in use by process ${process.pid}`);
  });
  expect(readdirSync(join(directory, "data"))).toEqual(["authkit.jsonl"]);
});

test("a last line that was cut off is forgotten, a damaged one in the middle is an error", async () => {
  const user = await withLocal((local) => local.user());
  appendFileSync(dataFile, '[["users","user_half",{"id":"user_ha');
  await withLocal(({ control }) => expect(control.state().users).toEqual([user]));
  writeFileSync(dataFile, `${readFileSync(dataFile, "utf8")}nonsense\n[]\n`);
  await expect(startEmulator({ dataFile })).rejects.toThrow(/line \d+ is damaged/);
  expect(existsSync(`${dataFile}.lock`)).toBe(false);
  writeFileSync(dataFile, "something else\n");
  await expect(startEmulator({ dataFile })).rejects.toThrow("not a data file");
});

test("the file is compact after a start, and does not grow without end", async () => {
  await withLocal(async (local) => {
    const user = await local.user();
    const first_name = "x".repeat(100_000);
    for (let index = 0; index < 30; index += 1) {
      await local.put(`/user_management/users/${user.id}`, { first_name: `${index}${first_name}` });
    }
    expect(statSync(dataFile).size).toBeLessThan(2_000_000);
    expect(local.control.state().users[0]?.first_name).toBe(`29${first_name}`);
  });
  await withLocal(({ control }) => {
    expect(control.state().users[0]?.first_name).toMatch(/^29x/);
    expect(statSync(dataFile).size).toBeLessThan(110_000);
  });
});

test("what is several changes is one line: a delete with its cascade is there wholly or not at all", async () => {
  await withLocal(async (local) => {
    const [user, organization] = [await local.user(), await local.organization()];
    await local.membership(user.id, organization.id);
    const lines = () => readFileSync(dataFile, "utf8").trimEnd().split("\n").length;
    const before = lines();
    await local.delete(`/organizations/${organization.id}`);
    expect(lines()).toBe(before + 1);
  });
});

onPosix("the data file is readable by its owner only and holds no password and no key value", async () => {
  await withLocal(async (local) => {
    await local.user({ password: "correct horse" });
    const key = await local.apiKey((await local.organization()).id);
    const text = readFileSync(dataFile, "utf8");
    expect(text).not.toContain("correct horse");
    expect(text).not.toContain(key.value);
    expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  });
});

test("reset empties the file too", async () => {
  await withLocal(async (local) => {
    await local.user();
    local.control.reset();
  });
  await withLocal(({ control }) => expect(control.state().users).toEqual([]));
});

it("reads the data file of the first release, which lacked fields that there are today", async () => {
  dataFile = join(directory, "authkit.jsonl");
  copyFileSync(resolve(__dirname, "../matrix/fixtures/authkit-0.1.0.jsonl"), dataFile);
  await withLocal(async (local) => {
    const { control } = local.emulator;
    control.clock.set("2026-12-02T00:00:00Z");
    const { organizations, invitations, users } = control.state();
    const keys = await local.get(`/organizations/${organizations[0]?.id}/api_keys`);
    expect(keys.body).toMatchObject({ data: [{ name: "CI" }] });
    expect(control.mailbox.list()).toMatchObject([{ objectId: invitations[0]?.id, code: null }]);
    expect(users[0]).toHaveProperty("last_sign_in_at", null);
  });
});

describe("a data file", () => {
  const users = (local: Local) => local.emulator.control.state().users.map(({ email }) => email);

  test.each([
    ["of somebody else, of one line", "important"],
    ["of somebody else, with its end", "important\n"],
    ["of somebody else, in JSON", '{"a":1}\n'],
    ["that is no text", Buffer.from([0xff, 0xfe, 0x0a])],
  ])("%s is not opened, and stays as it is", async (_what, content) => {
    mkdirSync(dirname(dataFile), { recursive: true });
    writeFileSync(dataFile, content);
    await expect(startEmulator({ dataFile })).rejects.toThrow("not a data file of this emulator");
    expect(readFileSync(dataFile)).toEqual(Buffer.from(content));
  });

  test.each(['[["nothing","x_1",{}]]', '{"valid":"json"}', '[["users","user_1",7]]', "null"])(
    "with a line that nobody knows is refused with its number: %s",
    async (line) => {
      await withLocal((local) => local.user({}));
      appendFileSync(dataFile, `${line}\n`);
      const before = readFileSync(dataFile, "utf8");
      await expect(startEmulator({ dataFile })).rejects.toThrow(/line \d+ is damaged/);
      expect(readFileSync(dataFile, "utf8")).toBe(before);
    },
  );

  test("that is empty is ours to use", async () => {
    mkdirSync(dirname(dataFile), { recursive: true });
    writeFileSync(dataFile, "");
    await withLocal((local) => local.user({}));
    expect(await withLocal((local) => users(local).length)).toBe(1);
  });

  onPosix("behind a link keeps the link, and is locked under its own name", async () => {
    mkdirSync(dirname(dataFile), { recursive: true });
    const link = join(directory, "link");
    writeFileSync(dataFile, "");
    symlinkSync(dataFile, link);
    const first = await startEmulator({ dataFile: link });
    await expect(startEmulator({ dataFile })).rejects.toThrow("is in use");
    await first.close();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(dataFile, "utf8")).toContain("pulumi-workos emulator");
  });

  onPosix("is readable by its owner alone, whatever a killed process has left", async () => {
    mkdirSync(dirname(dataFile), { recursive: true });
    writeFileSync(`${dataFile}.new`, "left over", { mode: 0o666 });
    await withLocal((local) => local.user({}));
    expect(statSync(dataFile).mode & 0o777).toBe(0o600);
    expect(existsSync(`${dataFile}.new`)).toBe(false);
  });

  onPosix("behind a link that leads to nothing yet is made where the link leads", async () => {
    const folder = join(directory, "folder");
    mkdirSync(join(directory, "data"));
    symlinkSync("data", folder);
    symlinkSync(join("folder", "authkit.jsonl"), join(directory, "link"));
    const first = await startEmulator({ dataFile: join(directory, "link") });
    for (const name of [dataFile, join(folder, "authkit.jsonl"), relative(process.cwd(), dataFile)]) {
      await expect(startEmulator({ dataFile: name })).rejects.toThrow("is in use");
    }
    await first.close();
    expect(lstatSync(join(directory, "link")).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(directory, "data"))).toEqual(["authkit.jsonl"]);
    symlinkSync("round", join(directory, "round"));
    await expect(startEmulator({ dataFile: join(directory, "round") })).rejects.toThrow(/too many links/i);
  });

  onPosix("in a folder by two names that is not there yet is one file", async () => {
    symlinkSync("later", join(directory, "folder"));
    const first = await startEmulator({ dataFile: join(directory, "folder", "authkit.jsonl") });
    const again = startEmulator({ dataFile: join(directory, "later", "authkit.jsonl") });
    await expect(again).rejects.toThrow("is in use");
    await first.close();
  });

  test("with several names is refused under each, before and while it is in use", async () => {
    await withLocal((local) => local.user({}));
    const other = join(directory, "other.jsonl");
    linkSync(dataFile, other);
    const before = readFileSync(other, "utf8");
    for (const name of [dataFile, other]) {
      await expect(startEmulator({ dataFile: name })).rejects.toThrow("hard link");
    }
    expect(readFileSync(other, "utf8")).toBe(before);
    rmSync(other);
    await withLocal(async () => {
      linkSync(dataFile, other);
      await expect(startEmulator({ dataFile: other })).rejects.toThrow("hard link");
    });
  });

  test.each([
    ["a folder", (path: string) => void mkdirSync(path)],
    // Not one of the machine's own devices, which would be lost if this failed.
    ["a pipe", (path: string) => void execFileSync("mkfifo", [path])],
  ])("that is %s is refused", async (_what, make) => {
    mkdirSync(dirname(dataFile));
    make(dataFile);
    await expect(startEmulator({ dataFile })).rejects.toThrow("no file that data can be kept in");
  });

  test.each<[string, RegExp, () => void]>([
    ["removed", /was removed/, () => rmSync(dataFile)],
    ["removed with its folder", /was removed/, () => rmSync(dirname(dataFile), { recursive: true })],
    [
      "replaced",
      /was replaced/,
      () => {
        copyFileSync(dataFile, `${dataFile}.copy`);
        renameSync(`${dataFile}.copy`, dataFile);
      },
    ],
    ["emptied", /was changed/, () => truncateSync(dataFile)],
    ["written to", /was changed/, () => appendFileSync(dataFile, "[]\n")],
  ])(
    "that is %s while it is in use is told, and nothing is acknowledged that is nowhere",
    async (_what, say, spoil) => {
      await withLocal(async (local) => {
        await local.user({ email: "before@example.com" });
        spoil();
        const content = existsSync(dataFile) ? readFileSync(dataFile) : undefined;
        for (let round = 0; round < 2; round += 1) {
          const refused = await local.post("/user_management/users", { email: "after@example.com" });
          expect(refused.status).toBe(500);
          expect(refused.body.message).toMatch(say);
        }
        expect(users(local)).toEqual(["before@example.com"]);
        if (content !== undefined) expect(readFileSync(dataFile)).toEqual(content);
      });
    },
  );

  test("whose lock was taken away keeps the lock of whoever came then", async () => {
    await withLocal(() => writeFileSync(`${dataFile}.lock`, "1"));
    expect(readFileSync(`${dataFile}.lock`, "utf8")).toBe("1");
  });

  onPosix("is readable by its owner, whatever the mask of the process", async () => {
    const mask = process.umask(0o777);
    try {
      mkdirSync(dirname(dataFile), { recursive: true });
      chmodSync(dirname(dataFile), 0o700);
      await withLocal((local) => local.user({}));
    } finally {
      process.umask(mask);
    }
    expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["no text", Buffer.from([0x5b, 0xff, 0x5d])],
    ["of an object under another's id", Buffer.from('[["users","user_1",{"id":"user_2","email":"a@b.co"}]]')],
    ["of an object that lacks what it is found by", Buffer.from('[["users","user_1",{"id":"user_1"}]]')],
    ["empty", Buffer.from("")],
    ["of zeros, as a hole is", Buffer.alloc(20)],
  ])("with a line that is %s is refused with its number, and stays as it is", async (_what, bad) => {
    await withLocal((local) => local.user({}));
    const lines = readFileSync(dataFile, "utf8").split("\n").length;
    appendFileSync(dataFile, Buffer.concat([bad, Buffer.from("\n[]\n")]));
    const before = readFileSync(dataFile);
    await expect(startEmulator({ dataFile })).rejects.toThrow(`line ${lines} is damaged`);
    expect(readFileSync(dataFile)).toEqual(before);
  });

  test("whose last line was cut in the middle of a letter is ours", async () => {
    await withLocal((local) => local.user({ email: "ann@example.com" }));
    appendFileSync(dataFile, Buffer.from('[["users","user_1",{"first_name":"é').subarray(0, -1));
    expect(await withLocal(users)).toEqual(["ann@example.com"]);
  });

  test("loses nothing, and leaves nothing behind, when there is no room to make it smaller", async () => {
    const kept = await withLocal(async (local) => {
      const { id } = await local.user({ email: "ann@example.com" });
      const open = jest.spyOn(fs, "openSync").mockImplementation(() => {
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      });
      const first_name = "x".repeat(100_000);
      for (let index = 0; index < 15; index++) {
        const answer = await local.put(`/user_management/users/${id}`, { first_name: `${index}${first_name}` });
        expect(answer.status).toBe(200);
      }
      expect(open).toHaveBeenCalled();
      open.mockRestore();
      return local.control.state().users;
    });
    expect(readdirSync(dirname(dataFile))).toEqual(["authkit.jsonl"]);
    expect(await withLocal(({ control }) => control.state().users)).toEqual(kept);
  });

  test("loses nothing that was answered when the disk is full for a while, in the middle of a line", async () => {
    const kept = await withLocal(async (local) => {
      await local.user({ email: "before@example.com" });
      const write = jest.spyOn(fs, "writeSync").mockImplementation(((descriptor: number, bytes: Buffer, from = 0) => {
        write.mockRestore();
        // Half of the line is taken; then there is no room.
        fs.writeSync(descriptor, bytes, from, 20, fs.statSync(dataFile).size);
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      }) as never);
      const refused = await local.post("/user_management/users", { email: "full@example.com" });
      expect(refused.status).toBe(500);
      await local.user({ email: "after@example.com" });
      return users(local);
    });
    expect(kept).toEqual(["before@example.com", "after@example.com"]);
    expect(await withLocal(users)).toEqual(kept);
  });
});
