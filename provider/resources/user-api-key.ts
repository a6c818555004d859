/**
 * A key by which a person's own programs are known in one organization. Operations: `UserApiKeysController` in the
 * vendor's specification, and what all keys share.
 */
import type { ApiKeyObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { fieldsOf } from "../declare/fields";
import { resourceOf } from "../declare/resource";
import { idOf } from "../declare/shapes";
import { findMembership } from "../people";
import { keyInputs, keyOutputs, lifeOfKeys } from "./api-keys";

const { required } = fieldsOf<ApiKeyObject>();

const inputs = {
  /** Id of the user who owns the key (`user_…`). Another one replaces the key. */
  userId: required(idOf("user_"), { immutable: true, from: ({ owner }) => owner.id }),
  /**
   * Id of the organization in which the key works (`org_…`); the user must be an active member of it. Another one
   * replaces the key.
   */
  organizationId: required(idOf("org_"), {
    immutable: true,
    from: ({ owner }) => (owner.type === "user" ? owner.organization_id : owner.id),
  }),
  /** Name, for people to tell keys apart; it need not be unique. Another one replaces the key. */
  name: keyInputs.name,
  /** Slugs of the permissions the key has. Default: none. Others replace the key. */
  permissions: keyInputs.permissions,
  /** When the key ends (RFC 3339), in the future when set. Default: never. Moved in place; removed, the key stays. */
  expiresAt: keyInputs.expiresAt,
  /** Any values: when one changes, the key is replaced by a new one. */
  keepers: keyInputs.keepers,
  /**
   * How long the old key lives on after a new one has replaced it, as in `30m`, `24h` or `7d`. Default: it ends at
   * once, as it always does when the key is removed from the program.
   */
  overlap: keyInputs.overlap,
  /**
   * Hands the value of a new key to a file (mode 0600) or to a command's standard input, before an old key is touched,
   * and keeps it out of the state: there is no `value` output then. Another target replaces the key.
   */
  deliver: keyInputs.deliver,
};

const outputs = {
  /** The key itself, a secret. The vendor tells it once, when it is made. None where `deliver` took it. */
  value: keyOutputs.value,
  /** The key with all but a few characters masked. */
  obfuscatedValue: keyOutputs.obfuscatedValue,
  /** Slugs of the permissions the key has. */
  permissions: keyOutputs.permissions,
  /** When the key was last used (RFC 3339), as of the last change made or found; not refreshed by itself. */
  lastUsedAt: keyOutputs.lastUsedAt,
  /** When the key was created (RFC 3339). */
  createdAt: keyOutputs.createdAt,
  /** When the key last changed (RFC 3339), as of the last change made or found. */
  updatedAt: keyOutputs.updatedAt,
};

interface Owner {
  readonly userId: string;
  readonly organizationId: string;
}

export const userApiKey = resourceOf<ApiKeyObject>()({
  kind: "UserApiKey",
  noun: "user API key",
  importedBy: ["userId", "organizationId", "id"],
  inputs,
  outputs,
  label: ({ name, userId, organizationId }) => `"${name}" of ${userId} in ${organizationId}`,
  create: ({ api, body }) => api.userApiKeys.create(body),
  ...lifeOfKeys({
    group: ({ userId, organizationId }: Owner) => `${userId} ${organizationId}`,
    list: (api, { userId, organizationId }, page) =>
      api.userApiKeys.list({ ...page, user_id: userId, organization_id: organizationId }),
  }),
  async explain(error, { api, inputs: { userId, organizationId } }) {
    if (!isWorkosError(error) || error.status !== 422 || userId === undefined || organizationId === undefined) {
      return undefined;
    }
    const membership = await findMembership(api, userId, organizationId);
    return membership?.status === "active"
      ? undefined
      : `${userId} is no active member of ${organizationId}, as the owner of a key has to be. Where the same program makes the membership, name it in the key's option dependsOn.`;
  },
});
