/** What the dashboard lists: every kind of its table out of the store, as the API shows it, by pages. */
import { presentSession } from "../auth/sessions";
import { type Context } from "../context";
import { settleDeletions } from "../deletions";
import { presentFlag } from "../handlers/feature-flags";
import { membershipOf } from "../handlers/memberships";
import {
  presentAnyApiKey,
  presentConnection,
  presentCorsOrigin,
  presentDirectory,
  presentDirectoryGroup,
  presentDirectoryUser,
  presentDomain,
  presentGroup,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentPermission,
  presentRedirectUri,
  presentRole,
  presentUser,
  presentWebhookEndpoint,
} from "../handlers/present";
import { presentApplication, presentClientSecret, presentFactor } from "../handlers/present-auth";
import { type LoggedRequest, type RequestLog } from "../http/request-log";
import { mails } from "../mailbox";
import { kindOfId, type Shown, textOf } from "./kinds";
import { maskQuery, maskText } from "./mask";
import { type Store } from "../store/store";
import { type Delivery, presentDelivery } from "../webhooks/deliveries";

/** A kind's objects, oldest first, as they are kept; what is shown of one is made when it is shown. */
interface Source<T extends { readonly id: string }> {
  all(): readonly T[];
  get(id: string): T | undefined;
  present(object: T): object;
  /** What a search looks through, besides the id. */
  text(object: T): readonly (string | null | undefined)[];
  /** Fields to filter by, where they are not the kept object's own. */
  readonly filters?: Readonly<Record<string, (object: T) => unknown>>;
}

/** Hides what the objects of a source are, which only the source itself has to know. */
interface Listing {
  list(asked: ListQuery): ObjectList;
  /** All of them, as they are shown. */
  all(): Shown[];
  get(id: string): Shown | undefined;
}

export interface ListQuery {
  readonly search: string;
  readonly filters: Readonly<Record<string, string>>;
  /** Counted from 1. */
  readonly page: number;
  readonly limit: number;
}

export interface ObjectList {
  readonly data: readonly Shown[];
  readonly page: number;
  readonly limit: number;
  /** Of all pages. */
  readonly total: number;
  /** Names of the objects that the listed ones refer to, by their ids. */
  readonly labels: Readonly<Record<string, string>>;
}

function listing<T extends { readonly id: string }>(source: Source<T>, context: Context): Listing {
  const valueOf = (object: T, field: string) =>
    source.filters?.[field]?.(object) ?? (object as Readonly<Record<string, unknown>>)[field] ?? "";
  const shown = (object: T): Shown => ({ ...source.present(object), id: object.id });
  return {
    list: ({ search, filters, page, limit }) => {
      const wanted = search.trim().toLowerCase();
      const asked = Object.entries(filters);
      const fits = (object: T) =>
        asked.every(([field, value]) => hasValue(valueOf(object, field), value)) &&
        (wanted === "" ||
          object.id.toLowerCase().includes(wanted) ||
          source.text(object).some((text) => text?.toLowerCase().includes(wanted) ?? false));
      const all = source.all();
      const found = wanted === "" && asked.length === 0 ? all : all.filter(fits);
      const end = found.length - (page - 1) * limit;
      const data = found
        .slice(Math.max(0, end - limit), Math.max(0, end))
        .reverse()
        .map(shown);
      return { data, page, limit, total: found.length, labels: labelsOf(data, context) };
    },
    all: () => source.all().map(shown),
    get: (id) => {
      const object = source.get(id);
      return object === undefined ? undefined : shown(object);
    },
  };
}

/** Of several values one is enough. */
const hasValue = (values: unknown, wanted: string): boolean =>
  Array.isArray(values) ? values.some((value) => textOf(value) === wanted) : textOf(values) === wanted;

/** The names of what these objects name by ids. */
export function labelsOf(objects: readonly Shown[], { store }: Context): Record<string, string> {
  const labels: Record<string, string> = {};
  const add = (id: unknown) => {
    if (typeof id !== "string" || id in labels) return;
    const label = labelOf(id, store);
    if (label !== undefined) labels[id] = label;
  };
  for (const object of objects) Object.values(object).forEach(add);
  return labels;
}

