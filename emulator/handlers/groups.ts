import { notFound } from "../errors";
import { page } from "../pages";
import { type Family } from "./handler";

/** There is no operation here that makes a group, so nobody is in one. */
export const membershipGroups: Family<"membershipGroups"> = {
  list: (query, { store }) => {
    const { id } = query;
    if (store.memberships.get(id) === undefined) throw notFound("Organization membership", id);
    return page<never>([], "group", query, () => undefined);
  },
};
