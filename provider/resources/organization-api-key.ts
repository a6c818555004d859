/**
 * A key by which an organization's own programs are known. Operations: `OrganizationApiKeysController` and
 * `ApiKeysController` in the vendor's specification, which has no operation that gets one key: it is looked up in the
 * organization's list.
 */
import type { Api } from "../../api";
import type { Context } from "../lifecycle/context";
import type { createOrganizationApiKey } from "../../api/endpoints/api-keys";
import type { EndpointInput } from "../../api/endpoint";
import { hasCode } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import type { OrganizationApiKeyObject } from "../../api/schemas";
import { durationMs } from "../declare/duration";
import { sameInstant, unordered } from "../declare/comparisons";
import {
  type Failure,
  type Inputs,
  option,
  optional,
  output,
  type Recovered,
  type Recovery,
  type RemoteUpdate,
  required,
  resource,
  type State,
} from "../declare/resource";
import {
  duration,
  idOf,
  listOf,
  object,
  optionalPart,
  slug,
  someOf,
  text,
  textMap,
  timestamp,
} from "../declare/shapes";

export const organizationApiKey = resource({
  kind: "OrganizationApiKey",
  noun: "organization API key",
  inputs: {
    /** Id of the organization that owns the key (`org_…`). Another one replaces the key. */
    organizationId: required(idOf("org_"), {
      immutable: true,
      from: (found) => (found.owner as { id: string }).id,
    }),
    /** Name, for people to tell keys apart; it need not be unique. Another one replaces the key. */
    name: required(text(), { immutable: true }),
    /** Slugs of the permissions the key has. Default: none. Others replace the key. */
    permissions: optional(listOf(slug(), "permission slug"), { immutable: true, same: unordered }),
    /** When the key ends (RFC 3339), in the future when set. Default: never. Moved in place; removed, the key stays. */
    expiresAt: optional(timestamp(), { clear: null, same: sameInstant }),
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
    deliver: option(
      object({ file: optionalPart(text()), command: optionalPart(someOf(text(), "word of a command")) }),
      { immutable: (state) => state.value === undefined },
    ),
  },
  outputs: {
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
  },
  label: (values) => `"${String(values.name)}" of ${String(values.organizationId)}`,
  future: ["expiresAt"],
  remote: {
    before: listKeys,
    create: (api, body: EndpointInput<typeof createOrganizationApiKey>): Promise<OrganizationApiKeyObject> =>
      api.apiKeys.createForOrganization(body),
    recover,
    list: {
      group: (state) => state.organizationId as string,
      page: (api, state, page) =>
        api.apiKeys.listForOrganization({ ...page, organization_id: state.organizationId as string }),
      eager: true,
    },
    async get(api, id, state) {
      const keys = await listKeys(api, state).catch(undefinedIfMissing);
      return keys?.find((key) => key.id === id);
    },
    async update({ api, id, changes, state, done }: RemoteUpdate<OrganizationApiKeyObject, unknown>) {
      const change = changes.find(({ property }) => property === "expiresAt");
      if (change) {
        const expiresAt = (change.value as string | undefined) ?? null;
        done({ ...(await expire(api, id, expiresAt)), owner: ownerOf(state) }, "expiresAt");
      }
    },
    delete: end,
  },
  together: oneTarget,
  delivers: "deliver",
});

const ownerOf = (values: Inputs) => ({ type: "organization" as const, id: String(values.organizationId) });

function listKeys(api: Api, values: Inputs): Promise<OrganizationApiKeyObject[]> {
  return api.apiKeys.listForOrganization({ organization_id: String(values.organizationId) }).all();
}

function oneTarget({ deliver }: Inputs): Failure[] {
  const targets = typeof deliver === "object" && deliver !== null ? Object.keys(deliver).length : 1;
  return targets === 1 ? [] : [{ property: "deliver", reason: "takes either file or command" }];
}

/** In a replacement that wants an overlap the key is given an end; otherwise it ends now. */
async function end(context: Context, id: string, state: State): Promise<"gone"> {
  const { api, clock, messages, replacing } = context;
  await assertNotInUse(context, id, state);
  const replacement = replacing.get(id);
  const overlap = replacement?.overlap as string | undefined;
  if (overlap === undefined) {
    await api.apiKeys.delete({ id }).catch(undefinedIfMissing);
    return "gone";
  }
  const until = new Date(clock.now() + durationMs(overlap)).toISOString();
  const earlier = state.expiresAt as string | undefined;
  const endsBefore = earlier !== undefined && Date.parse(earlier) <= Date.parse(until);
  if (!endsBefore) {
    await api.apiKeys
      .expire({ id, expires_at: until })
      .catch(undefinedIfMissing)
      .catch((error: unknown) => {
        if (!hasCode(error, "api_key_already_expired")) {
          throw error;
        }
      });
  }
  messages.say(
    `The old API key "${String(state.name)}" (${String(state.obfuscatedValue)}) works until ${endsBefore ? earlier : until}.`,
  );
  return "gone";
}

/** Deleting the key by which the provider itself is known would leave it locked out in the middle of a run. */
async function assertNotInUse({ api, apiKey }: Context, id: string, state: State): Promise<void> {
  const visible = /[A-Za-z0-9]+$/.exec(String(state.obfuscatedValue))?.[0];
  // Only a key that looks the same is worth a call.
  if (apiKey === undefined || visible === undefined || !apiKey.endsWith(visible)) {
    return;
  }
  const { api_key } = await api.apiKeys.validate({ value: apiKey });
  if (api_key?.id === id) {
    throw new Error(
      `Refused: the API key "${String(state.name)}" (${id}) is the one this provider itself works with. Give the provider another key first (\`pulumi config set --secret workos:apiKey\`), then run again.`,
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
async function recover(recovery: Recovery<OrganizationApiKeyObject>): Promise<Recovered<OrganizationApiKeyObject>> {
  const { api, inputs, answered } = recovery;
  // Nobody can have used a key whose value was lost on the way; and what was left out was asked to be none.
  const ours = (await recovery.ours(await listKeys(api, inputs))).filter(
    (key) =>
      key.last_used_at === null &&
      (inputs.permissions !== undefined || key.permissions.length === 0) &&
      (inputs.expiresAt !== undefined || key.expires_at === null),
  );
  const [only] = ours;
  if (!only && answered) {
    return "repeat";
  }
  if (!only) {
    return {
      unsure: `No new API key named "${String(inputs.name)}" was found, but the request may still be carried out, so it was not repeated. Run again; if a key of this name appears that nobody knows, delete it, since its value is lost.`,
    };
  }
  if (ours.length > 1) {
    return {
      unsure: `${ours.length} new API keys named "${String(inputs.name)}" appeared meanwhile (${ours.map((key) => key.id).join(", ")}) and nothing tells which one is this program's: none was touched. Delete the ones that nobody uses, then run again.`,
    };
  }
  await api.apiKeys.delete({ id: only.id }).catch(undefinedIfMissing);
  return "repeat";
}
