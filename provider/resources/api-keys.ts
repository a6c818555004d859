/**
 * API keys, whoever owns them: everything but that. Operations: `ApiKeysController` in the vendor's specification, which
 * has no operation that gets one key: it is looked up in its owner's list.
 */
import type { Api, ApiKeyObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { sameInstant, unordered } from "../declare/comparisons";
import { fieldsOf } from "../declare/fields";
import type { Inputs, ListPage, LostAnswer, WhichPage } from "../declare/resource";
import { listOf, slug, text, timestamp } from "../declare/shapes";
import { named, oneLine, plural } from "../wording";
import { deliver, isUnknown, keepers, ofNoUseOnceLost, oneTarget, overlap, overlapMs } from "./rotation";

const { required, optional, output } = fieldsOf<ApiKeyObject>();

/** Each owner's declaration documents them: only what stands there is shown to whoever hovers over it. */
export const keyInputs = {
  name: required(text(), { immutable: true }),
  permissions: optional(listOf(slug(), "permission slug"), { immutable: true, same: unordered }),
  expiresAt: optional(timestamp(), { clear: null, same: sameInstant, future: true }),
  keepers,
  overlap,
  deliver,
};

export const keyOutputs = {
  value: output<string>({ secret: true, createOnly: true }),
  obfuscatedValue: output<string>(),
  permissions: output<string[]>(),
  lastUsedAt: output<string | undefined>({ volatile: true }),
  createdAt: output<string>(),
  updatedAt: output<string>({ volatile: true }),
};

/** What the hooks of every key read, of its inputs and of what is recorded: the rest is for its declaration to say. */
interface Values {
  readonly name: string;
  readonly permissions?: readonly string[];
  readonly expiresAt?: string;
}
interface Outputs extends Values {
  readonly permissions: string[];
  readonly obfuscatedValue: string;
  readonly value?: string;
}
interface EndCall {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly body: { readonly expires_at?: string | null };
  readonly state: Outputs;
}

type Listed = PromiseLike<ListPage<ApiKeyObject>> & { all(): Promise<ApiKeyObject[]> };

/** Whose the keys are: the inputs that say so, and where the owner's keys are listed. */
interface Owned<Owner> {
  readonly group: (owner: Owner) => string;
  readonly list: (api: Api, owner: Owner, page?: WhichPage) => Listed;
}

/** The life of a key. */
export function lifeOfKeys<Owner extends object>({ group, list }: Owned<Owner>) {
  const keysOf = (api: Api, owner: Owner) => list(api, owner).all();
  return {
    together: oneTarget,
    lookBefore: (there: readonly ApiKeyObject[], values: Values, context: HookContext) =>
      alike(there, values.name, context),
    lostAnswer: (values: Values & Owner): LostAnswer<ApiKeyObject> => ({
      find: (api) => keysOf(api, values),
      canBeOurs: (key) => canBeOurs(key, values),
      discard: (api, { id }) => api.apiKeys.delete({ id }).catch(undefinedIfMissing),
      ...ofNoUseOnceLost({ noun: "API key", which: `named "${values.name}"`, one: "a key of this name" }),
    }),
    list: { group, page: (api: Api, owner: Owner, page: WhichPage) => list(api, owner, page), eager: true },
    async get(api: Api, id: string, owner: Owner) {
      const keys = await keysOf(api, owner).catch(undefinedIfMissing);
      return keys?.find((key) => key.id === id);
    },
    updates: [{ fields: ["expiresAt" as const], send: moveEnd }],
    // Where the value was delivered it is nowhere else: another target needs another key.
    replacedBy: ({ value }: Outputs) => (value === undefined ? ["deliver" as const] : []),
    delivers: { input: "deliver" as const, output: "value" as const, noun: "API key" },
    delete: (context: HookContext, id: string, state: Outputs & Owner) => end(context, id, state, keysOf),
  };
}

async function moveEnd({ api, context, id, body, state }: EndCall) {
  const key = await expire(api, id, body.expires_at ?? null);
  const until = key.expires_at === null ? "until it is deleted" : `until ${key.expires_at}`;
  context.messages.say(`The API key "${state.name}" (${state.obfuscatedValue}) works ${until} now.`);
  return key;
}

function alike(there: readonly ApiKeyObject[], name: string, context: HookContext): string | undefined {
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
async function end<Owner>(
  context: HookContext,
  id: string,
  state: Outputs & Owner,
  keysOf: (api: Api, owner: Owner) => Promise<ApiKeyObject[]>,
): Promise<"gone"> {
  const { api, clock, messages, replacing } = context;
  await assertNotInUse(context, id, state);
  // As after an older state was restored: what has taken the place of the key lives on, and nobody manages it.
  const tellThatItWasGone = async () => {
    const others = unknownOf((await keysOf(api, state).catch(undefinedIfMissing)) ?? [], state.name, context);
    messages.say(
      `The API key "${oneLine(state.name)}" (${id}) was deleted already.${others.length > 0 ? ` ${stillAlive(others)}` : ""}`,
    );
  };
  const replacement = replacing.get(id);
  const wanted = overlapMs(context, id);
  if (wanted === undefined) {
    if (await ended(api.apiKeys.delete({ id }))) {
      messages.say(
        `The ${replacement ? "old " : ""}API key "${oneLine(state.name)}" (${state.obfuscatedValue})${rights(state.permissions)} no longer works${successor(replacement, state)}.`,
      );
    } else await tellThatItWasGone();
    return "gone";
  }
  const until = new Date(clock.now() + wanted).toISOString();
  const earlier = state.expiresAt;
  const endsBefore = earlier !== undefined && Date.parse(earlier) <= Date.parse(until);
  if (!endsBefore && !(await ended(expireAt(api, id, until)))) {
    await tellThatItWasGone();
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

/** Keys of the same name that live on and that this run has not dealt with. */
const unknownOf = (keys: readonly ApiKeyObject[], wanted: string, context: HookContext) =>
  keys.filter(
    ({ id, name, expires_at }) =>
      name === wanted &&
      isUnknown(context, id) &&
      (expires_at === null || Date.parse(expires_at) > context.clock.now()),
  );

const stillAlive = (keys: readonly ApiKeyObject[]) =>
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

/** Nobody can have used a key whose value was lost on the way; and what was left out was asked to be none. */
const canBeOurs = (key: ApiKeyObject, { permissions, expiresAt }: Values): boolean =>
  key.last_used_at === null &&
  (permissions !== undefined || key.permissions.length === 0) &&
  (expiresAt !== undefined || key.expires_at === null);
