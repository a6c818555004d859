/**
 * Whom Radar keeps out, or lets in. Operations: `RadarStandaloneController` in the vendor's specification, which has none
 * that reads a list: what is recorded is taken for what is there.
 */
import type { Api } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { ended } from "../../api/http/missing";
import { radarActions, radarEntryProblem, radarListTypes } from "../../api/radar";
import { fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { oneOf, text } from "../declare/shapes";
import { oneLine } from "../wording";

/** The vendor answers nothing of an entry. */
type Entry = {
  readonly id: string;
  readonly type: (typeof radarListTypes)[number];
  readonly action: (typeof radarActions)[number];
  readonly entry: string;
  /** Whether it was on the list already; nothing where no answer tells. */
  readonly known: boolean | undefined;
};

const { required } = fieldsOf<Entry>();

const inputs = {
  /** What the list is of. Another one replaces the entry. */
  type: required(oneOf(radarListTypes), { immutable: true }),
  /** `block` keeps out whoever the entry fits, `allow` lets them in. Another one replaces the entry. */
  action: required(oneOf(radarActions), { immutable: true }),
  /**
   * The entry itself, as the type has it: an IP address or a range of them, a domain, an email address, a country's code
   * of two letters, a device or a user agent. Another one replaces the entry.
   */
  entry: required(text(), { immutable: true }),
  /** What removing it from the program does: `delete` takes it off the list, `retain` leaves it. Default: `delete`. */
  onDestroy,
};

const outputs = {};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const radarListEntry = resourceOf<Entry>()({
  kind: "RadarListEntry",
  noun: "Radar list entry",
  notImported: "nothing reads a list. Declare the resource: an entry that is on the list already stays as it is.",
  keys: [["type", "action", "entry"]],
  inputs,
  outputs,
  label: ({ type, action, entry }) => `${type} ${entry} (${action})`,
  together: misfit,

  async create({ api, body: { type, action, entry } }) {
    return { id: idOf({ type, action, entry }), type, action, entry, known: await add(api, { type, action, entry }) };
  },
  wasThere: ({ known }) => known !== false,
  // A second time changes nothing, so that a lost answer is simply asked for again.
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  gain: ({ known, ...entry }) =>
    known === false
      ? `${whatOf(entry)} is on the ${entry.action} list now.`
      : `${whatOf(entry)} ${known ? "was" : "is"} on the ${entry.action} list${known ? " already" : ", and may have been before: an answer was lost"}. Removing it from the program takes it off all the same, unless onDestroy is "retain".`,
  // Nothing reads a list.
  get: (_api, id, { type, action, entry }) => Promise.resolve({ id, type, action, entry, known: true }),
  updates: [],
  async delete({ api, messages }, _id, state: Outputs) {
    const { type, action, entry } = state;
    const what = whatOf(state);
    if (isRetained(state)) messages.say(`${what} is retained on the ${action} list.`);
    else if (await ended(api.radarLists.remove({ type, action, entry }))) {
      messages.say(`${what} is off the ${action} list.`);
    } else messages.say(`${what} was off the ${action} list already.`);
    return "gone";
  },
});

type Which = Pick<Values, "type" | "action" | "entry">;

/** Once a call was lost, that the entry is there says nothing about before. */
async function add(api: Api, which: Which): Promise<boolean | undefined> {
  let isLost = false;
  const answer = await api.radarLists.add(which, { repeat: "unsafe" }).catch((error: unknown) => {
    isLost = isWorkosError(error) && error.ambiguous;
    if (!isLost) throw error;
    return api.radarLists.add(which);
  });
  return answer !== undefined && isLost ? undefined : answer !== undefined;
}

const idOf = ({ type, action, entry }: Which) => `${type}/${action}/${entry}`;
const whatOf = ({ type, entry }: Pick<Which, "type" | "entry">) => oneLine(`The ${type.replaceAll("_", " ")} ${entry}`);

function misfit({ type, entry }: Partial<Values>): Failure<keyof Values>[] {
  const problem = type === undefined || entry === undefined ? undefined : radarEntryProblem(type, entry);
  return problem === undefined ? [] : [{ property: "entry", reason: `"${entry}" ${problem}` }];
}
