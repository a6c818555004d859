import { ApiError, invalidParameters } from "../errors";
import { page } from "../pages";
import { type Family } from "./handler";

export const events: Family<"events"> = {
  list: (query, { events: happened, store }) => {
    const { organization_id: organizationId } = query;
    if (organizationId !== undefined && store.organizations.get(organizationId) === undefined) {
      throw new ApiError(400, { message: `Organization not found: '${organizationId}'.` });
    }
    const from = timeOf("range_start", query.range_start) ?? -Infinity;
    const until = timeOf("range_end", query.range_end) ?? Infinity;
    const wanted = query.events && new Set(query.events);
    return page(happened.ids(), "event", query, (id) => {
      const kept = happened.get(id);
      if (kept === undefined) return undefined;
      const at = Date.parse(kept.event.created_at);
      const isMeant =
        (wanted?.has(kept.event.event) ?? true) &&
        (organizationId === undefined || kept.organizationId === organizationId) &&
        at >= from &&
        at <= until;
      return isMeant ? kept.event : undefined;
    });
  },
};

function timeOf(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw invalidParameters([{ field, code: "invalid_date", message: `${field}: no ISO 8601 date.` }], true);
  return time;
}
