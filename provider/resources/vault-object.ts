/**
 * A value that is stored encrypted. Operations: `JumpWireWeb.DataVaultController` in the vendor's specification. What is
 * read back is which version it is, and never the value: another version is another value.
 */
import { isWorkosError } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { sameMap } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { type Recorded, resourceOf } from "../declare/resource";
import { metadata, secretText, text } from "../declare/shapes";
import { oneLine } from "../wording";
import { find, isAsWritten, revive, store, type Stored, written } from "./vault";

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
    ...foundAgain((api) => find(api, name)),
    canBeOurs: (found) => found.value === value,
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

async function end({ api, messages }: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const what = `The vault object "${oneLine(state.name)}"`;
  if (isRetained(state)) messages.say(`${what} is retained, with its value.`);
  else if (await ended(api.vault.delete({ id }))) messages.say(`${what} is deleted, with its value.`);
  return "gone";
}
