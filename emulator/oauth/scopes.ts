/** What an application may ask a person for. */
import { type StoredApplication } from "../store/auth-entities";

/** OpenID Connect's own, which every application may ask for, in the words of the page that asks the person. */
export const standardScopes: Readonly<Record<string, string>> = {
  openid: "Know who you are",
  profile: "See your name",
  email: "See your email address",
  offline_access: "Stay signed in while you are away",
};

export const scopesOf = (scope: string): readonly string[] => [
  ...new Set(scope.split(" ").filter((one) => one !== "")),
];

/** The first that the application may not ask for. */
export function unknownScope(scope: string, { scopes }: StoredApplication): string | undefined {
  return scopesOf(scope).find((one) => !Object.hasOwn(standardScopes, one) && !scopes.includes(one));
}
