import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { word, name, email, map } from "./generators";
import { userNamed } from "../lifecycle/support/people";
import { type Row, type Subject } from "./row";

const path = "/user_management/users/{id}";
const put = (body: object) => [{ method: "PUT", path, body }];
const set = (field: string, value: unknown) => ({
  behind: ({ world, id }: Subject) => world.api.users.update({ id, [field]: value }),
});

export const bcryptHash = `$2b$10$${"abcdefghijABCDEFGHIJ0123456789./abcdefghijABCDEFGHIJklm"}`.slice(0, 60);
export const otherBcryptHash = `$2b$12$${"zyxwvutsrqZYXWVUTSRQ9876543210./zyxwvutsrqZYXWVUTSRQpon"}`.slice(0, 60);

const withHash = { password: undefined, passwordHash: bcryptHash, passwordHashType: "bcrypt" };

export const user: Row = {
  inputs: () =>
    Promise.resolve({
      email: "ann@example.com",
      firstName: "Ann",
      lastName: "Example",
      name: "Ann Example",
      emailVerified: false,
      externalId: "ann",
      metadata: { team: "red", tier: "1" },
      locale: "en",
      password: "correct-horse-battery",
    }),
  fields: {
    email: {
      to: "ann@example.org",
      sends: put({ email: "ann@example.org" }),
      drift: { ...set("email", "else@example.com"), reported: { email: "else@example.com" } },
    },
    firstName: {
      to: "Anna",
      sends: put({ first_name: "Anna" }),
      removal: put({ first_name: "" }),
      drift: { ...set("first_name", "Else"), reported: { firstName: "Else" } },
    },
    lastName: {
      to: "Sample",
      sends: put({ last_name: "Sample" }),
      removal: put({ last_name: "" }),
      drift: { ...set("last_name", "Else"), reported: { lastName: "Else" } },
    },
    name: {
      to: "A. Example",
      sends: put({ name: "A. Example" }),
      removal: put({ name: "" }),
      drift: { ...set("name", "Else"), reported: { name: "Else" } },
    },
    emailVerified: {
      to: true,
      sends: put({ email_verified: true }),
      removal: [],
      drift: {
        given: { emailVerified: true },
        // A new address starts unverified, and the old one does so again.
        behind: async ({ world, id, inputs }) => {
          await world.api.users.update({ id, email: "else@example.com" });
          await world.api.users.update({ id, email: String(inputs.email) });
        },
        reported: { emailVerified: false },
      },
    },
    externalId: {
      to: "ann-2",
      sends: put({ external_id: "ann-2" }),
      removal: put({ external_id: null }),
      drift: { ...set("external_id", "else"), reported: { externalId: "else" } },
    },
    metadata: {
      to: { team: "blue" },
      sends: put({ metadata: { team: "blue", tier: null } }),
      removal: put({ metadata: null }),
      drift: {
        ...set("metadata", { team: "red", tier: "1", added: "else" }),
        reported: { metadata: { team: "red", tier: "1", added: "else" } },
      },
    },
    locale: {
      to: "de",
      sends: put({ locale: "de" }),
      removal: put({ locale: null }),
      drift: { ...set("locale", "fr"), reported: { locale: "fr" } },
    },
    password: {
      to: "another-horse-battery",
      sends: put({ password: "another-horse-battery" }),
      removal: [],
    },
    passwordHash: {
      given: withHash,
      to: otherBcryptHash,
      sends: put({ password_hash: otherBcryptHash, password_hash_type: "bcrypt" }),
      removal: [],
      together: ["passwordHashType"],
    },
    passwordHashType: {
      given: { ...withHash, passwordHashType: "ssha" },
      to: "bcrypt",
      sends: put({ password_hash: bcryptHash, password_hash_type: "bcrypt" }),
      removal: [],
      together: ["passwordHash"],
    },
    passwordSaltPosition: {
      given: { ...withHash, passwordHashType: "ssha256", passwordSaltPosition: "prefix" },
      to: "suffix",
      sends: put({ password_hash: bcryptHash, password_hash_type: "ssha256", password_salt_position: "suffix" }),
      // Without it, the same hash means something else, so that it has to be sent again.
      removal: put({ password_hash: bcryptHash, password_hash_type: "ssha256" }),
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    adoptCredentials: { given: { adoptCredentials: true }, to: false, sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
    forceDestroy: { given: { forceDestroy: true }, to: false, sends: [], removal: [] },
  },
  touch: async ({ world, id }) => {
    await world.api.users.update({ id, first_name: "Else" });
    await world.api.users.update({ id, first_name: "Ann" });
  },
  end: ({ world, id }) => world.api.users.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().users.length,
  accepted: { email: "ann@example.com" },
  random: () => ({
    email,
    firstName: name,
    lastName: name,
    name,
    emailVerified: fc.boolean(),
    externalId: word,
    metadata: map,
    locale: fc.constantFrom("en", "de", "pt-BR"),
    password: fc.constantFrom("correct-horse-battery", "another-horse-battery"),
    passwordHash: fc.constantFrom(bcryptHash, otherBcryptHash),
    passwordHashType: fc.constant("bcrypt"),
    passwordSaltPosition: fc.constantFrom("prefix", "suffix"),
  }),
  bodies: { create: bodyOf(endpoints.users.create), updates: [bodyOf(endpoints.users.update)] },
  present: async (world) => ({ id: await userNamed(world, "ann"), inputs: { email: "Ann@Example.com" } }),
  everything: [
    {
      email: "ann@example.com",
      firstName: "Ann",
      lastName: "Archer",
      name: "Ann A.",
      emailVerified: true,
      externalId: "e-1",
      metadata: { team: "blue" },
      locale: "de",
      password: "correct-horse-battery",
      adopt: "if-exists",
      adoptCredentials: true,
      onDestroy: "delete",
      forceDestroy: true,
    },
    {
      email: "ben@example.com",
      passwordHash: "$2b$10$abcdefghijklmnopqrstuuLooksLikeAHashOfSomePassword012",
      passwordHashType: "bcrypt",
      passwordSaltPosition: "prefix",
    },
  ],
};
