/**
 * A key by which an organization's own programs are known. Operations: `OrganizationApiKeysController` and
 * `ApiKeysController` in the vendor's specification, which has no operation that gets one key: it is looked up in the
 * organization's list.
 */
import type { Api, OrganizationApiKeyObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { sameInstant, unordered } from "../declare/comparisons";
import { fieldsOf } from "../declare/fields";
import {
  type Failure,
  type Inputs,
  type InputValues,
  type LostAnswer,
  type Recorded,
  resourceOf,
} from "../declare/resource";
import {
  duration,
  durationMs,
  idOf,
  listOf,
  object,
  optionalPart,
  permissionSlug,
  someOf,
  text,
  textMap,
  timestamp,
} from "../declare/shapes";

import { named, oneLine, plural } from "../wording";

const { required, optional, option, output } = fieldsOf<OrganizationApiKeyObject>();

const inputs = {
  /** Id of the organization that owns the key (`org_…`). Another one replaces the key. */
  organizationId: required(idOf("org_"), {
    immutable: true,
    from: ({ owner }) => owner.id,
  }),
  /** Name, for people to tell keys apart; it need not be unique. Another one replaces the key. */
  name: required(text(), { immutable: true }),
  /** Slugs of the permissions the key has. Default: none. Others replace the key. */
  permissions: optional(listOf(permissionSlug(), "permission slug"), { immutable: true, same: unordered }),
  /** When the key ends (RFC 3339), in the future when set. Default: never. Moved in place; removed, the key stays. */
  expiresAt: optional(timestamp(), { clear: null, same: sameInstant, future: true }),
  /** Any values: when one changes, the key is replaced by a new one. */
  keepers: option(textMap(), { immutable: true }),
  /**
   * How long the old key lives on after a new one has replaced it, as in `30m`, `24h` or `7d`. Default: it ends at
   * once, as it always does when the key is removed from the program.
   */
  overlap: option(duration()),
  /**
   * Hands the value of a new key to a file (mode 0600) or to a command's standard input, before an old key is touched,
   * and keeps it out of the state: there is no `value` output then. Another target replaces the key.
   */
  deliver: option(object({ file: optionalPart(text()), command: optionalPart(someOf(text(), "word of a command")) }), {
    immutable: "sometimes",
  }),
};

const outputs = {
  /** The key itself, a secret. The vendor tells it once, when it is made. None where `deliver` took it. */
  value: output<string>({ secret: true, createOnly: true }),
  /** The key with all but a few characters masked. */
  obfuscatedValue: output<string>(),
  /** Slugs of the permissions the key has. */
  permissions: output<string[]>(),
  /** When the key was last used (RFC 3339), as of the last change made or found; not refreshed by itself. */
  lastUsedAt: output<string | undefined>({ volatile: true }),
  /** When the key was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the key last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true }),
};

export const organizationApiKey = resourceOf<OrganizationApiKeyObject>()({
  kind: "OrganizationApiKey",
  noun: "organization API key",
  inputs,
  outputs,
  label: ({ name, organizationId }) => `"${name}" of ${organizationId}`,
  together: oneTarget,

  create: ({ api, body }) => api.apiKeys.createForOrganization(body),
  lookBefore: alike,
  lostAnswer,
  list: {
    group: ({ organizationId }) => organizationId,
    page: (api, { organizationId }, page) =>
      api.apiKeys.listForOrganization({ ...page, organization_id: organizationId }),
    eager: true,
  },
  async get(api, id, { organizationId }) {
    const keys = await listKeys(api, organizationId).catch(undefinedIfMissing);
    return keys?.find((key) => key.id === id);
  },
  updates: [
    {
      fields: ["expiresAt"],
      async send({ api, context, id, body, state }) {
        const key = await expire(api, id, body.expires_at ?? null);
        const end = key.expires_at === null ? "until it is deleted" : `until ${key.expires_at}`;
        context.messages.say(`The API key "${state.name}" (${state.obfuscatedValue}) works ${end} now.`);
        return { ...key, owner: { type: "organization", id: state.organizationId } };
      },
    },
  ],
  // Where the value was delivered it is nowhere else: another target needs another key.
  replacedBy: ({ value }) => (value === undefined ? ["deliver"] : []),
  delivers: "deliver",
  delete: end,
});

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

const listKeys = (api: Api, organization_id: string) => api.apiKeys.listForOrganization({ organization_id }).all();

function oneTarget({ deliver }: Partial<Values>): Failure<keyof Values>[] {
  const targets = typeof deliver === "object" ? Object.keys(deliver).length : 1;
  return targets === 1 ? [] : [{ property: "deliver", reason: "takes either file or command" }];
}

function alike(there: readonly OrganizationApiKeyObject[], { name }: Values, context: HookContext): string | undefined {
  const others = unknownOf(there, name, context);
  return others.length > 0 ? `The API key "${oneLine(name)}" is made. ${stillAlive(others)}` : undefined;
}

const rights = (permissions: readonly string[]): string =>
  permissions.length > 0 ? `, which may ${named(permissions)},` : "";

/** What the key in its place may do, where that is something else. */
function successor(next: Inputs | undefined, { permissions: before }: Outputs): string {
  const given: unknown = next?.permissions;
  const permissions = Array.isArray(given) ? given.filter((one) => typeof one === "string") : [];
  return next && !unordered(permissions, before) ? `; the one in its place may ${named(permissions) || "nothing"}` : "";
}

/** In a replacement that wants an overlap the key is given an end; otherwise it ends now. */
async function end(context: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const { api, clock, messages, replacing } = context;
  await assertNotInUse(context, id, state);
  const replacement = replacing.get(id);
  const overlap = replacement?.overlap;
  if (typeof overlap !== "string") {
    if (await ended(api.apiKeys.delete({ id }))) {
      messages.say(
        `The ${replacement ? "old " : ""}API key "${oneLine(state.name)}" (${state.obfuscatedValue})${rights(state.permissions)} no longer works${successor(replacement, state)}.`,
      );
    } else await tellThatItWasGone(context, id, state);
    return "gone";
  }
  const until = new Date(clock.now() + durationMs(overlap)).toISOString();
  const earlier = state.expiresAt;
  const endsBefore = earlier !== undefined && Date.parse(earlier) <= Date.parse(until);
  if (!endsBefore && !(await ended(expireAt(api, id, until)))) {
    await tellThatItWasGone(context, id, state);
    return "gone";
  }
  messages.say(
    `The old API key "${state.name}" (${state.obfuscatedValue}) works until ${endsBefore ? earlier : until}${successor(replacement, state)}.`,
  );
  return "gone";
}

/** One that has expired already stays as it is. */
async function expireAt(api: Api, id: string, expires_at: string): Promise<void> {
  await api.apiKeys.expire({ id, expires_at }).catch((error: unknown) => {
    if (!hasCode(error, "api_key_already_expired")) throw error;
  });
}

/** As after an older state was restored: what has taken the place of the key lives on, and nobody manages it. */
async function tellThatItWasGone(context: HookContext, id: string, { organizationId, name }: Outputs): Promise<void> {
  const keys = (await listKeys(context.api, organizationId).catch(undefinedIfMissing)) ?? [];
  const others = unknownOf(keys, name, context);
  context.messages.say(
    `The API key "${oneLine(name)}" (${id}) was deleted already.${others.length > 0 ? ` ${stillAlive(others)}` : ""}`,
  );
}

/** Keys of the same name that live on and that this run has not dealt with. */
const unknownOf = (
  keys: readonly OrganizationApiKeyObject[],
  wanted: string,
  { clock, creates, replacing }: HookContext,
) =>
  keys.filter(
    ({ id, name, expires_at }) =>
      name === wanted &&
      !creates.made(id) &&
      !replacing.has(id) &&
      (expires_at === null || Date.parse(expires_at) > clock.now()),
  );

const stillAlive = (keys: readonly OrganizationApiKeyObject[]) =>
  `${plural(keys.length, "other API key")} of that name ${keys.length === 1 ? "is" : "are"} alive: ${named(keys.map(({ id, obfuscated_value }) => `${id} (${obfuscated_value})`))}. What nothing manages, as after an older state was restored, should be deleted.`;

/** Deleting the key by which the provider itself is known would leave it locked out in the middle of a run. */
async function assertNotInUse({ api, apiKey }: HookContext, id: string, state: Outputs): Promise<void> {
  const visible = /[A-Za-z0-9]+$/.exec(state.obfuscatedValue)?.[0];
  // Only a key that looks the same is worth a call.
  if (apiKey === undefined || visible === undefined || !apiKey.endsWith(visible)) {
    return;
  }
  const { api_key } = await api.apiKeys.validate({ value: apiKey });
  if (api_key?.id === id) {
    throw new Error(
      `Refused: the API key "${state.name}" (${id}) is the one this provider itself works with. Give the provider another key first (\`pulumi config set --secret workos:apiKey\`), then run again.`,
    );
  }
}

async function expire(api: Api, id: string, expiresAt: string | null) {
  try {
    return await api.apiKeys.expire({ id, expires_at: expiresAt });
  } catch (error) {
    if (hasCode(error, "api_key_already_expired")) {
      throw new Error(
        `The API key ${id} has expired and no date can bring it back. Change one of its keepers to make a new key in its place.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * A key whose value was lost with the answer is of no use. It is deleted, so that the create can be repeated, only
 * when it is surely ours: the one new key of this name with these permissions.
 */
function lostAnswer({ organizationId, name, permissions, expiresAt }: Values): LostAnswer<OrganizationApiKeyObject> {
  return {
    find: (api) => listKeys(api, organizationId),
    // Nobody can have used a key whose value was lost on the way; and what was left out was asked to be none.
    canBeOurs: (key) =>
      key.last_used_at === null &&
      (permissions !== undefined || key.permissions.length === 0) &&
      (expiresAt !== undefined || key.expires_at === null),
    repeat: "answered",
    discard: (api, { id }) => api.apiKeys.delete({ id }).catch(undefinedIfMissing),
    unsure: (found) =>
      found.length > 0
        ? `${found.length} new API keys named "${name}" appeared meanwhile (${found.map(({ id }) => id).join(", ")}) and nothing tells which one is this program's: none was touched. Delete the ones that nobody uses, then run again.`
        : `No new API key named "${name}" was found, but the request may still be carried out, so it was not repeated. Run again; if a key of this name appears that nobody knows, delete it, since its value is lost.`,
  };
}
