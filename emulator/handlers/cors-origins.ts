import { isOrigin } from "../../api/origins";
import { ApiError, refuse } from "../errors";
import { page } from "../pages";
import { type StoredCorsOrigin } from "../store/entities";
import { type Family } from "./handler";
import { presentCorsOrigin } from "./present";

/** Whose pages may call what needs no key: `emulator/http/browsers.ts`. */
export const corsOrigins: Family<"corsOrigins"> = {
  list: (query, { store }) => {
    const found = page(store.corsOrigins.ids(), "cors_origin", query, (id) => store.corsOrigins.get(id));
    return { ...found, data: found.data.map(presentCorsOrigin) };
  },

  create: ({ origin }, { store, ids, clock }) => {
    if (!isOrigin(origin)) {
      const errors = [{ property: "origin", constraints: { isOrigin: "origin must be an origin, without a path" } }];
      throw new ApiError(422, { message: "Validation failed.", errors });
    }
    if (store.corsOrigins.idsBy("origin", origin).size > 0) {
      throw refuse(409, "duplicate_cors_origin", "CORS origin already exists.");
    }
    const now = clock.iso();
    const stored: StoredCorsOrigin = { id: ids.make("cors_origin"), origin, created_at: now, updated_at: now };
    store.write(() => store.corsOrigins.put(stored));
    return presentCorsOrigin(stored);
  },
};
