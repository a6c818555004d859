/** What the vendor tells of agents: registered, claimed by a person, moved to another organization, and gone. */
import { type Happened } from "../event-log";
import { type Meaning } from "../event-meanings";
import { type StoredAgent, type StoredAgentCredential } from "../store/auth-entities";

export const agentMeanings: { readonly agents: Meaning<StoredAgent> } = {
  agents: (before, after) => {
    const name = (what: string) => `agent.registration.${what}`;
    if (after === undefined) {
      if (before === undefined) return [];
      const data = { agent_registration_id: before.id };
      return [{ event: name("deleted"), data, organizationId: before.organization_id }];
    }
    const told = [
      ...(before === undefined ? [{ event: name("created"), data: registration(after) }] : []),
      ...newCredentials(before, after).map((one) => ({
        event: name("credential.issued"),
        data: credential(one, after),
      })),
      ...switched(before, after).map((data) => ({ event: name("organization.switched"), data })),
      ...newAttempt(before, after).map((data) => ({ event: name("claim.attempt.created"), data })),
      ...completion(before, after).map((data) => ({ event: name("claim.completed"), data })),
    ];
    return told.map((one): Happened => ({ ...one, organizationId: after.organization_id }));
  },
};

const methods = { anonymous: "anonymous", service_auth: "service_auth", identity_assertion: "id_jag" } as const;

function registration(agent: StoredAgent) {
  const { id, organization_id, status, kind, created_at, updated_at } = agent;
  return {
    object: "agent_registration",
    id,
    agent_identity: { object: "agent_identity", id: agent.identity_id, userland_user_id: agent.user_id },
    ...{ organization_id, status, kind, method: methods[kind] },
    ...{ created_at, updated_at },
  };
}

function newCredentials(before: StoredAgent | undefined, { credentials = [] }: StoredAgent) {
  const known = new Set((before?.credentials ?? []).map(({ id }) => id));
  return credentials.filter(({ id }) => !known.has(id));
}

const credential = ({ id, detail, created_at }: StoredAgentCredential, agent: StoredAgent) => ({
  object: "agent_registration_credential",
  id,
  agent_registration_id: agent.id,
  detail: { ...detail },
  ...{ created_at, updated_at: created_at },
});

function switched(before: StoredAgent | undefined, after: StoredAgent) {
  if (before === undefined || before.organization_id === after.organization_id) return [];
  const [from_organization_id, to_organization_id] = [before.organization_id, after.organization_id];
  return [{ agent_registration_id: after.id, from_organization_id, to_organization_id }];
}

function newAttempt(before: StoredAgent | undefined, { id, claim }: StoredAgent) {
  if (claim?.attempt == null || claim.attempt.id === before?.claim?.attempt?.id) return [];
  const { attempt } = claim;
  return [
    {
      object: "agent_registration_claim_attempt",
      id: attempt.id,
      agent_registration_id: id,
      agent_registration_claim_id: claim.id,
      login_hint: attempt.login_hint,
      expires_at: claim.expires_at,
      ...{ created_at: attempt.created_at, updated_at: attempt.created_at },
    },
  ];
}

function completion(before: StoredAgent | undefined, { id, claim, user_id, organization_id }: StoredAgent) {
  if (claim?.completed == null || before?.claim?.completed != null || user_id === null) return [];
  const { created_at, updated_at } = claim;
  return [
    {
      object: "agent_registration_claim",
      id: claim.id,
      agent_registration_id: id,
      completed_by_attempt_id: claim.completed.id,
      claimed_by: { user_id, organization_id },
      completed_at: claim.completed.at,
      ...{ created_at, updated_at },
    },
  ];
}
