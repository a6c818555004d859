import type { Api } from "../../api";
import type { LostAnswer } from "./resource";

/**
 * What came of a create whose answer was lost, where the vendor has one of its kind at most: what is found by its natural
 * key was made by it, and a second one would be refused.
 */
export const foundAgain = <V>(find: (api: Api) => Promise<V | undefined>): LostAnswer<V> => ({
  find: async (api) => [await find(api)].filter((found) => found !== undefined),
  repeat: "always",
});
