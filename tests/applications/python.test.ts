/** The vendor's SDK for Python. */
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/repository";
import { expectSuccess } from "../package/support/commands";
import { type Person, startPerson } from "./support/person";
import { pythonFor } from "./support/python";

const python = pythonFor("python");
if ("reason" in python) console.warn(`Skipped, the Python SDK: ${python.reason}`);

let authKit: Emulator;
let person: Person;
beforeAll(async () => {
  authKit = await startEmulator();
  person = await startPerson(authKit);
});
afterAll(async () => {
  await person.close();
  await authKit.close();
});

const withPython = "reason" in python ? test.skip : test;

withPython("the lines of the documentation reach the local AuthKit", async () => {
  if ("reason" in python) throw new Error(python.reason);
  const block = codeBlocks(read("docs/your-application.md")).find(({ language }) => language === "python");
  const lines = (block?.text ?? "").replace("http://localhost:4747", authKit.url);
  const program = `${lines}\nprint(workos.user_management.list_users().data)`;
  const { stdout } = await expectSuccess(python.executable, ["-c", program], { cwd: python.directory });
  expect(stdout.trim()).toBe("[]");
});

withPython("the Python SDK signs people in, manages them and organizations, and reads events", async () => {
  if ("reason" in python) throw new Error(python.reason);
  const { directory: cwd, executable } = python;
  const { stderr } = await expectSuccess(executable, [join(cwd, "suite.py")], {
    cwd,
    env: { ...process.env, AUTHKIT_URL: authKit.url, PERSON_URL: person.url },
  });
  expect(stderr).toMatch(/^Ran 8 tests/m);
  expect(stderr).toMatch(/^OK$/m);
});
