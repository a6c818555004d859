/**
 * A domain of one organization, and its verification by DNS. Operations: `OrganizationDomainsController` in the vendor's
 * specification.
 */
import type { Api, OrganizationDomainObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { foldedCase } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type Failure, type InputValues, resourceOf, type UpdateCall } from "../declare/resource";
import { domainName, duration, durationMs, idOf, text } from "../declare/shapes";

const { required, option, output } = fieldsOf<OrganizationDomainObject>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces the domain. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** The domain, as in `acme.example`. Another one replaces it; letter case aside. */
  domain: required(domainName(), { immutable: true, same: foldedCase }),
  /**
   * Any text: it asks WorkOS to look for the DNS record, and each time that it changes to start anew, as after a
   * verification that failed. Left out, WorkOS looks for it by itself from time to time.
   */
  verify: option(text(), { afterCreate: true }),
  /**
   * How long the run that asks by `verify` waits for `verified`, as in `10m`; it fails when the domain is not verified by
   * then, and the next run asks again. Default: it does not wait. The DNS record must not depend on this very run: what
   * is made of this resource's outputs is only made once it has ended.
   */
  waitForVerification: option(duration()),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` it, or `retain` it. Default: `delete`, and `retain` for what was
   * adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** `verified`, `pending` until the DNS record is found, or `failed`. */
  state: output<OrganizationDomainObject["state"]>(),
  /** Name of the DNS TXT record that verifies the domain, before the domain. */
  verificationPrefix: output<string | undefined>(),
  /** Content of that record. */
  verificationToken: output<string | undefined>(),
  /** How it is verified: `dns` or `manual`. */
  verificationStrategy: output<string | undefined>(),
  /** When the domain was added (RFC 3339). */
  createdAt: output<string>(),
  /** When the domain last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;

export const organizationDomain = resourceOf<OrganizationDomainObject>()({
  kind: "OrganizationDomain",
  noun: "organization domain",
  keys: [["domain"]],
  inputs,
  outputs,
  domains: { of: "organizationId", named: "domain" },
  label: ({ domain, organizationId }) => `${domain} of ${organizationId}`,
  together: needsVerify,

  create: ({ api, body }) => api.organizationDomains.create(body),
  existing: {
    find,
    taken: ["domain_already_exists"],
    describe: ({ state = "pending" }) => state,
  },
  lostAnswer: ({ domain }) => ({ find: (api) => domainsNamed(api, domain), repeat: "always" }),
  // The vendor lists domains with their organizations only.
  list: {
    group: () => "",
    async page(api, _state, page) {
      const { data, list_metadata } = await api.organizations.list(page);
      return { data: data.flatMap(({ domains }) => domains), list_metadata };
    },
  },
  get: (api, id) => api.organizationDomains.get({ id }).catch(undefinedIfMissing),
  updates: [{ fields: ["verify"], send: verify }],
  async delete({ api, messages }, id, state) {
    const { domain, organizationId } = state;
    if (isRetained(state)) {
      messages.say(`The domain ${domain} is retained: it belongs to ${organizationId} as before.`);
      return "gone";
    }
    if (await ended(api.organizationDomains.delete({ id }))) {
      messages.say(
        `The domain ${domain} no longer belongs to ${organizationId}, which decides no more how its people sign in.`,
      );
    }
    return "gone";
  },
});

function needsVerify({ verify: asked, waitForVerification }: Partial<Values>): Failure<keyof Values>[] {
  return waitForVerification !== undefined && asked === undefined
    ? [{ property: "waitForVerification", reason: "waits for what verify asks for; give verify too, or leave it out" }]
    : [];
}

async function domainsNamed(api: Api, domain: string): Promise<OrganizationDomainObject[]> {
  const holders = await api.organizations.list({ domains: [domain] }).all();
  return holders.flatMap(({ domains }) => domains).filter((one) => foldedCase(domain, one.domain));
}

/** A domain belongs to one organization at a time. */
async function find(api: Api, { organizationId, domain }: Values): Promise<OrganizationDomainObject | undefined> {
  const [found] = await domainsNamed(api, domain);
  if (found && found.organization_id !== organizationId) {
    throw new Error(
      `The domain ${found.domain} belongs to the organization ${found.organization_id} already (${found.id}). Remove it there first: a domain belongs to one organization.`,
    );
  }
  return found;
}

const isVerified = ({ state }: OrganizationDomainObject) => state === "verified" || state === "legacy_verified";

/** How often the vendor is asked while a run waits. */
const firstPollMs = 2_000;
const longestPollMs = 30_000;

async function verify({ api, context, id, inputs: declared }: UpdateCall<typeof inputs, typeof outputs>) {
  const { clock, messages } = context;
  const patience = declared.waitForVerification;
  const deadline = clock.now() + (patience === undefined ? 0 : durationMs(patience));
  let now = await api.organizationDomains.verify({ id }).catch((error: unknown) => {
    if (!hasCode(error, "domain_already_verified")) throw error;
    return api.organizationDomains.get({ id });
  });
  for (let wait = firstPollMs; patience !== undefined && !isVerified(now); wait *= 2) {
    const left = deadline - clock.now();
    if (left <= 0 || now.state === "failed") throw notVerified(now, patience);
    await clock.sleep(Math.min(wait, longestPollMs, left));
    now = await api.organizationDomains.get({ id });
  }
  if (isVerified(now)) messages.say(`The domain ${now.domain} is verified as one of ${now.organization_id}.`);
  return now;
}

function notVerified(found: OrganizationDomainObject, patience: string): Error {
  const { domain, state = "pending", verification_prefix: prefix, verification_token: token } = found;
  const after = state === "failed" ? "WorkOS could not verify it" : `it is ${state} after ${patience}`;
  const record =
    token === undefined
      ? ""
      : ` It takes a DNS TXT record ${prefix === undefined ? "" : `${prefix}.`}${domain} with ${token}.`;
  return new Error(
    `The domain ${domain} is not verified: ${after}.${record} Run again once it is there. Where this program makes it of this resource's outputs, leave waitForVerification out of the run that makes it.`,
  );
}
