/**
 * An address that is told of events. Operations: `WebhookEndpointsController` in the vendor's specification, which has
 * no operation that gets one endpoint: it is looked up in the environment's list.
 */
import type { Api, WebhookEndpointObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended } from "../../api/http/missing";
import { firstWhere } from "../../api/http/pages";
import { type WebhookEvent, webhookEvents } from "../../api/schemas/webhook-events";
import { sameUrl, unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { resourceOf } from "../declare/resource";
import { httpsUrl, listOf, oneOf, openOneOf } from "../declare/shapes";
import { containsUnknown } from "../declare/unknown";
import { oneLine, plural, suggestion } from "../wording";

const { required, optional, output } = fieldsOf<WebhookEndpointObject>();

const inputs = {
  /** Where events are sent: an `https` address, of which there is one endpoint in an environment. */
  endpointUrl: required(httpsUrl(), { same: sameUrl }),
  /**
   * Names of the events, all of them and in any order, as in `user.created`. Names that this version does not know yet
   * are taken, and a plan says so; WorkOS decides.
   */
  events: required(listOf(openOneOf<WebhookEvent>(), "event name"), {
    // Not `unordered` itself, whose type would make any text of the names that an editor offers.
    same: (events, actual) => unordered(events, actual),
  }),
  /**
   * `enabled`, or `disabled`: nothing is sent. Left out, it is not managed. A new one is enabled for a moment, whatever
   * is declared.
   */
  status: optional(oneOf(["enabled", "disabled"]), { afterCreate: true }),
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
  /** What events are signed with, a secret: give it to what answers at the address. */
  secret: output<string>({ secret: true, createOnly: true }),
  /** `enabled` or `disabled`. */
  status: output<"enabled" | "disabled">(),
  /** When the endpoint was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the endpoint last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

export const webhookEndpoint = resourceOf<WebhookEndpointObject>()({
  kind: "WebhookEndpoint",
  noun: "webhook endpoint",
  keys: [["endpointUrl"]],
  inputs,
  outputs,
  label: ({ endpointUrl }) => endpointUrl,
  doubts: ({ events }, { events: before }) =>
    unknownIn(events, before).map(
      (name) =>
        `"${oneLine(name)}" is no event that this version knows${hint(name)} WorkOS decides whether there is one.`,
    ),

  create: ({ api, body }) => api.webhookEndpoints.create(body),
  existing: {
    find: (api, { endpointUrl }) => findByUrl(api, endpointUrl),
    taken: ["duplicate_endpoint"],
    describe: ({ status, events }) => `${status}, ${plural(events.length, "event")}`,
  },
  lostAnswer: ({ endpointUrl }) => foundAgain((api) => findByUrl(api, endpointUrl)),
  list: { group: () => "", page: (api, _state, page) => api.webhookEndpoints.list(page), eager: true },
  get: (api, id) => firstWhere(api.webhookEndpoints.list(), (one) => one.id === id),
  updates: [{ send: ({ api, id, body }) => api.webhookEndpoints.update({ id, ...body }) }],
  async delete({ api, messages }, id, state) {
    if (isRetained(state)) {
      messages.say(`The webhook endpoint ${state.endpointUrl} is retained, and is told of events as before.`);
      return "gone";
    }
    if (await ended(api.webhookEndpoints.delete({ id }))) {
      messages.say(`${state.endpointUrl} is no longer told of events: the webhook endpoint is deleted.`);
    }
    return "gone";
  },
  explain: (error, { inputs: { events } }) =>
    hasCode(error, "unknown_event_type")
      ? unknownIn(events, [])
          .map((name) => `"${oneLine(name)}" is no event${hint(name)}`)
          .join(" ") || undefined
      : undefined,
});

const findByUrl = (api: Api, url: string) =>
  firstWhere(api.webhookEndpoints.list(), (one) => sameUrl(url, one.endpoint_url));

/** Names that are not known here, besides those that the vendor has taken before. */
function unknownIn(events: unknown, taken: unknown): string[] {
  const known = new Set<unknown>([...webhookEvents, ...listed(taken)]);
  return listed(events).flatMap((name) =>
    typeof name === "string" && !known.has(name) && !containsUnknown(name) ? [name] : [],
  );
}

const listed = (values: unknown): readonly unknown[] => (Array.isArray(values) ? values : []);

function hint(name: string): string {
  const nearest = suggestion(name, webhookEvents);
  return nearest === undefined ? "." : `; did you mean ${nearest}?`;
}
