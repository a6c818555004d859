/** What the environment's access tokens say besides: `JwtTemplatesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { jwtTemplate as template } from "../schemas";

export const jwtTemplate = {
  /** The environment's template; missing where there never was one. */
  get: endpoint({
    operation: "JwtTemplatesController_getJwtTemplate",
    method: "GET",
    path: "/user_management/jwt_template",
    success: { 200: template },
    repeat: "safe",
    lane: "read",
  }),
  /** Puts a template in the place of the one that there is. */
  update: endpoint({
    operation: "JwtTemplatesController_updateJwtTemplate",
    method: "PUT",
    path: "/user_management/jwt_template",
    body: z.object({ content: z.string() }),
    success: { 200: template },
    repeat: "safe",
    lane: "write",
  }),
} as const;
