/** A person in the environment. Operations: `UserlandUsersController` in the vendor's specification. */
import type { EndpointInput } from "../api/endpoint";
import { hasCode } from "../api/errors";
import { undefinedIfMissing } from "../api/missing";
import { passwordHashTypes } from "../api/password-hash-types";
import type { UserObject } from "../api/schemas";
import type { createUser, updateUser } from "../api/users";
import { foldedCase, onceTrueStays, sameMap } from "./comparisons";
import { recoverByKey } from "./recovery";
import {
  type Failure,
  type Inputs,
  optional,
  output,
  type RemoteUpdate,
  required,
  resource,
  writeOnly,
} from "./resource";
import { emailAddress, flag, metadata, oneOf, secretText, text } from "./shapes";

const hashFields = ["passwordHash", "passwordHashType", "passwordSaltPosition"] as const;

export const user = resource({
  kind: "User",
  noun: "user",
  inputs: {
    /** Email address, the person's identity: unique in the environment, letter case aside. */
    email: required(emailAddress(), { same: foldedCase }),
    /** Given name. */
    firstName: optional(text(), { clear: "" }),
    /** Family name. */
    lastName: optional(text(), { clear: "" }),
    /** Full display name, where it is not simply given and family name. */
    name: optional(text(), { clear: "" }),
    /**
     * Whether the address counts as verified. Default: `false`. The vendor never takes a verification back, so `false`
     * is satisfied by a person who verified since; `true` is sent again when the address changes.
     */
    emailVerified: optional(flag(), { same: onceTrueStays }),
    /** The person's id in your own system: unique in the environment, at most 128 ASCII characters. */
    externalId: optional(text({ max: 128, ascii: true }), { clear: null }),
    /**
     * Your own data about the person: at most 50 keys of 40 characters, values of at most 600. The declared map is the
     * whole map: other keys are drift and are removed.
     */
    metadata: optional(metadata(), { clear: null, merged: true, same: sameMap }),
    /** Preferred language, as a BCP 47 tag such as `en` or `pt-BR`. */
    locale: optional(text(), { clear: null, afterCreate: true }),
    /** Password in plain text. Sent when it changes, never read back, a secret. Excludes `passwordHash`. */
    password: writeOnly(secretText(), { secret: true }),
    /** Hash of a password taken over from another system. Sent when it changes, a secret. Needs `passwordHashType`. */
    passwordHash: writeOnly(secretText(), { secret: true, sentWith: hashFields }),
    /** How `passwordHash` was made. */
    passwordHashType: writeOnly(oneOf(passwordHashTypes), { sentWith: hashFields }),
    /** Where the salt stands in what was hashed, for hash types that need to be told. */
    passwordSaltPosition: writeOnly(oneOf(["prefix", "suffix"]), { sentWith: hashFields }),
  },
  outputs: {
    /** Whether the person (or an administrator) has verified the address. */
    emailVerified: output<boolean>(),
    /** Your own data about the person; empty when there is none. */
    metadata: output<Record<string, string>>({ from: (object) => object.metadata ?? {} }),
    /** Picture from the person's identity provider. */
    profilePictureUrl: output<string | undefined>(),
    /** When the person last signed in (RFC 3339), as of the last change made or found; not refreshed by itself. */
    lastSignInAt: output<string | undefined>({ volatile: true }),
    /** When the user was created (RFC 3339). */
    createdAt: output<string>(),
    /** When the user last changed (RFC 3339), as of the last change made or found. */
    updatedAt: output<string>({ volatile: true }),
  },
  label: (values) => String(values.email),
  together: onePassword,
  remote: {
    create: (api, body: EndpointInput<typeof createUser>): Promise<UserObject> => api.users.create(body),
    recover: (recovery) =>
      recoverByKey(recovery, async ({ api, inputs }) => {
        const email = String(inputs.email);
        const page = await api.users.list({ email, limit: 100 });
        return page.data.filter((found) => foldedCase(email, found.email));
      }),
    get: (api, id) => api.users.get({ id }).catch(undefinedIfMissing),
    async update({ api, id, body, inputs, changes, done }: RemoteUpdate<UserObject, Update>) {
      if (Object.keys(body).length > 0) {
        done(await api.users.update({ id, ...keepVerified(body, changes, inputs) }));
      }
    },
    async delete(api, id) {
      await api.users.delete({ id }).catch(undefinedIfMissing).catch(explainRefusal);
      return "pending";
    },
  },
});

type Update = Omit<EndpointInput<typeof updateUser>, "id">;

/** A new address starts unverified at the vendor: what the program declares is sent along in the same call. */
function keepVerified(body: Update, changes: readonly { property: string }[], inputs: Inputs): Update {
  const moved = changes.some((change) => change.property === "email");
  return moved && inputs.emailVerified === true ? { ...body, email_verified: true } : body;
}

/** The vendor does not document what makes it refuse; its message is all there is to go by. */
function explainRefusal(error: unknown): never {
  if (hasCode(error, "user_deletion_not_allowed")) {
    throw new Error(
      `${error.message}\nThe user still exists and stays in the stack. Remove what the reason names and run again; to only stop managing the user, set retainOnDelete and remove it from the program.`,
    );
  }
  throw error;
}

function onePassword(inputs: Inputs): Failure[] {
  const given = (name: string) => inputs[name] !== undefined;
  const failures: Failure[] = [];
  if (given("password") && given("passwordHash")) {
    failures.push({
      property: "passwordHash",
      reason: "excludes password; give the plain password or its hash, not both",
    });
  }
  if (given("passwordHash") && !given("passwordHashType")) {
    failures.push({
      property: "passwordHashType",
      reason: `is needed with passwordHash; it is one of ${passwordHashTypes.join(", ")}`,
    });
  }
  for (const name of ["passwordHashType", "passwordSaltPosition"]) {
    if (given(name) && !given("passwordHash")) {
      failures.push({
        property: name,
        reason: "says how passwordHash was made; give passwordHash too, or leave it out",
      });
    }
  }
  return failures;
}
