import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type Control, type Initial } from "../control";
import { dashboardPages } from "../dashboard/pages";
import { hostedRoutes } from "../hosted/routes";
import { controlRoutes } from "./control-routes";
import { limitBody } from "./body-limit";
import { forPages, openToPages } from "./browsers";
import { knownHosts } from "./hosts";
import { type PipelineParts, serveApi } from "./pipeline";
import { routes } from "./routes";

type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const graceMs = 2000;
/** Node's 5 seconds are over before a busy test goes on, whose next request then meets a connection that just ended. */
const keepAliveMs = 60_000;

/** Listens and, when closed, lets answers in flight go out and ends every connection at once. */
export async function listen(fetch: Fetch, port: number, host: string): Promise<Listener> {
  // HTTP/1 is the adapter's default; its type covers HTTP/2 too.
  const server = createAdaptorServer({ fetch }) as Server;
  server.keepAliveTimeout = keepAliveMs;
  const inFlight = new Set<ServerResponse>();
  let whenIdle: () => void = () => undefined;
  server.on("request", (_request, response) => {
    inFlight.add(response);
    response.once("close", () => {
      inFlight.delete(response);
      if (inFlight.size === 0) whenIdle();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        timer.unref();
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        whenIdle = () => server.closeAllConnections();
        if (inFlight.size === 0) whenIdle();
      }),
  };
}

const maxBodyBytes = 1024 * 1024;
/** A whole state that is put back. */
const maxStateBytes = 256 * 1024 * 1024;

export function buildApp(
  parts: PipelineParts,
  control: Control,
  initial: Initial,
  allowedHosts: readonly string[] = [],
) {
  const app = new Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>();
  // The rest of the body is not read, so the connection cannot be used again.
  const tooLarge = () =>
    Response.json({ message: "The request body is too large." }, { status: 413, headers: { Connection: "close" } });

  app.use("*", (http, next) => {
    const requestId = parts.context.ids.make("req");
    http.set("requestId", requestId);
    // On what goes out itself: to add a header to an answer afterwards costs as much as the answer.
    const { outgoing } = http.env;
    outgoing.setHeader("X-Request-ID", requestId);
    // The time that objects are dated with, which may have been moved.
    outgoing.setHeader("Date", new Date(parts.context.clock.now()).toUTCString());
    return next();
  });
  app.use("*", knownHosts(allowedHosts));
  const usual = limitBody({ maxSize: maxBodyBytes, onError: tooLarge });
  const ofState = limitBody({ maxSize: maxStateBytes, onError: tooLarge });
  const bounded: MiddlewareHandler = (http, next) =>
    (http.req.path === "/_emulator/snapshot" ? ofState : usual)(http, next);
  app.use("*", bounded);

  app.get("/health", (http) => http.json({ status: "ok" }));
  const controls = controlRoutes(parts, control, initial);
  dashboardPages(app, parts.context, async (path) => controls.request(path.replace(/^\/_emulator/, "")));
  app.route("/_emulator", controls);
  hostedRoutes(app, parts.context);
  for (const path of new Set(routes.filter((route) => forPages(route.endpoint)).map(({ pattern }) => pattern))) {
    app.use(path, ...openToPages(parts.context));
  }
  for (const route of routes) {
    app.on(route.method, route.pattern, (http) => serveApi(http, route, parts));
  }
  app.notFound((http) => serveApi(http, undefined, parts));
  return app;
}
