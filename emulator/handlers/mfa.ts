import { challengeFactor, takeChallenge } from "../auth/one-time-codes";
import { isTotpSecret, newTotpSecret } from "../auth/totp";
import { type Context } from "../context";
import { invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredFactor } from "../store/auth-entities";
import { type Family } from "./handler";
import { presentChallenge, presentEnrolledFactor, presentFactor } from "./present-auth";
import { requireUser } from "./users";

export const mfa: Family<"mfa"> = {
  enrollForUser: (input, context) => {
    const { email } = requireUser(input.user_id, context);
    const secret = input.totp_secret ?? newTotpSecret();
    if (!isTotpSecret(secret)) throw invalid("totp_secret", "invalid_totp_secret", "Must be Base32 without spaces.");
    const totp = { issuer: input.totp_issuer ?? "Local AuthKit", user: input.totp_user ?? email, secret };
    return context.store.write(() => {
      const factor = putFactor({ type: "totp", user_id: input.user_id, totp }, context);
      return {
        authentication_factor: presentEnrolledFactor(factor),
        authentication_challenge: presentChallenge(challengeFactor(factor, context)),
      };
    });
  },

  listForUser: (query, { store }) => {
    const ids = store.factors.idsBy("user", query.user_id);
    const found = page(ids, "auth_factor", query, (id) => store.factors.get(id));
    return { ...found, data: found.data.map(presentFactor) };
  },

  enroll: (input, context) => {
    const user_id = input.user_id ?? null;
    if (user_id !== null) requireUser(user_id, context);
    if (input.type !== "totp") {
      const phone_number = input.phone_number ?? null;
      if (input.type === "sms" && (phone_number === null || !/^\+?[\d\s().-]{5,20}$/.test(phone_number))) {
        throw invalid("phone_number", "invalid_phone_number", "A phone number is needed.");
      }
      return presentEnrolledFactor(putFactor({ type: input.type, user_id, phone_number }, context));
    }
    const { totp_issuer: issuer, totp_user: user } = input;
    if (issuer === undefined) throw invalid("totp_issuer", "required", "totp_issuer is required.");
    if (user === undefined) throw invalid("totp_user", "required", "totp_user is required.");
    const totp = { issuer, user, secret: newTotpSecret() };
    return presentEnrolledFactor(putFactor({ type: "totp", user_id, totp }, context));
  },

  get: ({ id }, context) => presentFactor(existing(id, context)),

  delete: ({ id }, context) => {
    const { store } = context;
    existing(id, context);
    store.write(() => {
      for (const challenge of store.challenges.by("factor", id)) store.challenges.delete(challenge.id);
      store.factors.delete(id);
    });
    return null;
  },

  challenge: ({ id }, context) => presentChallenge(challengeFactor(existing(id, context), context)),

  /** A wrong code is an answer and no error; only guessing on and on is. */
  verify: ({ id, code }, context) => {
    const challenge = context.store.challenges.get(id);
    if (challenge === undefined) throw notFound("Authentication challenge", id);
    switch (takeChallenge(challenge, code, context)) {
      case "ok":
        return { challenge: presentChallenge(challenge), valid: true };
      case "incorrect":
        return { challenge: presentChallenge(challenge), valid: false };
      case "too_many":
        throw refuse(400, "one_time_code_too_many_attempts", "Too many wrong codes were tried.");
      case "used":
        throw refuse(422, "authentication_challenge_previously_verified", "The challenge was already verified.");
      case "expired":
        throw refuse(422, "authentication_challenge_expired", "The challenge has expired.");
    }
  },
};

type NewFactor = Pick<StoredFactor, "type" | "user_id"> & Partial<StoredFactor>;

export function putFactor(fields: NewFactor, { store, ids, clock }: Context): StoredFactor {
  const now = clock.iso();
  const factor: StoredFactor = {
    phone_number: null,
    totp: null,
    ...fields,
    id: ids.make("auth_factor"),
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.factors.put(factor));
  return factor;
}

function existing(id: string, { store }: Context): StoredFactor {
  const factor = store.factors.get(id);
  if (factor === undefined) throw notFound("Authentication factor", id);
  return factor;
}

const invalid = (field: string, code: string, message: string) => invalidParameters([{ field, code, message }]);
