import { webhookEvents } from "../../api/schemas/webhook-events";
import { newToken } from "../auth/secrets";
import { type Context } from "../context";
import { invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredWebhookEndpoint } from "../store/entities";
import { differs } from "./fields";
import { type Family } from "./handler";
import { presentWebhookEndpoint } from "./present";

export const webhookEndpoints: Family<"webhookEndpoints"> = {
  list: (query, { store }) => {
    const found = page(store.webhookEndpoints.ids(), "we", query, (id) => store.webhookEndpoints.get(id));
    return { ...found, data: found.data.map(presentWebhookEndpoint) };
  },

  create: ({ endpoint_url, events }, context) => {
    const { store, ids, clock } = context;
    check({ endpoint_url, events }, undefined, context);
    const now = clock.iso();
    const stored: StoredWebhookEndpoint = {
      id: ids.make("we"),
      endpoint_url,
      secret: `whsec_${newToken()
        .replace(/[^A-Za-z0-9]/g, "")
        .slice(0, 25)}`,
      status: "enabled",
      events: [...new Set(events)],
      created_at: now,
      updated_at: now,
    };
    store.write(() => store.webhookEndpoints.put(stored));
    return presentWebhookEndpoint(stored);
  },

  update: ({ id, endpoint_url, status, events }, context) => {
    const { store, clock } = context;
    const endpoint = existing(id, context);
    check({ endpoint_url, events }, id, context);
    const changed: StoredWebhookEndpoint = {
      ...endpoint,
      endpoint_url: endpoint_url ?? endpoint.endpoint_url,
      status: status ?? endpoint.status,
      events: events === undefined ? endpoint.events : [...new Set(events)],
    };
    if (!differs(endpoint, changed)) return presentWebhookEndpoint(endpoint);
    const stamped = { ...changed, updated_at: clock.iso() };
    store.write(() => store.webhookEndpoints.put(stamped));
    return presentWebhookEndpoint(stamped);
  },

  delete: ({ id }, context) => {
    existing(id, context);
    context.store.write(() => context.store.webhookEndpoints.delete(id));
    return null;
  },
};

function existing(id: string, { store }: Context): StoredWebhookEndpoint {
  const endpoint = store.webhookEndpoints.get(id);
  if (endpoint === undefined) throw notFound("Webhook endpoint", id);
  return endpoint;
}

const known: ReadonlySet<string> = new Set(webhookEvents);

interface Given {
  readonly endpoint_url?: string;
  readonly events?: readonly string[];
}

/** The vendor wants HTTPS; programs that are being written seldom have it on their own machine. */
const isAddress = (url: string) => /^https?:\/\/[^/]/.test(url) && URL.canParse(url);

function check({ endpoint_url: url, events = [] }: Given, own: string | undefined, { store }: Context): void {
  if (url !== undefined && !isAddress(url)) throw refuse(422, "invalid_url", "Not an HTTP or HTTPS URL.");
  const strange = events.filter((event) => !known.has(event));
  if (strange.length > 0) {
    const errors = strange.map((event) => ({ code: "unknown_event_type", message: `Unknown event type: ${event}.` }));
    throw invalidParameters(errors);
  }
  if (url !== undefined && store.webhookEndpoints.by("url", url).some(({ id }) => id !== own)) {
    throw refuse(409, "duplicate_endpoint", "A Webhook Endpoint with the same endpoint URL already exists.");
  }
}
