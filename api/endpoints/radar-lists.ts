/** Who is let in or kept out by Radar: `RadarStandaloneController` in the vendor's specification. Nothing reads a list. */
import { z } from "zod";
import { endpoint } from "../endpoint";

const body = z.object({ entry: z.string() });

export const radarLists = {
  /** Adds an entry to a list; the answer has a body where it was there already, and changes nothing then. */
  add: endpoint({
    operation: "RadarStandaloneController_updateRadarList",
    method: "POST",
    path: "/radar/lists/{type}/{action}",
    body,
    success: { 204: null, 201: null, 200: z.object({ message: z.string() }) },
    repeat: "safe",
    lane: "write",
  }),
  /** Takes an entry off a list. */
  remove: endpoint({
    operation: "RadarStandaloneController_deleteRadarListEntry",
    method: "DELETE",
    path: "/radar/lists/{type}/{action}",
    body,
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
