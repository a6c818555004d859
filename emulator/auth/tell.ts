/** Tells how proofs went: each step of signing in is an event of its own, also where another one has to follow. */
import { type Context } from "../context";
import { ApiError } from "../errors";

export type ProofType = "password" | "magic_auth" | "email_verification" | "mfa" | "oauth" | "sso";

/** Where somebody came from. */
export interface Visitor {
  readonly ip_address: string | null;
  readonly user_agent: string | null;
}

export const nobody: Visitor = { ip_address: null, user_agent: null };

export interface Attempt extends Visitor {
  readonly type: ProofType;
  /** Nothing where nobody here has the address. */
  readonly user_id: string | null;
  readonly email: string | null;
  /** Of SSO. */
  readonly organization_id?: string | null;
}

/** Of somebody who is known. */
export const attemptOf = (type: ProofType, user_id: string, from: Visitor, { store }: Context): Attempt => ({
  ...{ type, user_id, email: store.users.get(user_id)?.email ?? null },
  ...from,
});

/** Runs a proof, and tells how it went; what it refuses is refused. */
export function witness<T>(attempt: Attempt, context: Context, prove: () => T): T {
  let proved: T;
  try {
    proved = prove();
  } catch (error) {
    tellFailed(attempt, error, context);
    throw error;
  }
  tell(attempt, "succeeded", context);
  return proved;
}

export function tell(attempt: Attempt, status: "started" | "succeeded", context: Context): void {
  context.events.add({ event: `authentication.${attempt.type}_${status}`, data: dataOf(attempt, status, context) });
}

/** Only a refusal is a failure of the person's; what else went wrong is ours. */
export function tellFailed(attempt: Attempt, error: unknown, context: Context): void {
  if (!(error instanceof ApiError)) return;
  const { code, error: oauthCode, error_description: description } = error.body;
  const textOf = (...given: unknown[]) => given.find((one) => typeof one === "string");
  const told = {
    code: textOf(code, oauthCode) ?? String(error.status),
    message: textOf(description) ?? error.message,
  };
  const data = { ...dataOf(attempt, "failed", context), error: told };
  context.events.add({ event: `authentication.${attempt.type}_failed`, data });
}

function dataOf(
  { type, organization_id = null, ip_address, user_agent, user_id, email }: Attempt,
  status: "started" | "succeeded" | "failed",
  { store }: Context,
) {
  const [connection] = store.connections
    .by("organization", organization_id ?? "")
    .filter(({ state }) => state === "active");
  const sso = { organization_id, connection_id: connection?.id ?? null, session_id: null };
  return { type, status, ip_address, user_agent, user_id, email, ...(type === "sso" ? { sso } : {}) };
}
