/**
 * A key by which an organization's own programs are known. Operations: `OrganizationApiKeysController` in the vendor's
 * specification, and what all keys share.
 */
import type { ApiKeyObject } from "../../api";
import { fieldsOf } from "../declare/fields";
import { resourceOf } from "../declare/resource";
import { idOf } from "../declare/shapes";
import { keyInputs, keyOutputs, lifeOfKeys } from "./api-keys";

const { required } = fieldsOf<ApiKeyObject>();

const inputs = {
  /** Id of the organization that owns the key (`org_…`). Another one replaces the key. */
  organizationId: required(idOf("org_"), { immutable: true, from: ({ owner }) => owner.id }),
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

export const organizationApiKey = resourceOf<ApiKeyObject>()({
  kind: "OrganizationApiKey",
  noun: "organization API key",
  importedBy: ["organizationId", "id"],
  inputs,
  outputs,
  label: ({ name, organizationId }) => `"${name}" of ${organizationId}`,
  create: ({ api, body }) => api.apiKeys.createForOrganization(body),
  ...lifeOfKeys({
    group: ({ organizationId }: { readonly organizationId: string }) => organizationId,
    list: (api, { organizationId }, page) =>
      api.apiKeys.listForOrganization({ ...page, organization_id: organizationId }),
  }),
});
