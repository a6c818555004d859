/** What has happened: `EventsController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { commaJoinedText, event, listOf, page } from "../schemas";

export const events = {
  /** Events of the environment, newest first unless `order` says otherwise; `events` are the names that are wanted. */
  list: endpoint({
    operation: "EventsController_list",
    method: "GET",
    path: "/events",
    query: page.extend({
      events: commaJoinedText.optional(),
      /** ISO 8601: events after it. */
      range_start: z.string().optional(),
      /** ISO 8601: events before it. */
      range_end: z.string().optional(),
      organization_id: z.string().optional(),
    }),
    success: { 200: listOf(event) },
    repeat: "safe",
    lane: "read",
    refusesWithoutCode: true,
  }),
} as const;
