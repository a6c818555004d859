import { randomBytes } from "node:crypto";
import { type Context } from "../context";
import { ApiError, invalidParameters, notFound, refuse } from "../errors";
import { type StoredDomain } from "../store/entities";
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

  /** There is no DNS here: asking for the verification is enough to pass it, unless the switch leaves that to a control. */
  verify: ({ id }, context) => {
    const domain = existing(id, context);
    if (domain.state === "verified") throw refuse(400, "domain_already_verified");
    const found = context.settings.switches.domainVerification === "when-asked";
    return presentDomain(setDomainState(domain, found ? "verified" : "pending", "dns", context));
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

export interface DomainData {
  domain: string;
  state: "pending" | "verified";
}

/** The deprecated list of names means domains that are yet to be verified. */
export function readDomains(given: { domain_data?: DomainData[]; domains?: string[] }): DomainData[] | undefined {
  const data = given.domain_data ?? given.domains?.map((domain) => ({ domain, state: "pending" as const }));
  for (const { domain } of data ?? []) checkDomainName(domain, "domain_data");
  return data;
}

/** As long as a name can be in DNS. */
const longestName = 253;

export function checkDomainName(domain: string, field: string): void {
  if (domain.length <= longestName && /^[^\s@/]+\.[^\s@/]+$/.test(domain)) return;
  throw invalidParameters([{ field, code: "invalid_domain", message: "Not a domain name." }]);
}

export function refuseForeignDomains(data: readonly DomainData[], organizationId: string | null, { store }: Context) {
  for (const { domain } of data) {
    const owner = store.domains.by("domain", domain.toLowerCase())[0];
    if (owner !== undefined && owner.organization_id !== organizationId) {
      throw new ApiError(409, { message: `The domain '${domain}' is already used by another organization.` });
    }
  }
}

/**
 * Makes `data` the organization's whole set of domains. One that stays keeps its id and token; it may become
 * verified, and is never unverified again. Answers whether anything changed.
 */
export function setDomains(organizationId: string, data: readonly DomainData[], context: Context): boolean {
  const { store } = context;
  const current = store.domains.by("organization", organizationId);
  const wanted = new Map(data.map((entry) => [entry.domain.toLowerCase(), entry]));
  let changed = false;
  for (const domain of current) {
    const entry = wanted.get(domain.domain.toLowerCase());
    wanted.delete(domain.domain.toLowerCase());
    if (entry === undefined) store.domains.delete(domain.id);
    else if (entry.state === "verified" && domain.state !== "verified")
      setDomainState(domain, "verified", "manual", context);
    else continue;
    changed = true;
  }
  for (const entry of wanted.values()) {
    addDomain(organizationId, entry, context);
    changed = true;
  }
  return changed;
}

export function addDomain(organizationId: string, { domain, state }: DomainData, { store, ids, clock }: Context) {
  const now = clock.iso();
  const stored: StoredDomain = {
    id: ids.make("org_domain"),
    organization_id: organizationId,
    domain,
    state,
    verification_prefix: `local-domain-verification-${randomBytes(3).toString("hex")}`,
    verification_token: randomBytes(19).toString("base64url").slice(0, 25),
    // A domain that the request itself calls verified was not verified through DNS.
    verification_strategy: state === "verified" ? "manual" : "dns",
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.domains.put(stored));
  return stored;
}

export function setDomainState(
  domain: StoredDomain,
  state: StoredDomain["state"],
  strategy: "dns" | "manual",
  { store, clock }: Context,
): StoredDomain {
  const changed = { ...domain, state, verification_strategy: strategy, updated_at: clock.iso() };
  store.write(() => store.domains.put(changed));
  return changed;
}
