/** Deletions that take a while, and one that the vendor refuses. One stack, whose tests tell one story in their order. */
import { diagnostics } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack({
  program: `
import * as workos from "pulumi-workos";
new workos.Organization("acme", { name: "Acme" });
new workos.User("ann", { email: "ann@example.com" });
`,
});

const requests = (method: string, path: RegExp) =>
  stack()
    .emulator.control.requests.list()
    .filter((request) => request.method === method && path.test(request.path));

test("a user that the vendor keeps is an error with its reason, and stays in the stack", async () => {
  const { project, emulator } = stack();
  await ok(project.up());
  const [ann] = emulator.control.state().users;
  emulator.control.setUserDeletionAllowed(ann?.id ?? "", false);
  const refused = await project.destroy();
  expect(refused.code).not.toBe(0);
  const message = diagnostics(refused);
  expect(message).toMatch(
    /error: DELETE \/user_management\/users\/user_\w+ → 409 user_deletion_not_allowed: .+ \[request req_\w+\]\n +The user still exists and stays in the stack\. Remove what the reason names and run again; .+ set onDestroy: "retain"/,
  );
  expect(message.split("user_deletion_not_allowed")).toHaveLength(2);
  expect(message).not.toMatch(/^\s+at /m);
  emulator.control.setUserDeletionAllowed(ann?.id ?? "", true);
});

test("a deletion that outlasts workos:deleteTimeout is an error that says it is pending", async () => {
  const { project, emulator } = stack();
  emulator.control.asyncDeletes.set({ delayMs: 3_600_000 });
  const late = await project.destroy({ env: { WORKOS_DELETE_TIMEOUT: "0.1" } });
  expect(late.code).not.toBe(0);
  expect(diagnostics(late)).toMatch(
    /error: The vendor accepted the deletion of the user ann@example\.com \(user_\w+\) but it still exists after 0\.1 seconds: the deletion is pending\. Run again later to find it done, or allow more time with `pulumi config set workos:deleteTimeout SECONDS`\./,
  );
  expect((await project.state()).deployment.resources?.map(({ type }) => type)).toContain(
    "pulumi-nodejs:dynamic/workos:User",
  );
});

test("the next run finds it done", async () => {
  const { project, emulator } = stack();
  emulator.control.clock.advance(3_600_000);
  await ok(project.destroy());
  expect((await project.state()).deployment.resources ?? []).toEqual([]);
});

test("an accepted deletion is waited for until the object is gone", async () => {
  const { project, emulator } = stack();
  await ok(project.up());
  emulator.control.asyncDeletes.set({ delayMs: 400 });
  emulator.control.requests.clear();
  await ok(project.destroy());
  for (const path of [/^\/user_management\/users\/user_/, /^\/organizations\/org_/]) {
    expect(requests("DELETE", path).map(({ status }) => status)).toEqual([202]);
    const polls = requests("GET", path).map(({ status }) => status);
    expect(polls.at(-1)).toBe(404);
    expect(polls.length).toBeGreaterThan(1);
  }
  expect(emulator.control.state()).toMatchObject({ users: [], organizations: [], pendingDeletions: [] });
});
