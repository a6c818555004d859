/** What data integrations are told by. Without zod, which programs that only declare resources do without. */
export const integrationAuthMethods = ["oauth", "api_key", "client_credentials"] as const;
export const integrationCredentials = ["custom", "organization"] as const;
export const authenticateVia = ["request_body", "basic_auth_header"] as const;
