import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { type StoredDomain } from "../store/entities";
import { addDomain, checkDomainName, verifyDomain } from "./domains";
import { type Family } from "./handler";
import { presentDomain } from "./present";

export const organizationDomains: Family<"organizationDomains"> = {
  create: ({ domain, organization_id: organizationId }, context) => {
    if (context.store.organizations.get(organizationId) === undefined) throw notFound("Organization", organizationId);
    checkDomainName(domain, "domain");
    if (context.store.domains.idsBy("domain", domain.toLowerCase()).size > 0) {
      throw refuse(409, "domain_already_exists", `The domain '${domain}' is already used.`);
    }
    return presentDomain(addDomain(organizationId, { domain, state: "pending" }, context));
  },

  get: ({ id }, context) => presentDomain(existing(id, context)),

  /** There is no DNS here: asking for the verification is enough to pass it. */
  verify: ({ id }, context) => {
    const domain = existing(id, context);
    if (domain.state === "verified") throw refuse(400, "domain_already_verified");
    return presentDomain(verifyDomain(domain, "dns", context));
  },

  delete: ({ id }, context) => {
    existing(id, context);
    context.store.write(() => context.store.domains.delete(id));
    return null;
  },
};

function existing(id: string, { store }: Context): StoredDomain {
  const domain = store.domains.get(id);
  if (domain === undefined) throw notFound("Organization domain", id);
  return domain;
}
