/** Pages whose scripts may call the API: `CorsOriginsController` in the vendor's specification. It deletes none. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { corsOrigin, listOf, page } from "../schemas";

export const corsOrigins = {
  /** The CORS origins of the environment, newest first. */
  list: endpoint({
    operation: "CorsOriginsController_list",
    method: "GET",
    path: "/user_management/cors_origins",
    query: page,
    success: { 200: listOf(corsOrigin) },
    repeat: "safe",
    lane: "read",
  }),
  /** Adds a CORS origin. */
  create: endpoint({
    operation: "CorsOriginsController_createCorsOrigin",
    method: "POST",
    path: "/user_management/cors_origins",
    body: z.object({ origin: z.string() }),
    success: { 201: corsOrigin },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
