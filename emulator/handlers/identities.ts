import { type Family } from "./handler";
import { requireUser } from "./users";

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
