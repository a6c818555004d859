/** The typed client of the vendor's API: `import { createWorkos } from "pulumi-workos/client"`. */
export { createWorkos, type Workos, type WorkosOptions } from "./workos";
export * from "./authentication";
export { type AccessTokenCheck, type AccessTokenClaims, type AccessTokenOptions } from "./access-token";
export { createPkce, type Pkce } from "./pkce";
export { type SessionContent } from "./seal";
export * from "./sessions";
export { type AuthorizationUrlOptions, type LogoutUrlOptions, type PkceUrl, type PkceUrlOptions } from "./urls";
export * from "../api";
