/** What the vendor tells of accounts at other services: connected, to be connected anew, and not any more. */
import { type Context } from "../context";
import { type Meaning } from "../event-meanings";
import { type StoredConnectedAccount, type StoredIntegration } from "../store/entities";
import { type StoreChange } from "../store/store";

/** A token that is renewed, or a secret that is another one now, changes nothing of that. */
const accountMeaning: Meaning<StoredConnectedAccount> = (before, after, context, step) => {
  const account = after ?? before;
  if (account === undefined || before?.state === after?.state) return [];
  const happened =
    after === undefined ? "disconnected" : after.state === "connected" ? "connected" : "reauthorization_needed";
  const data = {
    object: "connected_account",
    id: account.id,
    data_integration_id: integrationId(account.slug, context, step),
    provider_slug: account.slug,
    user_id: account.user_id,
    organization_id: account.organization_id,
    scopes: [...account.scopes],
    state: account.state,
    created_at: account.created_at,
    updated_at: account.updated_at,
  };
  return [{ event: `pipes.connected_account.${happened}`, data, organizationId: account.organization_id }];
};

export const pipesMeanings: { readonly connectedAccounts: Meaning<StoredConnectedAccount> } = {
  connectedAccounts: accountMeaning,
};

/** An integration that is deleted takes its accounts with it in the same step. */
function integrationId(slug: string, { store }: Context, step: readonly StoreChange[]): string {
  const [there] = store.integrations.by("slug", slug);
  if (there !== undefined) return there.id;
  const gone = step.find(
    ({ kind, before }) => kind === "integrations" && (before as StoredIntegration | undefined)?.slug === slug,
  );
  return gone?.id ?? "";
}

interface Denied {
  readonly slug: string;
  readonly user_id: string;
  readonly organization_id?: string;
}

/** The person said no on the page that stands in for the other service, which nothing in the store shows. */
export function tellConnectionDenied(asked: Denied, context: Context): void {
  const { slug, user_id, organization_id = null } = asked;
  const [integration] = context.store.integrations.by("slug", slug);
  if (integration === undefined) return;
  const data = {
    object: "connection_failed",
    data_integration_id: integration.id,
    provider_slug: slug,
    ...{ user_id, organization_id },
    error_code: "access_denied",
    error_reason: "The person did not allow it.",
    provider_error: "access_denied",
    provider_error_description: null,
    created_at: context.clock.iso(),
  };
  context.events.add({ event: "pipes.connected_account.connection_failed", data, organizationId: organization_id });
}
