/**
 * What one organization has of a data integration. Operations: `ProviderController` in the vendor's specification, which
 * has none that takes it away again. Of the client's secret only the last four characters are ever answered.
 */
import type { Api, DataIntegrationConfigurationObject, DataIntegrationObject } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { endsAs, sameMap, unordered } from "../declare/comparisons";
import { fieldsOf } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { mustRetain, onDestroyRetain } from "../declare/no-delete";
import { type CreateBody, type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { flag, idOf, listOf, secretText, text, textMap } from "../declare/shapes";
import { oneLine } from "../wording";

/** The vendor's id is the integration's: here it is that of both. */
type Configured = DataIntegrationConfigurationObject & { readonly known?: boolean };

const { required, optional, writeOnly, output } = fieldsOf<Configured>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces the resource. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /** Slug of the provider, such as `github`. Another one replaces the resource. */
  slug: required(text(), { immutable: true }),
  /** Whether the organization's people can connect accounts by it. Left out, it is not managed. */
  enabled: optional(flag()),
  /** What is asked for of the provider, in any order. Removed, it is what the integration asks for. */
  scopes: optional(listOf(text(), "scope"), { clear: null, same: unordered }),
  /** Id of the organization's own client, where organizations bring their credentials. */
  clientId: optional(text(), { from: ({ credentials }) => credentials?.client_id }),
  /** The client's secret: encrypted in the state, and no output. Goes together with `clientId`. */
  clientSecret: writeOnly(secretText(), { secret: true, same: endsAs("clientSecretLastFour") }),
  /** Values that the provider asks for, where organizations bring their credentials. */
  config: optional(textMap(), { same: sameMap }),
  /** Only `retain`, and needed: the vendor cannot take a configuration away. `enabled: false` switches it off before. */
  onDestroy: onDestroyRetain,
};

const outputs = {
  /** Name of the provider. */
  name: output<string>(),
  /** The last four characters of the client's secret. */
  clientSecretLastFour: output<string | undefined>({ from: ({ credentials }) => credentials?.client_secret_last_four }),
  /** The redirect URI to register with the provider, where organizations bring their credentials. */
  redirectUri: output<string | undefined>({ from: ({ credentials }) => credentials?.redirect_uri }),
  /** When it was last configured (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const organizationDataIntegration = resourceOf<Configured>()({
  kind: "OrganizationDataIntegration",
  noun: "data integration of an organization",
  importedBy: ["organizationId", "slug"],
  keys: [["organizationId", "slug"]],
  inputs,
  outputs,
  label: ({ slug, organizationId }) => `${slug} of ${organizationId}`,
  together: (given) => [...mustRetain(given), ...misfit(given)],

  async create({ api, body }) {
    const [there, shared] = await Promise.all([
      find(api, { organizationId: body.organization_id, slug: body.slug }),
      api.dataIntegrations.get({ slug: body.slug }).catch(undefinedIfMissing),
    ]);
    return there && shared && isOwn(body, there, shared) ? { ...there, known: true } : configure(api, body);
  },
  lostAnswer: (values) => foundAgain((api) => find(api, values)),
  list: {
    group: ({ organizationId }) => organizationId,
    page: async (api, { organizationId }) => ({
      data: await listed(api, organizationId),
      list_metadata: { after: null },
    }),
    eager: true,
  },
  get: (api, _id, state) => find(api, state),
  updates: [
    {
      whole: ["clientId", "clientSecret"],
      async send({ api, context, body, state }) {
        const { enabled, scopes, client_id, client_secret, config } = body;
        const which = { organization_id: state.organizationId, slug: state.slug };
        const now = await configure(api, { ...which, enabled, scopes, client_id, client_secret, config });
        if (now.enabled !== state.enabled) context.messages.say(switched(now));
        return now;
      },
    },
  ],
  gain: ({ known, ...made }) => (known === true ? undefined : switched(made)),
  delete({ messages }, _id, { slug, organizationId, enabled }: Outputs) {
    messages.say(
      `The data integration ${oneLine(slug)} of ${organizationId} stays as it is${enabled === true ? ", enabled" : ""}: WorkOS cannot take a configuration away.`,
    );
    return Promise.resolve("gone");
  },
});

type Which = Pick<Values, "organizationId" | "slug">;

/**
 * Whether the organization has all of this set for itself already. What the integration has as well may come from
 * there, and is set here, so that it stays when that changes.
 */
function isOwn(
  { enabled, scopes, client_id, config }: CreateBody<typeof inputs>,
  there: DataIntegrationConfigurationObject,
  shared: DataIntegrationObject,
): boolean {
  const own = (same: (value: unknown) => boolean, is: unknown, isShared: unknown) => same(is) && !same(isShared);
  return (
    client_id === undefined &&
    (enabled === undefined || own((value) => value === enabled, there.enabled, shared.enabled)) &&
    (!scopes || own((value) => unordered(scopes, value), there.scopes, shared.scopes)) &&
    (!config || own((value) => sameMap(config, value), there.config, shared.config))
  );
}

const ofBoth = (one: DataIntegrationConfigurationObject) => ({ ...one, id: `${one.organization_id}/${one.slug}` });

const configure = async (api: Api, body: Parameters<Api["dataIntegrations"]["configure"]>[0]) =>
  ofBoth(await api.dataIntegrations.configure(body));

const listed = async (api: Api, organization_id: string) =>
  (await api.dataIntegrations.listForOrganization({ organization_id })).data.map(ofBoth);

async function find(api: Api, { organizationId, slug }: Which) {
  const all = await listed(api, organizationId).catch(undefinedIfMissing);
  return all?.find((one) => one.slug === slug);
}

const switched = ({ slug, organization_id, enabled }: DataIntegrationConfigurationObject) =>
  `People of ${organization_id} can ${enabled ? "" : "not "}connect accounts by ${oneLine(slug)} now.`;

function misfit({ enabled, scopes, clientId, clientSecret, config }: Partial<Values>): Failure<keyof Values>[] {
  if (clientId !== undefined && clientSecret === undefined) {
    return [{ property: "clientSecret", reason: "is required with clientId" }];
  }
  if (clientSecret !== undefined && clientId === undefined) {
    return [{ property: "clientId", reason: "is required with clientSecret" }];
  }
  return [enabled, scopes, clientId, config].every((value) => value === undefined)
    ? [{ property: "enabled", reason: "is required, or another thing to configure: scopes, clientId or config" }]
    : [];
}
