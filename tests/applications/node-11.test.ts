/** The vendor's newest SDK for Node, on the Node that it asks for. */
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { expectSuccess } from "../package/support/commands";
import { node22, noNode22 } from "./support/node-22";
import { type Person, startPerson } from "./support/person";
import { installed } from "./support/workplaces";

if (noNode22 !== undefined) console.warn(`Skipped, @workos-inc/node 11: ${noNode22}`);
const onNode22 = noNode22 === undefined ? test : test.skip;

let authKit: Emulator;
let person: Person;
beforeAll(async () => {
  authKit = await startEmulator({ switches: { loginUri: "http://localhost:4000/login" } });
  person = await startPerson(authKit);
});
afterAll(async () => {
  await person.close();
  await authKit.close();
});

onNode22("@workos-inc/node 11 signs people in, manages them, and reads events", async () => {
  const [cwd, node] = await Promise.all([installed("node-11"), node22()]);
  const { stdout } = await expectSuccess(node, ["--test", "--test-reporter=tap", join(cwd, "suite.mjs")], {
    cwd,
    env: { ...process.env, AUTHKIT_PORT: String(authKit.port), PERSON_URL: person.url },
  });
  expect(stdout).toMatch(/^# pass 8$/m);
  expect(stdout).toMatch(/^# skipped 0$/m);
});
