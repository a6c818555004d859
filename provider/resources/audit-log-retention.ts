/**
 * How long an organization's audit log keeps its events. Operations: `AuditLogsRetentionController` in the vendor's
 * specification, which has none that ends it.
 */
import type { Api } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import { fieldsOf } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { mustRetain, onDestroyRetain } from "../declare/no-delete";
import { type Recorded, resourceOf } from "../declare/resource";
import { idOf, oneNumberOf } from "../declare/shapes";

/** The vendor's answer is the number alone. */
type Retention = { readonly id: string; readonly retention_period_in_days: number | null };

const { required } = fieldsOf<Retention>();

const inputs = {
  /** Id of the organization (`org_…`): the id of the resource. Another one replaces the resource. */
  organizationId: required(idOf("org_"), { immutable: true, from: ({ id }) => id }),
  /** Days that events are kept: `30` or `365`. With fewer than before, older events are deleted for good. */
  retentionPeriodInDays: required(oneNumberOf(limits.auditLogRetentionDays)),
  /** Only `retain`, and needed: the vendor cannot take a retention away, so that nobody expects it. */
  onDestroy: onDestroyRetain,
};

const outputs = {};

type Outputs = Recorded<typeof inputs, typeof outputs>;

export const auditLogRetention = resourceOf<Retention>()({
  kind: "AuditLogRetention",
  noun: "audit log retention",
  keys: [["organizationId"]],
  inputs,
  outputs,
  label: ({ organizationId }) => `of ${organizationId}`,
  together: mustRetain,

  async create({ api, body: { organization_id: id, retention_period_in_days: days } }) {
    const there = await find(api, id);
    return there?.retention_period_in_days === days ? there : set(api, id, days);
  },
  // Every organization has one or none, and to set it is no harm to anybody but the events: what was there is said.
  lookBefore: ([before], { organizationId, retentionPeriodInDays }) =>
    before && daysChanged(organizationId, before.retention_period_in_days, retentionPeriodInDays),
  lostAnswer: ({ organizationId }) => foundAgain((api) => find(api, organizationId)),
  get: find,
  updates: [
    {
      async send({ api, context, id, body, state }) {
        const { retention_period_in_days: days = state.retentionPeriodInDays } = body;
        const now = await set(api, id, days);
        const line = daysChanged(id, state.retentionPeriodInDays, days);
        if (line !== undefined) context.messages.say(line);
        return now;
      },
    },
  ],
  delete({ messages }, id, { retentionPeriodInDays: days }: Outputs) {
    messages.say(`The audit log of ${id} keeps its events for ${days} days as before: WorkOS cannot take that away.`);
    return Promise.resolve("gone");
  },
});

const set = async (api: Api, id: string, days: number): Promise<Retention> => ({
  ...(await api.auditLogRetentions.set({ id, retention_period_in_days: days })),
  id,
});

/** What nobody has set is none. */
async function find(api: Api, id: string): Promise<Retention | undefined> {
  const found = await api.auditLogRetentions.get({ id }).catch(undefinedIfMissing);
  return found && found.retention_period_in_days !== null ? { ...found, id } : undefined;
}

function daysChanged(id: string, before: number | null, now: number): string | undefined {
  if (before === now || before === null) return undefined;
  const older = now < before ? " Older ones are deleted for good." : "";
  return `The audit log of ${id} keeps its events for ${now} days now, not ${before}.${older}`;
}