function labelOf(id: string, store: Store): string | undefined {
  switch (kindOfId(id)?.slug) {
    case "users":
      return store.users.get(id)?.email;
    case "organizations":
      return store.organizations.get(id)?.name;
    case "groups":
      return store.groups.get(id)?.name;
    case "applications":
      return store.applications.get(id)?.name;
    case "directories":
      return store.directories.get(id)?.name;
    case "directory-groups":
      return store.directoryGroups.get(id)?.name;
    case "directory-users":
      return store.directoryUsers.get(id)?.email;
    case "connections":
      return store.connections.get(id)?.name;
    case "memberships":
      return store.users.get(store.memberships.get(id)?.user_id ?? "")?.email;
    default:
      return undefined;
  }
}

/** A delivery as lists show it, too. */
export type ShownDelivery = Delivery & { readonly name: string; readonly tries: number; readonly answer: string };

function shownDelivery(delivery: Delivery): ShownDelivery {
  const { event, attempts } = delivery;
  const last = attempts.at(-1);
  const answer = last === undefined ? "" : (last.error ?? String(last.status ?? ""));
  return { ...delivery, name: event.event, tries: attempts.length, answer };
}

/** What an event is about, where its data have an id. */
function aboutOf(data: object): string | undefined {
  const { id, user_id, organization_membership_id } = data as Readonly<Record<string, unknown>>;
  return [id, user_id, organization_membership_id].find((one): one is string => typeof one === "string");
}

function outcomeOf({ status, cut }: LoggedRequest): string {
  return cut ? "cut" : `${String(status ?? "").charAt(0)}xx`;
}

