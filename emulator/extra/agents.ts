/** Agents: what they are registered as, who claims them, and whether their credentials are good. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { foldAddress } from "../../api/address";
import { emailAddress, timestamp } from "../../api/schemas";
import { hashOf, newCode, newToken } from "../auth/secrets";
import { organizationsOf } from "../auth/sign-in";
import { type Context } from "../context";
import { ApiError, notFound, refuse } from "../errors";
import { isExpired } from "../handlers/present";
import { newUser } from "../handlers/users";
import { type StoredAgent } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { serve, text, word } from "./operation";

const stamps = { created_at: timestamp, updated_at: timestamp };
const status = z.enum(["unverified", "verified", "expired", "revoked"]);
const organizations = z.array(z.object({ id: text, name: text }));
const registration = z.object({
  id: text,
  agent_identity: z.object({ id: text, userland_user_id: z.string().nullable(), ...stamps }),
  organization_id: text,
  status,
  kind: z.enum(["anonymous", "service_auth", "identity_assertion"]),
  claim: z
    .object({
      id: text,
      claim_completion: z.object({ id: text, ...stamps, expires_at: timestamp, claimed_at: timestamp }).nullable(),
      ...stamps,
      expires_at: timestamp,
    })
    .nullable(),
  ...stamps,
});

export const agents = {
  get: serve(
    endpoint({
      operation: "AgentAdminController_getRegistration",
      method: "GET",
      path: "/agents/registrations/{id}",
      success: { 200: registration },
      repeat: "safe",
      lane: "read",
    }),
    ({ id }, context) => {
      const found = context.store.agents.get(id);
      if (found === undefined) throw notFound("Agent registration", id);
      return presentRegistration(found, context);
    },
  ),

  link: serve(
    endpoint({
      operation: "AgentAdminController_linkClaimAttemptToExternalUser",
      method: "PATCH",
      path: "/agents/claims/attempts",
      body: z.object({
        type: z.literal("link_external_user"),
        claim_attempt_token: word,
        user: z.object({ email: emailAddress, external_id: word }),
        organization_id: word.optional(),
      }),
      success: { 200: z.object({ id: text, status, user_code: text, organizations }) },
      repeat: "unsafe",
      lane: "write",
    }),
    ({ claim_attempt_token: token, user: given, organization_id }, context) => {
      const { store, clock, ids } = context;
      const [agent] = store.agents.by("claim", hashOf(token));
      if (agent?.claim == null) throw refuse(400, "invalid_claim", "The claim attempt token is not known.");
      const { claim } = agent;
      if (claim.completed !== null) throw refuse(409, "already_claimed", "The agent is claimed already.");
      if (isExpired(claim.expires_at, clock.now())) throw refuse(410, "claim_expired", "The claim has expired.");
      return store.write(() => {
        const user = externalUser(given, context);
        if (agent.user_id !== null && agent.user_id !== user.id) {
          throw refuse(400, "wrong_account", "The claim is linked to another user.");
        }
        const own = organizationsOf(user.id, context);
        const organizationId = organizationFor(organization_id, own, agent);
        const user_code = claim.user_code ?? newCode();
        const now = clock.iso();
        const attempt = claim.attempt ?? {
          id: ids.make("agent_reg_claim_attempt"),
          login_hint: user.email,
          created_at: now,
        };
        const linked: StoredAgent = {
          ...agent,
          organization_id: organizationId,
          user_id: user.id,
          claim: { ...claim, user_code, attempt, updated_at: now },
          updated_at: now,
        };
        store.agents.put(linked);
        return { id: agent.id, status: statusOf(linked, context), user_code, organizations: own };
      });
    },
  ),

  validate: serve(
    endpoint({
      operation: "AgentAdminController_validateCredential",
      method: "POST",
      path: "/agents/credentials/validate",
      body: z.discriminatedUnion("type", [
        z.object({ type: z.literal("api_key"), credential: word }),
        z.object({ type: z.literal("access_token"), credential: word, audience: word.optional() }),
      ]),
      success: {
        200: z.object({
          valid: z.boolean(),
          registration_id: z.string().nullable(),
          expires_at: timestamp.nullable(),
        }),
      },
      repeat: "safe",
      lane: "read",
    }),
    async (given, context) => {
      const found = given.type === "api_key" ? byKey(given.credential, context) : await byToken(given, context);
      const live = found !== undefined && ["verified", "unverified"].includes(statusOf(found, context));
      return live
        ? { valid: true, registration_id: found.id, expires_at: found.expires_at }
        : { valid: false, registration_id: null, expires_at: null };
    },
  ),
} as const;

const byKey = (key: string, { store }: Context) => store.agents.by("credential", hashOf(key))[0];

async function byToken(given: { readonly credential: string; readonly audience?: string }, context: Context) {
  const claims = await context.signingKey.verify(given.credential, context.clock.now());
  if (given.audience !== undefined && claims?.aud !== given.audience) return undefined;
  return typeof claims?.agent_registration_id === "string"
    ? context.store.agents.get(claims.agent_registration_id)
    : undefined;
}

/** By the external id; whoever is not there yet is made. */
function externalUser(given: { readonly email: string; readonly external_id: string }, context: Context): StoredUser {
  const { store, ids, clock } = context;
  const [known] = store.users.by("external_id", given.external_id);
  if (known !== undefined) {
    if (foldAddress(known.email) === foldAddress(given.email)) return known;
    throw refuse(400, "email_mismatch", "The user with this external id has another email.");
  }
  if (store.users.idsBy("email", foldAddress(given.email)).size > 0) {
    throw refuse(409, "email_already_in_use", "A user without this external id has this email.");
  }
  const made = newUser({ ...given, email_verified: false }, ids.make("user"), clock.iso());
  store.users.put(made);
  return made;
}

