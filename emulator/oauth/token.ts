/** `/oauth2/token`: each grant of a Connect application. */
import { z } from "zod";
import { grants, grantTypes } from "../../api/endpoints/authentication";
import { knownClient, requireClient } from "../auth/clients";
import { runGrant } from "../auth/grants";
import { findToken } from "../auth/refresh-tokens";
import { hashOf } from "../auth/secrets";
import { type Caller, type Context } from "../context";
import { oauthError } from "../errors";
import { type StoredApplication } from "../store/auth-entities";
import { unknownScope } from "./scopes";
import { machineTokens, personTokens } from "./tokens";

const machine = "client_credentials";
export const connectGrants: readonly string[] = [grantTypes.code, grantTypes.refreshToken, machine, grantTypes.device];

const machineGrant = z.object({ client_id: z.string(), client_secret: z.string(), scope: z.string().default("") });

export type Fields = Readonly<Record<string, unknown>>;

export function readFields<S extends z.ZodType>(schema: S, fields: Fields): z.output<S> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.map(String).join(".") ?? "";
  const missing = fields[name] === undefined;
  throw oauthError("invalid_request", missing ? `${name} is missing.` : `${name}: ${issue?.message ?? "is wrong"}.`);
}

export async function token(fields: Fields, caller: Caller, context: Context): Promise<object> {
  const { grant_type: grant } = readFields(z.object({ grant_type: z.string() }), fields);
  if (!connectGrants.includes(grant)) {
    throw oauthError("unsupported_grant_type", `grant_type is one of ${connectGrants.join(", ")}.`);
  }
  if (grant === machine) return forMachine(fields, caller, context);
  const application = connectApplication(readFields(z.object({ client_id: z.string() }), fields).client_id, context);
  if (application.application_type !== "oauth") {
    throw oauthError("unauthorized_client", "An application of type m2m has the grant client_credentials alone.");
  }
  const input = readFields(grants, fields);
  requireOfConnect(input, context);
  return personTokens(await runGrant(input, caller, context), application, context);
}

async function forMachine(fields: Fields, caller: Caller, context: Context): Promise<object> {
  const given = readFields(machineGrant, fields);
  const application = connectApplication(given.client_id, context);
  requireClient(given, caller, context);
  if (application.application_type !== "m2m") {
    throw oauthError("unauthorized_client", "Only an application of type m2m has the grant client_credentials.");
  }
  const unknown = unknownScope(given.scope, application);
  if (unknown !== undefined) throw oauthError("invalid_scope", `The application has no scope ${unknown}.`);
  return machineTokens(application, given.scope, context);
}

export function connectApplication(clientId: string, context: Context): StoredApplication {
  const { application } = knownClient(clientId, context);
  if (application === undefined) throw oauthError("invalid_client", "This is not a Connect application.");
  return application;
}

/** What was begun at AuthKit's own addresses is finished there: its tokens say other things. */
function requireOfConnect(input: z.output<typeof grants>, context: Context): void {
  const { store } = context;
  const begun =
    input.grant_type === grantTypes.code
      ? store.codes.by("code", hashOf(input.code))[0]
      : input.grant_type === grantTypes.refreshToken
        ? findToken(input.refresh_token, context)?.session
        : input.grant_type === grantTypes.device
          ? store.devices.by("device", hashOf(input.device_code))[0]
          : undefined;
  // What nobody knows is refused by its grant.
  if (begun !== undefined && begun.connect === undefined) {
    throw oauthError("invalid_grant", "This was not begun at /oauth2: exchange it at /user_management/authenticate.");
  }
}
