import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { users, organizationMemberships: memberships, organizations } = endpoints;
const bcrypt = `$2b$10$${"a".repeat(53)}`;

export function userAnswers(run: RunOf): void {
  const ann = () => run().call(users.create, { email: "ann@example.com" });

  test("a user is created, read by both ids, updated, listed and deleted", async () => {
    const user = await run().call(users.create, {
      ...{ email: "Ann@example.com", first_name: "Ann", last_name: null, email_verified: true },
      ...{ external_id: "ann/1", metadata: { team: "a" }, password: "long enough to pass" },
    });
    expect(await run().call(users.get, { id: user.id })).toEqual(user);
    expect(await run().call(users.getByExternalId, { external_id: "ann/1" })).toEqual(user);
    const changed = await run().call(users.update, {
      ...{ id: user.id, email: "bea@example.com", locale: "de", metadata: null, external_id: null },
      ...{ password_hash: bcrypt, password_hash_type: "bcrypt" as const },
    });
    expect(changed).toMatchObject({ email: "bea@example.com", locale: "de", metadata: {}, external_id: null });
    expect((await run().call(users.list, { email: "bea@example.com" })).data).toEqual([changed]);
    await run().call(users.delete, { id: user.id });
    expect(await run().refused(users.get, { id: user.id })).toMatchObject({ status: 404 });
  });

  test("a list has ten users, newest first, and pages in every order", async () => {
    for (let index = 0; index < 12; index++) await run().call(users.create, { email: `u${index}@example.com` });
    const page = await run().call(users.list, {});
    expect(page.data.map(({ email }) => email)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => `u${index}@example.com`),
    );
    const after = page.list_metadata.after ?? "";
    for (const order of ["asc", "desc", "normal"] as const) {
      await run().call(users.list, { order, after, limit: 1 });
      await run().call(users.list, { order, before: after, limit: 100 });
    }
  });

  test("a list is narrowed to an organization, in both spellings", async () => {
    const user = await ann();
    const { id } = await run().call(organizations.create, { name: "Acme" });
    await run().call(memberships.create, { user_id: user.id, organization_id: id });
    expect((await run().call(users.list, { organization_id: id })).data).toEqual([user]);
    expect((await run().call(users.list, { organization: id })).data).toEqual([user]);
  });

  test.each([
    ["no email", {}, 422, "invalid_request_parameters"],
    ["an email of the wrong type", { email: 5 }, 422, "invalid_request_parameters"],
    ["a taken email", { email: "ANN@example.com" }, 400, "user_creation_error"],
    ["a short password", { email: "b@example.com", password: "short" }, 400, "password_strength_error"],
    [
      "a password and a hash",
      { email: "b@example.com", password: "long enough", password_hash: bcrypt, password_hash_type: "bcrypt" },
      400,
      "password_and_password_hash_provided",
    ],
    [
      "a password and the type of a hash",
      { email: "b@example.com", password: "long enough", password_hash_type: "bcrypt" },
      400,
      "password_and_password_hash_type_provided",
    ],
    [
      "a salt's place without a hash",
      { email: "b@example.com", password_salt_position: "prefix" },
      400,
      "password_salt_position_requires_password_hash",
    ],
    [
      "a hash that is none",
      { email: "b@example.com", password_hash: "x", password_hash_type: "bcrypt" },
      400,
      "invalid_password_hash",
    ],
    ["too many keys", { email: "b@example.com", metadata: manyKeys() }, 400, "invalid_metadata"],
  ])("creating a user with %s is refused as documented", async (_what, input, status, code) => {
    await ann();
    expect(await run().refused(users.create, input)).toMatchObject({ status, code });
  });

  test.each([
    ["the email of another", { email: "bea@example.com" }, 400, "email_not_available"],
    ["the external id of another", { external_id: "bea" }, 400, "external_id_already_used"],
    ["a verified email made unverified", { email_verified: false }, 400, "email_already_verified"],
    ["what is no locale", { locale: "not a locale" }, 400, "invalid_locale"],
    ["a short password", { password: "short" }, 400, "password_strength_error"],
    [
      "a password and a hash",
      { password: "long enough", password_hash: bcrypt, password_hash_type: "bcrypt" },
      400,
      "password_and_password_hash_provided",
    ],
    [
      "a password and the type of a hash",
      { password: "long enough", password_hash_type: "bcrypt" },
      400,
      "password_and_password_hash_type_provided",
    ],
    [
      "a salt's place without a hash",
      { password_salt_position: "prefix" },
      400,
      "password_salt_position_requires_password_hash",
    ],
    ["a hash that is none", { password_hash: "x", password_hash_type: "bcrypt" }, 400, "invalid_password_hash"],
    ["too many keys", { metadata: manyKeys() }, 400, "invalid_metadata"],
    ["a name of the wrong type", { first_name: 5 }, 422, "invalid_request_parameters"],
  ])("updating a user to %s is refused as documented", async (_what, input, status, code) => {
    await run().call(users.create, { email: "bea@example.com", external_id: "bea" });
    const { id } = await run().call(users.create, { email: "ann@example.com", email_verified: true });
    expect(await run().refused(users.update, { id, ...input })).toMatchObject({ status, code });
  });

  test("an unknown user is 404 everywhere, and a page that cannot be is 422", async () => {
    for (const endpoint of [users.get, users.update, users.delete]) {
      expect(await run().refused(endpoint, { id: "user_unknown" })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(users.getByExternalId, { external_id: "unknown" })).toMatchObject({ status: 404 });
    expect(await run().refused(users.list, { limit: 101 })).toMatchObject({ status: 422 });
  });

  test("a user may be protected from deletion, and a delete may be answered in three ways", async () => {
    const { id } = await ann();
    run().control.setUserDeletionAllowed(id, false);
    expect(await run().refused(users.delete, { id })).toMatchObject({ status: 409, code: "user_deletion_not_allowed" });
    run().control.setUserDeletionAllowed(id, true);
    run().control.asyncDeletes.set({ delayMs: 1000 });
    expect(await run().accepted(users.delete, { id })).toBe(202);
    run().control.asyncDeletes.set(false);
    run().control.switches.set({ userDelete: 204 });
    expect(await run().accepted(users.delete, { id })).toBe(204);
  });
}

function manyKeys(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, "value"]));
}