/** By the slugs of the table. */
export function listings(context: Context, requests: RequestLog): ReadonlyMap<string, Listing> {
  const { store, clock, events } = context;
  const all: Readonly<Record<string, Listing>> = {
    users: of(store.users, presentUser, (user) => [user.email, user.first_name, user.last_name, user.external_id]),
    organizations: of(
      store.organizations,
      (organization) => presentOrganization(organization, context),
      ({ id, name, external_id }) => [
        ...[name, external_id],
        ...store.domains.by("organization", id).map(({ domain }) => domain),
      ],
    ),
    memberships: of(
      store.memberships,
      (membership) => presentMembership(membership, context),
      ({ user_id, organization_id, role_slugs }) => [
        ...[store.users.get(user_id)?.email, store.organizations.get(organization_id)?.name],
        ...role_slugs,
      ],
    ),
    invitations: of(
      store.invitations,
      (invitation) => {
        const pending = invitation.state === "pending";
        const membership = pending ? membershipOf(invitation.email, invitation.organization_id, context) : undefined;
        return presentInvitation(invitation, membership, context);
      },
      ({ email, organization_id }) => [email, store.organizations.get(organization_id ?? "")?.name],
      {
        state: ({ state, expires_at }) =>
          state === "pending" && Date.parse(expires_at) <= clock.now() ? "expired" : state,
      },
    ),
    sessions: of(
      store.sessions,
      (session) => presentSession(session, context),
      ({ user_id, auth_method }) => [store.users.get(user_id)?.email, auth_method],
    ),
    factors: of(
      store.factors,
      (factor) => presentFactor(factor),
      ({ user_id, type }) => [store.users.get(user_id ?? "")?.email, type],
    ),
    domains: of(store.domains, presentDomain, ({ domain }) => [domain]),
    roles: of(
      store.roles,
      (role) => ({ ...presentRole(role), organization_id: role.organization_id }),
      ({ slug, name, permissions }) => [slug, name, ...permissions],
    ),
    permissions: of(store.permissions, presentPermission, ({ slug, name, description }) => [slug, name, description]),
    groups: of(store.groups, presentGroup, ({ name, description }) => [name, description]),
    "group-members": of(
      store.groupMembers,
      ({ group_id, membership_id }) => ({
        ...{ group_id, organization_membership_id: membership_id },
        user_id: store.memberships.get(membership_id)?.user_id,
        organization_id: store.groups.get(group_id)?.organization_id,
      }),
      ({ membership_id }) => [store.users.get(store.memberships.get(membership_id)?.user_id ?? "")?.email],
      { organization_membership_id: ({ membership_id }) => membership_id },
    ),
    "api-keys": of(
      store.apiKeys,
      (key) => ({ ...presentAnyApiKey(key), organization_id: key.organization_id, user_id: key.user_id }),
      ({ name, obfuscated_value }) => [name, obfuscated_value],
    ),
    applications: of(store.applications, presentApplication, ({ name, client_id }) => [name, client_id]),
    "client-secrets": of(
      store.clientSecrets,
      (secret) => ({ ...presentClientSecret(secret), application_id: secret.application_id }),
      ({ secret_hint }) => [secret_hint],
    ),
    webhooks: of(
      store.webhookEndpoints,
      (endpoint) => ({ ...presentWebhookEndpoint(endpoint), secret: hidden(endpoint.secret) }),
      ({ endpoint_url, events: names }) => [endpoint_url, ...names],
    ),
    deliveries: of(
      store.webhookDeliveries,
      (delivery) => shownDelivery(presentDelivery(delivery)),
      ({ url, event }) => [url, event.event, event.id],
      {
        state: (delivery) => presentDelivery(delivery).state,
        webhookEndpointId: ({ endpoint_id }) => endpoint_id,
        event_id: ({ event }) => event.id,
      },
    ),
    flags: of(store.featureFlags, presentFlag, ({ slug, name, description }) => [slug, name, description]),
    "flag-targets": of(
      store.flagTargets,
      ({ flag_id, resource_id }) => ({ flag_id, slug: store.featureFlags.get(flag_id)?.slug, resource_id }),
      ({ resource_id }) => [labelOf(resource_id, store)],
    ),
    connections: of(store.connections, presentConnection, ({ name, domains }) => [name, ...domains]),
    directories: of(
      store.directories,
      (directory) => presentDirectory(directory, context),
      ({ name, domain }) => [name, domain],
    ),
    "directory-users": of(
      store.directoryUsers,
      (user) => ({
        ...presentDirectoryUser(user),
        ...{ role_slug: user.role_slug, user_id: user.user_id },
        groups: user.group_ids.flatMap((id) => store.directoryGroups.get(id)?.name ?? []),
      }),
      (user) => [user.email, user.first_name, user.last_name],
      { group_id: ({ group_ids }) => group_ids },
    ),
    "directory-groups": of(
      store.directoryGroups,
      (group) => ({ ...presentDirectoryGroup(group), role_slug: group.role_slug }),
      ({ name }) => [name],
    ),
    "redirect-uris": of(store.redirectUris, presentRedirectUri, ({ uri }) => [uri]),
    "cors-origins": of(store.corsOrigins, presentCorsOrigin, ({ origin }) => [origin]),
    events: listing(
      {
        all: () =>
          events
            .ids()
            .toArray()
            .flatMap((id) => events.get(id)?.event ?? []),
        get: (id) => events.get(id)?.event,
        present: (event) => ({ ...event, about: aboutOf(event.data) }),
        text: ({ event, data }) => [event, JSON.stringify(data)],
      },
      context,
    ),
    requests: listing(
      {
        all: () => requests.list(),
        get: (id) => requests.get(id),
        present: (request) => ({ ...request, path: maskText(request.path), query: maskQuery(request.query) }),
        text: ({ path, query, operation, method, userAgent }) => [
          ...[`${method} ${path}${query === "" ? "" : `?${query}`}`, operation, userAgent],
        ],
        filters: { outcome: outcomeOf },
      },
      context,
    ),
    mails: listing(
      {
        all: () => mails(context),
        get: (id) => mails(context).find((mail) => mail.id === id),
        present: (mail) => mail,
        text: ({ to, subject }) => [to, subject],
      },
      context,
    ),
  };
  return new Map(Object.entries(all));

  function of<T extends { readonly id: string }>(
    collection: { all(): readonly T[]; get(id: string): T | undefined },
    present: (object: T) => object,
    text: Source<T>["text"],
    filters?: Source<T>["filters"],
  ): Listing {
    const settled = () => {
      settleDeletions(context);
      return collection;
    };
    return listing({ all: () => settled().all(), get: (id) => settled().get(id), present, text, filters }, context);
  }
}

const hidden = (secret: string) => `${secret.slice(0, 4)}…`;

/** How many there are of each kind. */
export function countsOf(all: ReadonlyMap<string, Listing>): Record<string, number> {
  return Object.fromEntries(
    [...all].map(([slug, one]) => [slug, one.list({ search: "", filters: {}, page: 1, limit: 0 }).total]),
  );
}
