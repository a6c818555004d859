import { foldAddress } from "../../api/address";
import { emailAddress } from "../../api/schemas";
import { limits } from "../../api/schemas/limits";
import { findClient } from "../auth/clients";
import { completeLogin, waitingLogin } from "../auth/external-logins";
import { type Context } from "../context";
import { ApiError, invalidParameters, refuse } from "../errors";
import { type ConsentOption } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { createdMetadata, differs, updatedMetadata } from "./fields";
import { type Family, type HandlerInput, type Operations } from "./handler";
import { emailTaken, newUser } from "./users";

type Input = HandlerInput<Operations["externalAuth"]["completeLogin"]>;

export const externalAuth: Family<"externalAuth"> = {
  completeLogin: (input, context) => {
    const { store, url } = context;
    const keys = Object.keys(input.user.metadata ?? {}).length;
    if (keys > limits.metadata.keys) {
      const message = `must have at most ${limits.metadata.keys} keys`;
      throw invalidParameters([{ field: "user.metadata", code: "too_many", message }]);
    }
    const login = waitingLogin(input.external_auth_id, context);
    const options = (input.user_consent_options ?? []).map(readOption);
    const client = findClient(login.query.client_id ?? "", context);
    if (options.length > 0 && client?.application?.is_first_party === true) {
      const message = "A first-party application asks for no consent, so that nobody would see the options.";
      throw refuse(400, "user_consent_options_not_supported", message);
    }
    if (!emailAddress.safeParse(input.user.email).success) throw refuse(400, "invalid_email", "Not an email address.");
    const state = store.write(() => completeLogin(login, upsert(input.user, context).id, options, context));
    return { redirect_uri: `${url}/oauth2/authorize/complete?state=${state}` };
  },
};

/** The user of this `external_id`, whose address the other system vouches for. */
function upsert(given: Input["user"], context: Context): StoredUser {
  const { store, ids, clock, settings } = context;
  const known = store.users.by("external_id", given.id)[0];
  if (emailTaken(given.email, known?.id, context)) {
    throw refuse(400, "email_not_available", "Another user has this email.");
  }
  const named = {
    first_name: given.first_name ?? known?.first_name ?? null,
    last_name: given.last_name ?? known?.last_name ?? null,
    name: given.name ?? known?.name ?? null,
    external_id: given.id,
    email_verified: true,
  };
  if (known === undefined) {
    const fields = { ...named, email: given.email, metadata: createdMetadata(given.metadata) };
    const made = newUser(fields, ids.make("user"), clock.iso());
    store.users.put(made);
    return made;
  }
  const metadata = updatedMetadata(known.metadata, given.metadata, settings.switches.metadata);
  const same = foldAddress(known.email) === foldAddress(given.email);
  const changed = { ...known, ...named, email: same ? known.email : given.email, metadata };
  if (!differs(known, changed)) return known;
  const stamped = { ...changed, updated_at: clock.iso() };
  store.users.put(stamped);
  return stamped;
}

/** Claims that Connect's tokens have already. */
const reserved = new Set([
  ...["iss", "aud", "sub", "exp", "iat", "nbf", "jti", "sid", "org_id"],
  ...["client_id", "scope", "nonce", "act", "auth_time"],
]);

function readOption(option: NonNullable<Input["user_consent_options"]>[number], index: number): ConsentOption {
  const { claim, label } = option;
  if (reserved.has(claim)) {
    throw new ApiError(400, { error: "Bad Request", message: `Claim "${claim}" is reserved and cannot be used.` });
  }
  const choices = option.choices.flatMap(({ group = null, choices: members, ...one }) =>
    (members ?? [one]).map((choice) => ({ group, value: choice.value ?? "", label: choice.label ?? "" })),
  );
  if (choices.length === 0 || choices.some((choice) => choice.value === "" || choice.label === "")) {
    const message = "must have choices, each with a value and a label";
    throw invalidParameters([{ field: `user_consent_options.${index}.choices`, code: "invalid", message }]);
  }
  return { claim, label, choices };
}
