/**
 * A value that is stored encrypted. Operations: `JumpWireWeb.DataVaultController` in the vendor's specification. What is
 * read back is which version it is, and never the value: another version is another value.
 */
import type { Api, VaultMetadataObject, VaultObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { sameMap } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { metadata, secretText, text } from "../declare/shapes";
import { oneLine } from "../wording";

/** With the version that the program has written, and what tells whether a lost call has made it. */
type Stored = VaultObject & { readonly created_at: string; readonly value?: string; readonly written?: string };

const { required, requiredWriteOnly, output } = fieldsOf<Stored>();

const inputs = {
  /** Name, unique in the environment: at most 200 characters. Another one replaces the object. */
  name: required(text({ max: limits.vault.name }), { immutable: true }),
  /** The value: encrypted in the state, shown nowhere, and no output. A change stores it as the next version. */
  value: requiredWriteOnly(secretText(), { secret: true, same: isAsWritten }),
  /**
   * What decides on the key by which it is encrypted, such as `{ organization_id: acme.id }`: at most 10 entries, values
   * of at most 500 characters. Another one replaces the object.
   */
  keyContext: required(metadata({ keys: limits.vault.contextKeys, valueLength: limits.vault.contextValue }), {
    immutable: true,
    same: sameMap,
    from: ({ metadata }) => metadata.context,
  }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * store the declared value, where it has another. `require`: the same, and fail where there is none.
   */
  adopt,
  /** What removing it from the program does: `delete` or `retain` it. Default: `delete`, and `retain` for what was adopted. */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** The version that the program has stored. */
  versionId: output<string | undefined>({ from: ({ written }) => written }),
  /** The version that a refresh has found instead, stored by somebody else: the next update stores the value again. */
  foreignVersionId: output<string | undefined>({
    from: ({ written, metadata }) => (metadata.version_id === written ? undefined : metadata.version_id),
  }),
  /** Id of the key by which it is encrypted. */
  keyId: output<string>({ from: ({ metadata }) => metadata.key_id, volatile: true }),
  /** When a value was last stored (RFC 3339). */
  updatedAt: output<string>({ from: ({ metadata }) => metadata.updated_at }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const vaultObject = resourceOf<Stored>()({
  kind: "VaultObject",
  noun: "vault object",
  keys: [["name"]],
  inputs,
  outputs,
  label: ({ name }) => `"${name}"`,

  async create({ api, body }) {
    const metadata = await api.vault.create(body);
    return written({ id: metadata.id, name: body.name, metadata });
  },
  existing: {
    find: (api, { name }) => find(api, name),
    // Its refusals have no codes, by which a taken name could be told.
    lookFirst: true,
    taken: [],
    describe: ({ metadata }) => `stored at ${metadata.updated_at}`,
    revive,
  },
  lostAnswer: ({ name, value }) => ({
    find: async (api) => [await find(api, name)].filter((found) => found !== undefined),
    canBeOurs: (found) => found.value === value,
    repeat: "always",
  }),
  async get(api, id, { versionId }) {
    const found = await api.vault.describe({ id }).catch(undefinedIfMissing);
    return found && { ...written(found), written: versionId };
  },
  updates: [
    {
      async send({ api, context, id, inputs: { value }, state }) {
        if (value === undefined) return undefined;
        const now = await store(api, id, value, state.foreignVersionId ?? state.versionId);
        context.messages.say(`The vault object "${oneLine(now.name)}" has another value now.`);
        return now;
      },
    },
  ],
  delete: end,
  explain: (error) =>
    isWorkosError(error) && error.status === 409 && error.method === "PUT"
      ? "Somebody else has stored another value since the last run. `pulumi up --refresh` shows that, and stores the declared one over it."
      : undefined,
});

/** What was stored last is the declared value, as long as nobody else has stored one since. */
function isAsWritten(
  declared: string,
  actual: unknown,
  { foreignVersionId }: Readonly<Record<string, unknown>>,
): boolean {
  return declared === actual && foreignVersionId === undefined;
}

/** An object whose version is the program's own. */
function written<T extends VaultObject>(object: T): T & Stored {
  const { updated_at, version_id }: VaultMetadataObject = object.metadata;
  return { ...object, created_at: updated_at, written: version_id ?? undefined };
}

async function find(api: Api, name: string): Promise<Stored | undefined> {
  const found = await api.vault.getByName({ name }).catch(undefinedIfMissing);
  return found && written(found);
}

/** Of what is taken over the value is known for once, so that the declared one is stored only where it is another. */
async function revive(
  existing: Stored,
  declared: Values,
  _body: unknown,
  { api, messages }: HookContext,
): Promise<Stored> {
  if (!sameMap(declared.keyContext, existing.metadata.context)) {
    throw new Error(
      `The vault object "${oneLine(existing.name)}" has another key context, which cannot be changed. Declare that one, or remove the object from WorkOS.`,
    );
  }
  if (existing.value === declared.value) return existing;
  const now = await store(api, existing.id, declared.value, existing.written);
  messages.say(
    `The vault object "${oneLine(existing.name)}" had another value, over which the declared one is stored.`,
  );
  return now;
}

/** How often a call is sent at most whose answers are lost. */
const mostAttempts = 3;

/**
 * Where the answer is lost, the value itself tells whether it was stored. While the version is still the one to be
 * stored over, it can be sent again: whatever arrives late then is refused.
 */
async function store(api: Api, id: string, value: string, version_check: string | undefined): Promise<Stored> {
  for (let attempt = 1; ; attempt++) {
    try {
      return written(await api.vault.update({ id, value, version_check }));
    } catch (error) {
      const isLost = isWorkosError(error) && error.ambiguous;
      // Where that cannot be asked either, the first error says more.
      const found =
        isLost || attempt > 1 ? await Promise.resolve(api.vault.get({ id })).catch(() => undefined) : undefined;
      if (found?.value === value) return written(found);
      const isThere = version_check !== undefined && found?.metadata.version_id === version_check;
      if (!isLost || !isThere || attempt === mostAttempts) throw error;
    }
  }
}

async function end({ api, messages }: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const what = `The vault object "${oneLine(state.name)}"`;
  if (isRetained(state)) messages.say(`${what} is retained, with its value.`);
  else if (await ended(api.vault.delete({ id }))) messages.say(`${what} is deleted, with its value.`);
  return "gone";
}
