import { radarActions, radarEntryProblem, radarListTypes } from "../../api/radar";
import { ApiError, notFound } from "../errors";
import { type StoredRadarEntry } from "../store/entities";
import { radarKey } from "../store/store";
import { type Family, Reply } from "./handler";

export const radarLists: Family<"radarLists"> = {
  add: (given, { store, ids }) => {
    const entry = checked(given);
    if (store.radarEntries.idsBy("key", radarKey(entry)).size > 0) {
      return new Reply(200, { message: "The entry is on the list already." });
    }
    store.write(() => store.radarEntries.put({ id: ids.make("radar_entry"), ...entry }));
    return new Reply(204, null);
  },

  remove: (given, { store }) => {
    const entry = checked(given);
    const [there] = store.radarEntries.by("key", radarKey(entry));
    if (there === undefined) throw notFound("Radar list entry", entry.entry);
    store.write(() => store.radarEntries.delete(there.id));
    return null;
  },
};

/** What does not fit is 400 in the vendor's document, without a code. */
function checked({ type, action, entry }: Omit<StoredRadarEntry, "id">): Omit<StoredRadarEntry, "id"> {
  const known = radarListTypes.some((one) => one === type) && radarActions.some((one) => one === action);
  if (!known) throw new ApiError(400, { message: `There is no list '${type}/${action}'.` });
  const problem = radarEntryProblem(type, entry);
  if (problem !== undefined) throw new ApiError(400, { message: `entry: ${problem}.` });
  return { type, action, entry };
}
