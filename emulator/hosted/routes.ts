import { type Env, type Hono } from "hono";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { html } from "hono/html";
import { pageEndpoints } from "../../api/endpoints/index";
import { getActivate, postActivate } from "./activate";
import { getAuthorize, postAuthorize } from "./authorize";
import { show } from "./http";
import { getLogout } from "./logout";
import { getReset, postReset } from "./reset-password";

/** The pages that a browser visits. */
export function hostedRoutes<E extends Env>(app: Hono<E>, context: Context): void {
  app.get(pageEndpoints.authorize.path, (http) => getAuthorize(http, context));
  app.post(pageEndpoints.authorize.path, (http) => postAuthorize(http, context));
  app.get("/activate", (http) => getActivate(http, context));
  app.post("/activate", (http) => postActivate(http, context));
  app.get("/reset-password", (http) => getReset(http));
  app.post("/reset-password", (http) => postReset(http, context));
  app.get(pageEndpoints.logout.path, (http) => getLogout(http, context));
  app.onError((error, http) => {
    if (!(error instanceof ApiError)) throw error;
    return show(http, { title: "This does not work", content: html`<p>${error.message}</p>` }, 403);
  });
}
