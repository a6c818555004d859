/** The answers that the dashboard's pages are made of, besides the controls: all of them under `/_emulator`. */
import { type Hono } from "hono";
import { z } from "zod";
import { type Control, type Initial, latencySchema } from "../control";
import { ApiError, notFound } from "../errors";
import { type PipelineParts } from "../http/pipeline";
import { readJson } from "../http/validation";
import { asset } from "./assets";
import { countsOf, labelsOf, type ListQuery, listings } from "./objects";
import { maskBody, maskHeaders, maskQuery, maskText } from "./mask";
import { repeatRequest } from "./repeat";
import { signsOf } from "./settings";
import { makeSignInLink, signInLink } from "./sign-in-link";
import { Snapshots, snapshotSchema } from "./snapshots";
import { changeStream } from "./stream";

const listQuery = z.object({
  search: z.string().max(200).default(""),
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export function dashboardData(app: Hono, parts: PipelineParts, control: Control, initial: Initial): void {
  const { context, requests, closing } = parts;
  const { store, events } = context;
  const kinds = listings(context, requests);
  const snapshots = new Snapshots({ ...parts, kinds });
  const listingOf = (kind: string) => {
    const found = kinds.get(kind);
    if (found === undefined) throw new ApiError(404, { message: `There is no kind ${kind.slice(0, 100)}.` });
    return found;
  };

  let deliveries = 0;
  control.deliveries.onChange(() => (deliveries += 1));
  const signs = () => signsOf(control, context, initial);
  app.get("/dashboard/status", (http) =>
    http.json({
      now: new Date(control.clock.now()).toISOString(),
      signs: signs(),
      counts: countsOf(kinds),
      lastMail: store.mails.ids().at(store.mails.size - 1) ?? "",
      settings: {
        faults: control.faults.list(),
        latencyMs: control.latency.get(),
        asyncDeletes: control.asyncDeletes.get(),
        rateLimits: control.rateLimits.get(),
        switches: control.switches.get(),
      },
    }),
  );
  app.get("/dashboard/stream", () =>
    changeStream(
      () => ({
        requests: requests.version,
        objects: store.version,
        // Told of when they change; emptying them, or bringing others back, is seen by how many there are.
        deliveries: `${deliveries} ${store.webhookDeliveries.size}`,
        events: `${events.ids().size} ${events.ids().at(events.ids().size - 1) ?? ""}`,
        settings: JSON.stringify([signs(), control.faults.list(), control.switches.get()]),
        snapshots: snapshots.version,
      }),
      closing,
    ),
  );
  app.get("/dashboard/list/:kind", (http) => {
    const { search, page, limit, ...filters } = http.req.query();
    const asked: ListQuery = { ...listQuery.parse({ search, page, limit }), filters };
    return http.json(listingOf(http.req.param("kind")).list(asked));
  });
  app.get("/dashboard/object/:kind/:id", (http) => {
    const { kind, id } = http.req.param();
    const object = listingOf(kind).get(id);
    if (object === undefined) throw notFound("Object", id);
    return http.json({ object, labels: labelsOf([object], context) });
  });
  // Apart from the endpoint itself, so that it is in no page before somebody asks for it.
  app.get("/dashboard/webhook-secret/:id", (http) => {
    const { id } = http.req.param();
    const endpoint = store.webhookEndpoints.get(id);
    if (endpoint === undefined) throw notFound("Webhook endpoint", id);
    return http.json({ secret: endpoint.secret });
  });
  for (const [name, type] of [
    ["app.js", "text/javascript; charset=utf-8"],
    ["app.css", "text/css; charset=utf-8"],
  ] as const) {
    app.get(`/dashboard/${name}`, async (http) => http.body(await asset(name), 200, { "Content-Type": type }));
  }

  app.get("/requests/:id", (http) => {
    const id = http.req.param("id");
    const request = requests.get(id);
    if (request === undefined) throw notFound("Request", id);
    const detail = requests.detail(id);
    const shown = { ...request, path: maskText(request.path), query: maskQuery(request.query) };
    if (detail === undefined) return http.json({ request: shown, detail: null });
    const headers = maskHeaders(detail.requestHeaders);
    const typeOf = (list: readonly (readonly [string, string])[]) =>
      list.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    const answerHeaders = maskHeaders(Object.entries(detail.answerHeaders).flat());
    return http.json({
      request: shown,
      detail: {
        requestHeaders: headers,
        requestBody: maskBody(detail.requestBody, typeOf(headers)),
        answerHeaders,
        answerBody: maskBody(detail.answerBody, typeOf(answerHeaders)),
        shortened: detail.shortened,
        changes: detail.changes,
      },
    });
  });
  app.post("/requests/:id/repeat", async (http) => http.json(await repeatRequest(http.req.param("id"), parts), 201));

  app.get("/latency", (http) => http.json({ ms: control.latency.get() }));
  app.put("/latency", async (http) => {
    control.latency.set(z.strictObject({ ms: latencySchema }).parse(readJson(await http.req.text())).ms);
    return http.json({ ms: control.latency.get() });
  });
  app.post("/users/:id/sign-in-link", async (http) => {
    const asked = signInLink.parse(readJson(await http.req.text()));
    return http.json({ url: makeSignInLink(http.req.param("id"), asked, context) }, 201);
  });

  app.get("/snapshots", (http) => http.json({ data: snapshots.list() }));
  app.post("/snapshots", async (http) => {
    const { name } = z.strictObject({ name: z.string().min(1).max(200) }).parse(readJson(await http.req.text()));
    return http.json(snapshots.save(name), 201);
  });
  app.get("/snapshots/:id", (http) => {
    const snapshot = snapshots.get(http.req.param("id"));
    http.header("Content-Disposition", `attachment; filename="${fileName(snapshot.name)}.json"`);
    return http.json(snapshot);
  });
  app.delete("/snapshots/:id", (http) => {
    snapshots.remove(http.req.param("id"));
    return http.body(null, 204);
  });
  app.post("/snapshots/:id/restore", (http) => {
    snapshots.restore(snapshots.get(http.req.param("id")));
    return http.body(null, 204);
  });
  // The whole state, to be taken elsewhere and back.
  app.get("/snapshot", (http) => {
    http.header("Content-Disposition", 'attachment; filename="local-authkit.json"');
    return http.json(snapshots.take("local-authkit"));
  });
  app.put("/snapshot", async (http) => {
    // Not by `readJson`, which bounds what an operation may be sent.
    snapshots.restore(snapshotSchema.parse(JSON.parse(await http.req.text())));
    return http.body(null, 204);
  });
}

const fileName = (name: string) => name.replace(/[^\w.-]+/g, "-").slice(0, 100);