function organizationFor(
  asked: string | undefined,
  own: readonly { readonly id: string; readonly name: string }[],
  agent: StoredAgent,
): string {
  if (asked !== undefined) {
    if (own.some(({ id }) => id === asked)) return asked;
    throw refuse(400, "invalid_organization", "The user is no active member of this organization.");
  }
  if (own.length <= 1) return own[0]?.id ?? agent.organization_id;
  throw new ApiError(409, {
    code: "organization_selection_required",
    message: "The user belongs to several organizations: name one.",
    organizations: own,
  });
}

/** One whose credentials are over has expired, whatever it was. */
function statusOf(agent: StoredAgent, { clock }: Context): StoredAgent["status"] {
  return agent.status !== "revoked" && isExpired(agent.expires_at, clock.now()) ? "expired" : agent.status;
}

function presentRegistration(agent: StoredAgent, context: Context): z.output<typeof registration> {
  const { created_at, updated_at, claim } = agent;
  return {
    id: agent.id,
    agent_identity: { id: agent.identity_id, userland_user_id: agent.user_id, created_at, updated_at },
    organization_id: agent.organization_id,
    status: statusOf(agent, context),
    kind: agent.kind,
    claim: claim && {
      id: claim.id,
      claim_completion: claim.completed && {
        id: claim.completed.id,
        created_at: claim.attempt?.created_at ?? claim.completed.at,
        updated_at: claim.completed.at,
        expires_at: claim.expires_at,
        claimed_at: claim.completed.at,
      },
      created_at: claim.created_at,
      updated_at: claim.updated_at,
      expires_at: claim.expires_at,
    },
    created_at,
    updated_at,
  };
}

export interface NewAgent {
  readonly organizationId: string;
  readonly kind?: StoredAgent["kind"];
  /** Of its access token. Default: the environment's client. */
  readonly audience?: string;
}

/** What an agent has of its own registration. */
export interface RegisteredAgent {
  readonly id: string;
  readonly apiKey: string;
  readonly accessToken: string;
  readonly claimAttemptToken: string;
}

const lifetimeMs = 30 * 24 * 60 * 60_000;
const claimMs = 24 * 60 * 60_000;

/** As an agent registers itself, which no operation of the vendor's document does. */
export async function registerAgent(given: NewAgent, context: Context): Promise<RegisteredAgent> {
  const { store, ids, clock, signingKey } = context;
  const { organizationId: organization_id, kind = "anonymous", audience = context.clientId } = given;
  if (store.organizations.get(organization_id) === undefined) throw notFound("Organization", organization_id);
  const [id, apiKey, claimAttemptToken] = [ids.make("agent_reg"), `agent_key_${newToken()}`, newToken()];
  const [now, iat] = [clock.iso(), Math.floor(clock.now() / 1000)];
  const [jti, expires_at] = [randomUUID(), new Date(clock.now() + lifetimeMs).toISOString()];
  const made: StoredAgent = {
    id,
    organization_id,
    identity_id: ids.make("agent_identity"),
    user_id: null,
    status: kind === "anonymous" ? "unverified" : "verified",
    kind,
    api_key_hash: hashOf(apiKey),
    expires_at,
    claim: {
      id: ids.make("agent_reg_claim"),
      token_hash: hashOf(claimAttemptToken),
      user_code: null,
      created_at: now,
      updated_at: now,
      expires_at: new Date(clock.now() + claimMs).toISOString(),
      attempt: null,
      completed: null,
    },
    credentials: [
      {
        id: ids.make("agent_reg_credential"),
        detail: { kind: "api_key", api_key_id: ids.make("api_key") },
        created_at: now,
      },
      { id: ids.make("agent_reg_credential"), detail: { kind: "access_token", jti, expires_at }, created_at: now },
    ],
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.agents.put(made));
  const accessToken = await signingKey.sign({
    ...{ iss: context.url, aud: audience, sub: made.identity_id, org_id: organization_id, agent_registration_id: id },
    ...{ jti, iat, exp: iat + lifetimeMs / 1000 },
  });
  return { id, apiKey, accessToken, claimAttemptToken };
}

/** The agent gives the code that the person was shown: the claim is complete. */
export function completeClaim(id: string, userCode: string, { store, clock }: Context): void {
  const agent = store.agents.get(id);
  if (agent === undefined) throw notFound("Agent registration", id);
  const { claim } = agent;
  if (claim?.attempt == null || claim.user_code !== userCode) {
    throw refuse(400, "invalid_claim", "The user code is wrong.");
  }
  const at = clock.iso();
  const completed = claim.completed ?? { id: claim.attempt.id, at };
  store.write(() =>
    store.agents.put({ ...agent, status: "verified", claim: { ...claim, completed, updated_at: at }, updated_at: at }),
  );
}
