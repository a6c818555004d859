import { type Context } from "../context";
import { deleteUser } from "../deletions";
import { invalidParameters, notFound, refuse, refuseWithList } from "../errors";
import { page } from "../pages";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { createdMetadata, differs, updatedMetadata } from "./fields";
import { type Family, Reply } from "./handler";
import { readPassword } from "../passwords/password";
import { presentUser } from "./present";

export const users: Family<"users"> = {
  /** An unknown organization gives an empty list: the specification has no 404 for this operation. */
  list: (query, { store }) => {
    const organizationId = query.organization_id ?? query.organization;
    const email = query.email === undefined ? undefined : foldAddress(query.email);
    const member = (id: string) =>
      organizationId === undefined || store.memberships.idsBy("pair", pairKey(id, organizationId)).size > 0;
    const ids =
      email !== undefined
        ? store.users.idsBy("email", email)
        : organizationId !== undefined
          ? store.memberships.idsBy("organization_users", organizationId)
          : store.users.ids();
    const found = page(ids, "user", query, (id) => (member(id) ? store.users.get(id) : undefined));
    return { ...found, data: found.data.map(presentUser) };
  },

  create: async (body, context) => {
    const { store, clock, ids } = context;
    const metadata = createdMetadata(body.metadata);
    const password = (await readPassword(body)) ?? null;
    return store.write(() => {
      const taken = [
        ...(emailTaken(body.email, undefined, context)
          ? [{ field: "email", code: "email_not_available", message: "This email is not available." }]
          : []),
        // The specification names `external_id_already_used` for updates only, so here it is an entry in the list.
        ...(externalIdTaken(body.external_id, undefined, context)
          ? [{ field: "external_id", code: "external_id_already_used", message: "This external id is already used." }]
          : []),
      ];
      if (taken.length > 0) throw refuseWithList("user_creation_error", taken);
      const user = newUser(
        {
          email: body.email,
          email_verified: body.email_verified ?? false,
          first_name: body.first_name ?? null,
          last_name: body.last_name ?? null,
          name: body.name ?? null,
          external_id: body.external_id ?? null,
          metadata,
          password,
        },
        ids.make("user"),
        clock.iso(),
      );
      store.users.put(user);
      return presentUser(user);
    });
  },

  get: ({ id }, { store }) => presentUser(existing(id, store.users.get(id))),

  getByExternalId: ({ external_id }, { store }) =>
    presentUser(existing(external_id, store.users.by("external_id", external_id)[0])),

  update: async (input, context) => {
    const { store, clock, settings } = context;
    const { id } = input;
    existing(id, store.users.get(id));
    checkLocale(input.locale);
    const password = await readPassword(input);
    return store.write(() => {
      // Read again: another request may have changed or deleted the user while the password was hashed.
      const user = existing(id, store.users.get(id));
      if (input.email !== undefined && emailTaken(input.email, id, context)) throw refuse(400, "email_not_available");
      if (externalIdTaken(input.external_id, id, context)) throw refuse(400, "external_id_already_used");
      const newAddress = input.email !== undefined && foldAddress(input.email) !== foldAddress(user.email);
      if (input.email_verified === false && user.email_verified && !newAddress) {
        throw refuse(400, "email_already_verified", "A verified email cannot be marked as unverified.");
      }
      const changed: StoredUser = {
        ...user,
        email: input.email ?? user.email,
        email_verified: input.email_verified ?? (newAddress ? false : user.email_verified),
        first_name: cleared(input.first_name, user.first_name),
        last_name: cleared(input.last_name, user.last_name),
        name: cleared(input.name, user.name),
        external_id: input.external_id === undefined ? user.external_id : input.external_id,
        locale: input.locale === undefined ? user.locale : input.locale,
        metadata: updatedMetadata(user.metadata, input.metadata, settings.switches.metadata),
        password: password ?? user.password,
      };
      if (!differs(user, changed)) return presentUser(user);
      const stamped = { ...changed, updated_at: clock.iso() };
      store.users.put(stamped);
      return presentUser(stamped);
    });
  },

  delete: ({ id }, context) => {
    const user = existing(id, context.store.users.get(id));
    if (user.protected) throw refuse(409, "user_deletion_not_allowed", "This user cannot be deleted.");
    return new Reply(deleteUser(id, context), null);
  },
};

type NewUser = Pick<StoredUser, "email" | "email_verified"> & Partial<StoredUser>;

export function newUser(fields: NewUser, id: string, now: string): StoredUser {
  return {
    first_name: null,
    last_name: null,
    name: null,
    external_id: null,
    metadata: {},
    locale: null,
    password: null,
    last_sign_in_at: null,
    protected: false,
    ...fields,
    id,
    created_at: now,
    updated_at: now,
  };
}

function existing(id: string, user: StoredUser | undefined): StoredUser {
  if (user === undefined) throw notFound("User", id);
  return user;
}

export const requireUser = (id: string, { store }: Context) => existing(id, store.users.get(id));

/** An object whose delete is still pending keeps its address and external id. */
export function emailTaken(email: string, except: string | undefined, { store }: Context): boolean {
  return store.users.by("email", foldAddress(email)).some((user) => user.id !== except);
}

function externalIdTaken(externalId: string | null | undefined, except: string | undefined, { store }: Context) {
  return typeof externalId === "string" && store.users.by("external_id", externalId).some(({ id }) => id !== except);
}

/** Both `null` and the empty text clear a name. */
function cleared(given: string | null | undefined, current: string | null): string | null {
  if (given === undefined) return current;
  return given === "" ? null : given;
}

function checkLocale(locale: string | null | undefined): void {
  if (typeof locale !== "string") return;
  if (locale.length > 64) {
    throw invalidParameters([{ field: "locale", code: "too_long", message: "locale is too long." }]);
  }
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw refuse(400, "invalid_locale", `'${locale}' is not a locale.`);
  }
}

/** The vendor spells GitHub one way where a person signs in and another way here. */
const shownProvider = (provider: string) => (provider === "GitHubOAuth" ? "GithubOAuth" : provider);

export const userIdentities: Family<"userIdentities"> = {
  list: ({ user_id }, context) => {
    requireUser(user_id, context);
    return context.store.identities
      .by("user", user_id)
      .map(({ idp_id, provider }) => ({ idp_id, type: "OAuth", provider: shownProvider(provider) }));
  },
};
