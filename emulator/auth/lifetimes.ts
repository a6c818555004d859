/** How long things last, in ms. What the vendor documents is marked; the rest are its defaults as far as known. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const lifetimes = {
  accessToken: 5 * minute,
  session: 30 * day,
  authorizationCode: 10 * minute,
  pendingSignIn: 30 * minute,
  /** Documented. */
  magicAuth: 10 * minute,
  emailVerification: 10 * minute,
  emailChange: 10 * minute,
  passwordReset: hour,
  smsCode: 10 * minute,
  totpChallenge: 10 * minute,
  deviceCode: 5 * minute,
} as const;

/** After so many wrong codes the right one is refused too. */
export const wrongGuessesAllowed = 5;
