/**
 * Which events of one action an audit log takes. Operations: `AuditLogValidatorsController` and
 * `AuditLogValidatorVersionsController` in the vendor's specification, which has none that ends a schema: a change makes
 * the next version.
 */
import type { Api, AuditLogActionObject, AuditLogSchemaObject } from "../../api";
import { isAnswered, isWorkosError } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import { identical } from "../declare/comparisons";
import { adopt, adopted, fieldsOf } from "../declare/fields";
import { mustRetain, onDestroyRetain } from "../declare/no-delete";
import { type Recorded, resourceOf } from "../declare/resource";
import { atLeastOne, jsonObject, object, optionalPart, part, text } from "../declare/shapes";
import { oneLine } from "../wording";

/** The newest schema of an action, which has no id of its own: it goes by the action's name. */
type Newest = AuditLogSchemaObject & { readonly id: string };

const { required, optional, output } = fieldsOf<Newest>();

const inputs = {
  /** Name of the action, such as `invoice.paid`: the id of the resource. Another one replaces the resource. */
  action: required(text(), { immutable: true, from: ({ id }) => id }),
  /** What such an event is about, at least one: the `type` of each, and a JSON Schema of its metadata. */
  targets: required(atLeastOne(object({ type: part(text()), metadata: optionalPart(jsonObject()) }), "target"), {
    from: ({ targets }) => targets.map(({ type, metadata }) => (metadata ? { type, metadata } : { type })),
  }),
  /** A JSON Schema of the metadata of whoever did it. Removed, the next version is without it. */
  actor: optional(object({ metadata: part(jsonObject()) }), { clear: null }),
  /** A JSON Schema of the event's own metadata. Removed, the next version is without it. */
  metadata: optional(jsonObject(), { clear: null }),
  /**
   * What to do when the action has a schema already. `never`, the default: fail and name it. `if-exists`: take it over
   * and make the declared one its next version, where that differs. `require`: the same, and fail where there is none.
   */
  adopt,
  /** Only `retain`: the vendor cannot delete a schema. Needed unless `adopt` is set, so that nobody expects otherwise. */
  onDestroy: onDestroyRetain,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Number of the newest version, from 1 on. */
  version: output<number>(),
  /** When the newest version was made (RFC 3339). */
  createdAt: output<string>(),
};

type Outputs = Recorded<typeof inputs, typeof outputs>;

export const auditLogSchema = resourceOf<Newest>()({
  kind: "AuditLogSchema",
  noun: "audit log schema",
  keys: [["action"]],
  inputs,
  outputs,
  label: ({ action }) => `of ${action}`,
  together: mustRetain,

  create: async ({ api, body: { action, ...schema } }) =>
    newest(action, await api.auditLogSchemas.create({ action_name: action, ...schema })),
  existing: {
    find: (api, { action }) => find(api, action),
    // A second one would silently become the next version.
    lookFirst: true,
    taken: [],
    describe: ({ version }) => `version ${version}`,
  },
  lostAnswer: ({ action }) => ({
    find: async (api) => [await find(api, action)].filter((found) => found !== undefined),
    repeat: "answered",
    others: ({ version, created_at }) =>
      `Meanwhile somebody else made the version ${version} (${created_at}). To make this one the next, set adopt: "if-exists".`,
    unsure: () =>
      "No version that says the same was found, but the request may still be carried out, so it was not repeated. Run again.",
  }),
  list: {
    group: () => "",
    async page(api, _state, page) {
      const { data, ...list } = await api.auditLogSchemas.listActions(page);
      return { ...list, data: data.map(({ name, schema }: AuditLogActionObject) => newest(name, schema)) };
    },
  },
  get: (api, action) => find(api, action),
  updates: [
    {
      // A version is whole: what did not change is said again.
      async send({ api, context, id, body, state }) {
        const { targets = state.targets, actor = state.actor, metadata = state.metadata } = body;
        const wanted = { targets, actor: actor ?? undefined, metadata: metadata ?? undefined };
        const made = await nextVersion(api, id, wanted);
        context.messages.say(`The audit log schema of ${oneLine(id)} is version ${made.version} now.`);
        return made;
      },
    },
  ],
  delete({ messages }, id, { version }) {
    messages.say(`The audit log schema of ${oneLine(id)} stays (version ${version}): WorkOS cannot delete one.`);
    return Promise.resolve("gone");
  },
});

const newest = (action: string, schema: AuditLogSchemaObject): Newest => ({ ...schema, id: action });

async function find(api: Api, action_name: string): Promise<Newest | undefined> {
  const list = await api.auditLogSchemas.list({ action_name, limit: 1, order: "desc" }).catch(undefinedIfMissing);
  const [schema] = list?.data ?? [];
  return schema && newest(action_name, schema);
}

type Wanted = Pick<Outputs, "targets" | "actor" | "metadata">;

/** How often a call is sent at most whose answers are lost. */
const mostAttempts = 3;

/**
 * A version that a lost answer has told nobody of is not made a second time: neither by this run nor by the next one,
 * to which it is the newest already.
 */
async function nextVersion(api: Api, action_name: string, wanted: Wanted): Promise<Newest> {
  const saysTheSame = ({ targets, actor, metadata }: Newest) => identical(wanted, { targets, actor, metadata });
  const there = await find(api, action_name);
  if (there && saysTheSame(there)) return there;
  for (let attempt = 1; ; attempt++) {
    try {
      return newest(action_name, await api.auditLogSchemas.create({ action_name, ...wanted }));
    } catch (error) {
      if (!isWorkosError(error) || !error.ambiguous) throw error;
      // Where that cannot be asked either, the first error says more.
      const found = await find(api, action_name).catch(() => undefined);
      if (found && saysTheSame(found)) return found;
      // Once the vendor itself has said that it failed, nothing is under way any more.
      if (attempt === mostAttempts || !found || !isAnswered(error)) throw error;
    }
  }
}
