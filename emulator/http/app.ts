import { type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Control } from "../control";
import { hostedRoutes } from "../hosted/routes";
import { controlRoutes } from "./control-routes";
import { type PipelineParts, serveApi } from "./pipeline";
import { routes } from "./routes";

const maxBodyBytes = 1024 * 1024;

export function buildApp(parts: PipelineParts, control: Control) {
  const app = new Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>();
  // The rest of the body is not read, so the connection cannot be used again.
  const tooLarge = () =>
    Response.json({ message: "The request body is too large." }, { status: 413, headers: { Connection: "close" } });

  app.use("*", async (http, next) => {
    const requestId = parts.context.ids.make("req");
    http.set("requestId", requestId);
    await next();
    http.header("X-Request-ID", requestId);
    // The time that objects are dated with, which may have been moved.
    http.header("Date", new Date(parts.context.clock.now()).toUTCString());
  });
  app.use("*", bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }));

  app.get("/health", (http) => http.json({ status: "ok" }));
  app.route("/_emulator", controlRoutes(parts, control));
  hostedRoutes(app, parts.context);
  for (const route of routes) {
    app.on(route.method, route.pattern, (http) => serveApi(http, route, parts));
  }
  app.notFound((http) => serveApi(http, undefined, parts));
  return app;
}
