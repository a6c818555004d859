/** A customer or tenant of the environment. Operations: `OrganizationsController` in the vendor's specification. */
import type { Api, OrganizationMembershipObject, OrganizationObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { sameMap } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, forceDestroy, isRetained, onDestroy } from "../declare/fields";
import { type Failure, type InputValues, type LostAnswer, resourceOf } from "../declare/resource";
import { notKeeping, peopleIn } from "../people";
import { keyHeld, oneLine, plural } from "../wording";
import { externalId, flag, idOf, listOf, metadata, object, oneOf, optionalPart, part, text } from "../declare/shapes";

const { required, optional, option, output } = fieldsOf<OrganizationObject>();

/** A domain as the vendor has it. */
export interface DomainDetails {
  readonly id: string;
  readonly domain: string;
  /** `verified` once the vendor counts the domain as the organization's own. */
  readonly state?: string;
  /** Content of the DNS TXT record that verifies the domain. */
  readonly verificationToken?: string;
  /** Name of that record, before the domain. */
  readonly verificationPrefix?: string;
  /** How it is verified: `dns` or `manual`. */
  readonly verificationStrategy?: string;
}

const inputs = {
  /** Name, as people see it. It need not be unique. */
  name: required(text()),
  /** The organization's id in your own system: unique in the environment, at most 128 ASCII characters. */
  externalId: optional(externalId(), { clear: null }),
  /**
   * Your own data about the organization: at most 50 keys of 40 characters, values of at most 600. The declared map
   * is the whole map: other keys are drift and are removed.
   */
  metadata: optional(metadata(), { clear: null, merged: true, same: sameMap }),
  /**
   * The organization's email domains, all of them. `state: "verified"` vouches for a domain; `"pending"`, the
   * default, leaves it to be verified, after which it is not drift.
   */
  domains: optional(
    listOf(object({ domain: part(text()), state: optionalPart(oneOf(["pending", "verified"])) }), "domain object"),
    { clear: [], same: sameDomains, wire: { name: "domain_data", encode: domainData, declare: declaredForm } },
  ),
  /** Id of the customer at Stripe; the vendor needs its Stripe integration switched on for it. */
  stripeCustomerId: optional(text(), { clear: null, afterCreate: true }),
  /** Whether people with other domains may sign in by the organization's connections. The vendor calls it deprecated. */
  allowProfilesOutsideOrganization: optional(flag()),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * Id of the organization that `adopt` takes over (`org_…`), where it has no `externalId` to be found by. Looked at
   * when the resource is created, and never again.
   */
  adoptId: option(idOf("org_")),
  /**
   * What removing it from the program does: `delete` it, or `retain` it. Default: `delete`, and `retain` for what was
   * adopted.
   */
  onDestroy,
  /**
   * Allows deleting it with the access that hangs on it, where the setting `requireForceDestroy` demands that.
   * Default: `false`.
   */
  forceDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Your own data about the organization; empty when there is none. */
  metadata: output<Record<string, string>>(),
  /** The domains, with what verifies them. */
  domains: output<DomainDetails[]>({ from: verificationDetails }),
  /** When the organization was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the organization last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;

export const organization = resourceOf<OrganizationObject>()({
  kind: "Organization",
  noun: "organization",
  keys: [["externalId"], ["adoptId"]],
  inputs,
  outputs,
  changesAccess: "everything",
  domains: { named: "domains" },
  label: ({ name }) => name,
  together: findable,

  create: ({ api, body }) => api.organizations.create(body),
  existing: { find, taken: ["external_id_already_used"], describe: ({ name }) => `"${name}"` },
  lostAnswer,
  list: { group: () => "", page: (api, _state, page) => api.organizations.list(page), byId: true },
  get: (api, id) => api.organizations.get({ id }).catch(undefinedIfMissing),
  updates: [{ send: ({ api, id, body }) => api.organizations.update({ id, ...body }) }],
  async explain(error, { api, inputs: { externalId } }) {
    if (externalId === undefined || !hasCode(error, "external_id_already_used")) return undefined;
    const holder = await findByExternalId(api, externalId).catch(() => undefined);
    return keyHeld("external id", externalId, holder && `the organization ${oneLine(holder.name)} (${holder.id})`);
  },
  async delete(context, id, state) {
    const { api, guards, messages } = context;
    if (isRetained(state)) {
      messages.say(`The organization ${state.name} is retained, with everybody in it.`);
      return "gone";
    }
    const forced = state.forceDestroy === true;
    let active: readonly OrganizationMembershipObject[] | undefined;
    const deleted = await guards.removeOrganization(api, id, forced, (members) => {
      active = members;
      return ended(api.organizations.delete({ id }));
    });
    if (deleted) {
      const said = active?.length ? `That is ${peopleIn(active, guards.settings)}` : "Nobody had access";
      const who = active ? ` ${said}.` : "";
      messages.say(
        `The organization ${state.name} is deleted: everybody in it loses access to it${notKeeping(context, id)}${who}`,
      );
      return "pending";
    }
    messages.say(`The organization ${state.name} (${id}) was deleted already.`);
    return "gone";
  },
});

/** By the id that the program gives for this alone, else by the external id. */
async function find(api: Api, { adoptId, externalId }: Values): Promise<OrganizationObject | undefined> {
  if (adoptId !== undefined) return api.organizations.get({ id: adoptId }).catch(undefinedIfMissing);
  return externalId === undefined ? undefined : findByExternalId(api, externalId);
}

const findByExternalId = (api: Api, external_id: string) =>
  api.organizations.getByExternalId({ external_id }).catch(undefinedIfMissing);

function findable({ adopt: policy, adoptId, externalId }: Partial<Values>): Failure<keyof Values>[] {
  const adopts = policy !== undefined && policy !== "never";
  if (adopts && externalId === undefined && adoptId === undefined) {
    const reason = "needs externalId or adoptId: a name is not unique, so it cannot tell which one to take over";
    return [{ property: "adopt", reason }];
  }
  return adoptId !== undefined && !adopts
    ? [{ property: "adoptId", reason: 'says what to take over, and needs adopt: "require" or "if-exists"' }]
    : [];
}

const isDomain = (entry: unknown): entry is DomainDetails =>
  typeof entry === "object" && entry !== null && "domain" in entry && typeof entry.domain === "string";

const domainsIn = (recorded: unknown) => (Array.isArray(recorded) ? recorded.filter(isDomain) : []);

type DeclaredDomain = { domain: string; state?: "pending" | "verified" };

const isVerified = (state: string | undefined) => state === "verified" || state === "legacy_verified";

/** Domain names are the same in any letter case; a declared `verified` must hold, a declared `pending` need not stay. */
function sameDomains(declared: readonly DeclaredDomain[], actual: unknown): boolean {
  const there = new Map(domainsIn(actual).map((entry) => [entry.domain.toLowerCase(), entry.state]));
  return (
    new Set(declared.map((entry) => entry.domain.toLowerCase())).size === there.size &&
    declared.every((entry) => {
      const domain = entry.domain.toLowerCase();
      return there.has(domain) && (entry.state !== "verified" || isVerified(there.get(domain)));
    })
  );
}

function domainData(domains: readonly DeclaredDomain[]) {
  return domains.map(({ domain, state }) => ({ domain, state: state ?? "pending" }));
}

function declaredForm(actual: unknown): DeclaredDomain[] {
  return domainsIn(actual).map(({ domain, state }) => ({
    domain,
    state: isVerified(state) ? "verified" : "pending",
  }));
}

function verificationDetails({ domains }: OrganizationObject): DomainDetails[] {
  return domains.map((entry) => ({
    id: entry.id,
    domain: entry.domain,
    state: entry.state,
    verificationToken: entry.verification_token,
    verificationPrefix: entry.verification_prefix,
    verificationStrategy: entry.verification_strategy,
  }));
}

/**
 * The external id is unique, a name is not: without an external id only a single organization of this name, made since
 * the call started, can be told to be ours.
 */
function lostAnswer({ name, externalId }: Values): LostAnswer<OrganizationObject> {
  if (externalId !== undefined) {
    const byExternalId = async (api: Api) =>
      [await findByExternalId(api, externalId)].filter((found) => found !== undefined);
    return { find: byExternalId, repeat: "always" };
  }
  const remedy = "Give the organization an externalId, by which it can be told apart from others of the same name.";
  return {
    find: (api) => api.organizations.list({ search: name }).all(),
    repeat: "answered",
    unsure: (found) =>
      found.length > 0
        ? `${plural(found.length, "organization")} named "${name}" ${found.length === 1 ? "was" : "were"} made meanwhile (${found.map(({ id }) => id).join(", ")}) and nothing tells which one is this program's: none was touched. Delete the ones that should not be, then run again. ${remedy}`
        : `No organization named "${name}" was found, but the request may still be carried out, so it was not repeated. Look whether it appears, delete it if it does, and run again. ${remedy}`,
  };
}
