/** A provider that the vendor does not know, as a data integration describes it. */
import type { DataIntegrationObject } from "../../api";
import { authenticateVia } from "../../api/schemas/integration-words";
import { identical } from "../declare/comparisons";
import { flag, object, oneOf, optionalPart, part, type Shape, text, textMap } from "../declare/shapes";

export const definition = object({
  name: part(text()),
  authorizationUrl: optionalPart(text()),
  tokenUrl: optionalPart(text()),
  refreshTokenUrl: optionalPart(text()),
  pkceEnabled: optionalPart(flag()),
  requestScopeSeparator: optionalPart(text()),
  scopesRequired: optionalPart(flag()),
  clientSecretRequired: optionalPart(flag()),
  additionalAuthorizationParameters: optionalPart(textMap()),
  tokenBodyContentType: optionalPart(text()),
  authenticateVia: optionalPart(oneOf(authenticateVia)),
});
type Definition = typeof definition extends Shape<infer T> ? T : never;
type WireDefinition = NonNullable<DataIntegrationObject["custom_provider"]>;

/** What is left out is as the vendor has it. */
export function saysAllThat(declared: Definition, actual: unknown): boolean {
  const found = typeof actual === "object" && actual !== null ? Object.entries(actual) : [];
  return identical(declared, Object.fromEntries(found.filter(([name]) => Object.hasOwn(declared, name))));
}

export const toWire = (given: Definition): WireDefinition => ({
  name: given.name,
  authorization_url: given.authorizationUrl,
  token_url: given.tokenUrl,
  refresh_token_url: given.refreshTokenUrl,
  pkce_enabled: given.pkceEnabled,
  request_scope_separator: given.requestScopeSeparator,
  scopes_required: given.scopesRequired,
  client_secret_required: given.clientSecretRequired,
  additional_authorization_parameters: given.additionalAuthorizationParameters,
  token_body_content_type: given.tokenBodyContentType,
  authenticate_via: given.authenticateVia,
});

export const fromWire = (found: WireDefinition): Definition => ({
  name: found.name,
  ...(found.authorization_url && { authorizationUrl: found.authorization_url }),
  ...(found.token_url && { tokenUrl: found.token_url }),
  ...(found.refresh_token_url && { refreshTokenUrl: found.refresh_token_url }),
  ...(found.pkce_enabled !== undefined && { pkceEnabled: found.pkce_enabled }),
  ...(found.request_scope_separator && { requestScopeSeparator: found.request_scope_separator }),
  ...(found.scopes_required !== undefined && { scopesRequired: found.scopes_required }),
  ...(found.client_secret_required !== undefined && { clientSecretRequired: found.client_secret_required }),
  ...(found.additional_authorization_parameters && {
    additionalAuthorizationParameters: found.additional_authorization_parameters,
  }),
  ...(found.token_body_content_type && { tokenBodyContentType: found.token_body_content_type }),
  ...(found.authenticate_via && { authenticateVia: found.authenticate_via }),
});
