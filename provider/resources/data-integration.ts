/**
 * Another service that people connect their accounts of. Operations: `DataIntegrationsManagementController` in the
 * vendor's specification. Of the client's secret only the last four characters are ever answered.
 */
import type { Api, DataIntegrationObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { integrationAuthMethods, integrationCredentials } from "../../api/schemas/integration-words";
import type { HookContext } from "../context";
import { endsAs, sameMap, unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { flag, listOf, oneOf, secretText, someOf, text, textMap } from "../declare/shapes";
import { oneLine } from "../wording";
import { definition, fromWire, saysAllThat, toWire } from "./custom-provider";

const { required, optional, writeOnly, output } = fieldsOf<DataIntegrationObject>();

const inputs = {
  /** Slug of the provider, such as `github`, or a new one with `customProvider`. Another one replaces the integration. */
  provider: required(text(), { immutable: true, from: ({ slug }) => slug }),
  /** What it is for. */
  description: optional(text(), { clear: null }),
  /** Whether people can connect accounts by it. Default: `false`. */
  enabled: optional(flag()),
  /** What is asked for of the provider, in any order. Removed, it is what the provider has configured. */
  scopes: optional(listOf(text(), "scope"), { clear: null, same: unordered }),
  /** How accounts are connected. Default: `["oauth"]`. Others replace the integration. */
  authMethods: optional(someOf(oneOf(integrationAuthMethods), "method"), {
    immutable: true,
    same: (declared, actual) => unordered(declared, actual),
  }),
  /** Values that the provider asks for, such as an account's identifier. Others replace the integration. */
  config: optional(textMap(), { immutable: true, same: sameMap }),
  /** Whose credentials are used: `custom` ones, given here, or those of each `organization`. Needed for OAuth. */
  credentialsType: optional(oneOf(integrationCredentials), { from: ({ credentials }) => credentials?.type }),
  /** Id of the client at the provider, with `custom` credentials. */
  clientId: optional(text(), {
    from: ({ credentials }) => credentials?.client_id,
    // Of no meaning where organizations bring their own.
    same: (declared, actual, { credentialsType }) => credentialsType === "organization" || declared === actual,
  }),
  /** The client's secret, with `custom` credentials: encrypted in the state, and no output. */
  clientSecret: writeOnly(secretText(), { secret: true, same: endsAs("redactedClientSecret") }),
  /** What a provider that the vendor does not know is like. Parts that are left out are as the vendor has them. */
  customProvider: optional(definition, {
    from: ({ custom_provider: found }) => found && fromWire(found),
    same: saysAllThat,
  }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /** What removing it from the program does: `delete` or `retain` it. Default: `delete`, and `retain` for what was adopted. */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** How accounts are connected. */
  authMethods: output<("oauth" | "api_key" | "client_credentials")[]>(),
  /** What kind of service it is. */
  integrationType: output<string>(),
  /** Whether it works: `valid`, `invalid` or `requested`. */
  state: output<string>({ volatile: true }),
  /** The redirect URI to register with the provider. */
  redirectUri: output<string>(),
  /** The last four characters of the client's secret; none where organizations bring their own. */
  redactedClientSecret: output<string | undefined>({ from: ({ credentials }) => credentials?.redacted_client_secret }),
  /** When it was created (RFC 3339). */
  createdAt: output<string>(),
  /** When it last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const dataIntegration = resourceOf<DataIntegrationObject>()({
  kind: "DataIntegration",
  noun: "data integration",
  importedBy: ["provider"],
  keys: [["provider"]],
  inputs,
  outputs,
  label: ({ provider }) => provider,
  together: credentialsFit,

  create: ({ api, body: { credentials_type: type, client_id, client_secret, custom_provider, ...rest } }) =>
    api.dataIntegrations.create({
      ...rest,
      ...(type && { credentials: { type, client_id, client_secret } }),
      ...(custom_provider && { custom_provider: toWire(custom_provider) }),
    }),
  existing: {
    find: (api, { provider }) => find(api, provider),
    // The refusal of a second one has no code.
    lookFirst: true,
    taken: [],
    describe: ({ state, enabled }) => `${state}, ${enabled ? "enabled" : "not enabled"}`,
  },
  lostAnswer: ({ provider }) => foundAgain((api) => find(api, provider)),
  list: { group: () => "", page: (api, _state, page) => api.dataIntegrations.list(page) },
  get: (api, _id, { provider }) => find(api, provider),
  updates: [
    {
      whole: ["credentialsType", "clientId", "clientSecret"],
      send: ({ api, body, state }) => {
        const { description, enabled, scopes, credentials_type: type, custom_provider } = body;
        const { client_id = undefined, client_secret = undefined } = body;
        return api.dataIntegrations.update({
          slug: state.provider,
          ...{ description, enabled, scopes },
          ...(type && { credentials: { type, client_id, client_secret } }),
          ...(custom_provider && { custom_provider: toWire(custom_provider) }),
        });
      },
    },
  ],
  delete: end,
});

const find = (api: Api, slug: string) => api.dataIntegrations.get({ slug }).catch(undefinedIfMissing);

function credentialsFit(declared: Partial<Values>): Failure<keyof Values>[] {
  const { credentialsType: type, clientId, clientSecret, authMethods = ["oauth"] } = declared;
  if (type === "custom") {
    return (["clientId", "clientSecret"] as const)
      .filter((property) => declared[property] === undefined)
      .map((property) => ({ property, reason: "is required with custom credentials" }));
  }
  if (clientId !== undefined) return [{ property: "clientId", reason: 'is for credentialsType: "custom" only' }];
  if (clientSecret !== undefined) {
    return [{ property: "clientSecret", reason: 'is for credentialsType: "custom" only' }];
  }
  return type === undefined && Array.isArray(authMethods) && authMethods.includes("oauth")
    ? [{ property: "credentialsType", reason: "is required for OAuth: custom or organization" }]
    : [];
}

async function end({ api, messages }: HookContext, _id: string, state: Outputs): Promise<"gone"> {
  const what = `The data integration ${oneLine(state.provider)}`;
  if (isRetained(state)) messages.say(`${what} is retained, with the accounts that are connected by it.`);
  else if (await ended(api.dataIntegrations.delete({ slug: state.provider }))) {
    messages.say(`${what} is deleted, with every account that was connected by it.`);
  }
  return "gone";
}
