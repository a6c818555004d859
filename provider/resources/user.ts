/** A person in the environment. Operations: `UserlandUsersController` in the vendor's specification. */
import type { Api, OrganizationMembershipObject, UserObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { passwordHashTypes } from "../../api/schemas/password-hash-types";
import { sameAddress } from "../declare/address";
import { foldedCase, onceTrueStays, sameMap } from "../declare/comparisons";
import { adopt, adoptCredentials, adopted, fieldsOf, forceDestroy, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { type Failure, type InputValues, resourceOf } from "../declare/resource";
import { emailAddress, externalId, flag, metadata, oneOf, secretText, text } from "../declare/shapes";
import { findUser, notKeeping, rolesOf, whereOf, whoIsInTheWay } from "../people";
import { keyHeld, named } from "../wording";

const { required, optional, writeOnly, output } = fieldsOf<UserObject>();

const inputs = {
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
  emailVerified: optional(flag(), { same: onceTrueStays, credential: true }),
  /** The person's id in your own system: unique in the environment, at most 128 ASCII characters. */
  externalId: optional(externalId(), { clear: null }),
  /**
   * Your own data about the person: at most 50 keys of 40 characters, values of at most 600. The declared map is the
   * whole map: other keys are drift and are removed.
   */
  metadata: optional(metadata(), { clear: null, merged: true, same: sameMap }),
  /** Preferred language, as a BCP 47 tag such as `en` or `pt-BR`. */
  locale: optional(text(), { clear: null, afterCreate: true }),
  /** Password in plain text. Sent when it changes, never read back, a secret. Excludes `passwordHash`. */
  password: writeOnly(secretText(), { secret: true, credential: true }),
  /** Hash of a password taken over from another system. Sent when it changes, a secret. Needs `passwordHashType`. */
  passwordHash: writeOnly(secretText(), { secret: true, credential: true }),
  /** How `passwordHash` was made. */
  passwordHashType: writeOnly(oneOf(passwordHashTypes), { credential: true }),
  /** Where the salt stands in what was hashed, for hash types that need to be told. */
  passwordSaltPosition: writeOnly(oneOf(["prefix", "suffix"]), { credential: true }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * Whether an adopted user's password, verification or address may be changed. Default: `false`, since a pull request
   * must not be a way to take over an account.
   */
  adoptCredentials,
  /**
   * What removing it from the program does: `delete` it, or `retain` it. Default: `delete`, and `retain` for what was
   * adopted.
   */
  onDestroy,
  /**
   * Allows deleting it with the access that hangs on it, where the setting `requireForceDestroy` demands that.
   * Default: `false`.
   */
  forceDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Whether the person (or an administrator) has verified the address. */
  emailVerified: output<boolean>({ otherwise: () => false }),
  /** Your own data about the person; empty when there is none. */
  metadata: output<Record<string, string>>({ from: (object) => object.metadata ?? {}, otherwise: () => ({}) }),
  /** Picture from the person's identity provider. */
  profilePictureUrl: output<string | undefined>(),
  /** When the person last signed in (RFC 3339), as of the last change made or found; not refreshed by itself. */
  lastSignInAt: output<string | undefined>({ volatile: true }),
  /** When the user was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the user last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;

export const user = resourceOf<UserObject>()({
  kind: "User",
  noun: "user",
  keys: [["email"], ["externalId"]],
  inputs,
  outputs,
  changesAccess: "everything",
  address: "email",
  label: ({ email }) => email,
  together: onePassword,

  create: ({ api, body }) => api.users.create(body),
  existing: {
    find,
    taken: ["email_not_available", "external_id_already_used", "user_already_exists"],
    describe: ({ email }) => email,
    another: (found, { email, externalId }) =>
      externalId === undefined || sameAddress(found.email, email)
        ? undefined
        : keyHeld("external id", externalId, `${found.email} (${found.id})`),
  },
  lostAnswer: ({ email }) => foundAgain((api) => findUser(api, email)),
  // Found by external id, where the program may move the account to the declared address.
  admits: ({ email }, _context, found) => found && { declared: email, address: () => Promise.resolve(found.email) },
  list: { group: () => "", page: (api, _state, page) => api.users.list(page), byId: true },
  get: (api, id) => api.users.get({ id }).catch(undefinedIfMissing),
  updates: [
    {
      whole: ["passwordHash", "passwordHashType", "passwordSaltPosition"],
      async send({ api, context, id, body, inputs: declared, state }) {
        if (body.email !== undefined && state.adopted && declared.adoptCredentials !== true) {
          throw new Error(
            `${state.email} was adopted, and ${body.email} would move that person's account to another address. Declare the address it has, or allow it with adoptCredentials: true.`,
          );
        }
        // A new address starts unverified at the vendor: what the program declares is sent along in the same call.
        const verified = body.email !== undefined && declared.emailVerified ? { email_verified: true } : {};
        const now = await api.users.update({ id, ...body, ...verified });
        if (body.email !== undefined) {
          context.messages.say(`The account ${id} has the address ${now.email} now, with all its access.`);
        }
        return now;
      },
    },
  ],
  async delete(context, id, state) {
    const { api, guards, messages } = context;
    if (isRetained(state)) {
      messages.say(`${state.email} is retained: the user stays, with the access that no other resource ends.`);
      return "gone";
    }
    const forced = state.forceDestroy === true;
    let active: readonly OrganizationMembershipObject[] = [];
    const deleted = await guards.removeUser(api, id, forced, (memberships = []) => {
      active = memberships;
      return ended(api.users.delete({ id }));
    });
    if (deleted) {
      const places = active.map((one) => `${whereOf(one)} (${rolesOf(one).join(", ")})`);
      const lost = places.length > 0 ? ` That was access to ${named(places)}.` : "";
      // Somebody else may have the address by now: the id says who it is without asking.
      messages.say(`${state.email} (${id}) loses all access: the user is deleted${notKeeping(context, id)}${lost}`);
      return "pending";
    }
    const other = await findUser(api, state.email);
    messages.say(
      `${state.email} (${id}) was deleted already${other ? `; another user, ${other.id}, has the address now and keeps whatever access it has` : ""}.`,
    );
    return "gone";
  },
  explain: (error, { api, inputs: declared }) =>
    hasCode(error, "user_deletion_not_allowed")
      ? `The user still exists and stays in the stack. Remove what the reason names and run again; to only stop managing the user, set onDestroy: "retain" and run \`pulumi up\` before it is removed.`
      : whoIsInTheWay(error, api, declared),
});

/** By email and, where declared, by external id: both must lead to the same person. */
async function find(api: Api, inputs: Values): Promise<UserObject | undefined> {
  const { email, externalId } = inputs;
  const [byEmail, byExternalId] = await Promise.all([
    findUser(api, email),
    externalId === undefined
      ? undefined
      : api.users.getByExternalId({ external_id: externalId }).catch(undefinedIfMissing),
  ]);
  if (byEmail && byExternalId && byEmail.id !== byExternalId.id) {
    throw new Error(
      `The email ${email} belongs to ${byEmail.id} and the external id ${externalId} to ${byExternalId.id} (${byExternalId.email}): they are different users, and which one is meant cannot be told. Correct one of the two.`,
    );
  }
  if (!byEmail && byExternalId && inputs.adoptCredentials !== true && (inputs.adopt ?? "never") !== "never") {
    throw new Error(
      `The external id ${externalId} belongs to ${byExternalId.id}, whose email is ${byExternalId.email} and not ${email}. Taking it over would move that person's account to another address: declare the address it has, or allow it with adoptCredentials: true.`,
    );
  }
  return byEmail ?? byExternalId;
}

function onePassword(inputs: Partial<Values>): Failure<keyof Values>[] {
  const given = (name: keyof Values) => inputs[name] !== undefined;
  const failures: Failure<keyof Values>[] = [];
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
  for (const name of ["passwordHashType", "passwordSaltPosition"] as const) {
    if (given(name) && !given("passwordHash")) {
      failures.push({
        property: name,
        reason: "says how passwordHash was made; give passwordHash too, or leave it out",
      });
    }
  }
  return failures;
}
