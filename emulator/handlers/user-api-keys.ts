import { isMember } from "../auth/sign-in";
import { ApiError, invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { pairKey } from "../store/store";
import { keyProblems, newApiKey } from "./api-keys";
import { type Family } from "./handler";
import { presentUserApiKey } from "./present";
import { requireUser } from "./users";

export const userApiKeys: Family<"userApiKeys"> = {
  list: (query, context) => {
    const { store } = context;
    const { user_id, organization_id } = query;
    requireUser(user_id, context);
    const ids =
      organization_id === undefined
        ? store.apiKeys.idsBy("user", user_id)
        : store.apiKeys.idsBy("user_organization", pairKey(user_id, organization_id));
    const found = page(ids, "api_key", query, (key) => store.apiKeys.get(key));
    return { ...found, data: found.data.map(presentUserApiKey) };
  },

  create: (input, context) => {
    const { user_id, organization_id } = input;
    requireUser(user_id, context);
    if (context.store.organizations.get(organization_id) === undefined) {
      throw notFound("Organization", organization_id);
    }
    if (!isMember(user_id, organization_id, context)) {
      throw invalidParameters([
        {
          field: "organization_id",
          code: "organization_membership_required",
          message: "The user is not an active member of this organization.",
        },
      ]);
    }
    const problems = keyProblems(input, context.clock.now());
    const permissions = problems.filter(({ field }) => field === "permissions");
    // The specification answers bad permissions of a user's key 400, and other bad fields 422.
    if (permissions.length > 0) throw new ApiError(400, { message: "Validation failed.", errors: permissions });
    if (problems.length > 0) throw invalidParameters(problems);
    const { key, value } = newApiKey({ ...input, user_id }, context);
    return { ...presentUserApiKey(key), value };
  },
};
