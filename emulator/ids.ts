import { randomFillSync } from "node:crypto";
import { decodeTime, isValid, monotonicFactory } from "ulid";
import { type Clock } from "../api/clock";

export type IdPrefix =
  | "user"
  | "org"
  | "om"
  | "invitation"
  | "api_key"
  | "org_domain"
  | "role"
  | "perm"
  | "group"
  | "gra"
  | "redir"
  | "we"
  | "webhook_delivery"
  | "cors_origin"
  | "authz_resource"
  | "role_assignment"
  | "audit_log_action"
  | "audit_log_schema"
  | "radar_entry"
  | "conn"
  | "data_integration"
  | "data_integration_override"
  | "directory"
  | "directory_group"
  | "directory_user"
  | "session"
  | "auth_factor"
  | "auth_challenge"
  | "email_verification"
  | "email_change"
  | "magic_auth"
  | "password_reset"
  | "conn_app"
  | "conn_app_secret"
  | "authorized_connect_app"
  | "client"
  | "flag"
  | "event"
  | "prof"
  | "audit_log_export"
  | "connected_account"
  | "radar_attempt"
  | "radar_challenge"
  | "agent_reg"
  | "agent_identity"
  | "agent_reg_claim"
  | "agent_reg_claim_attempt"
  | "agent_reg_credential"
  // Of what the API never shows.
  | "code"
  | "sso_token"
  | "vault_key"
  | "audit_log_event"
  | "flag_target"
  | "pending"
  | "page_session"
  | "device"
  | "ext_auth"
  | "identity"
  | "signing_key"
  | "mail"
  | "req"
  | "fault";

/**
 * Prefixed ULIDs that only ever grow, also when the clock is set back or the emulator starts again: lists are in the
 * order of ids, so a later object must have a greater id.
 */
export class Ids {
  private readonly next = monotonicFactory(pooledRandom());
  private floor = 0;

  constructor(private readonly clock: Clock) {}

  make(prefix: IdPrefix): string {
    return `${prefix}_${this.next(Math.max(this.clock.now(), this.floor))}`;
  }

  /** Ids made from now on are greater than `id`. An id that a seed file chose freely has no time in it. */
  startAfter(id: string): void {
    if (!isValid(id.slice(-26))) return;
    this.floor = Math.max(this.floor, decodeTime(id.slice(-26)) + 1);
  }
}

/** A number from 0 to less than 1, as ulid wants it: of random bytes that are fetched many at a time, not one. */
function pooledRandom(): () => number {
  const pool = Buffer.alloc(4096);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return pool.readUInt8(used++) / 256;
  };
}
