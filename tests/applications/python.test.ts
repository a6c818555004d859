/** The vendor's SDK for Python. */
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
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

("reason" in python ? test.skip : test)(
  "the Python SDK signs people in, manages them and organizations, and reads events",
  async () => {
    if ("reason" in python) throw new Error(python.reason);
    const { directory: cwd, executable } = python;
    const { stderr } = await expectSuccess(executable, [join(cwd, "suite.py")], {
      cwd,
      env: { ...process.env, AUTHKIT_URL: authKit.url, PERSON_URL: person.url },
    });
    expect(stderr).toMatch(/^Ran 8 tests/m);
    expect(stderr).toMatch(/^OK$/m);
  },
);
