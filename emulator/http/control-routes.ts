import { Hono } from "hono";
import { z, ZodError } from "zod";
import { asyncDeletesSchema, type Control, type Initial, rateLimitsPatch, switchesPatch } from "../control";
import { dashboardData } from "../dashboard/data";
import { connectionChange, directoryChange, newConnection, newDirectory } from "../directories/control";
import { directoryPush } from "../directories/push";
import { answerTo, toResponse } from "./answer";
import { faultRule } from "./faults";
import { ownPagesOnly } from "./own-pages";
import { type PipelineParts } from "./pipeline";
import { readJson } from "./validation";

const clockChange = z.union([
  z.strictObject({ advanceMs: z.int() }),
  z.strictObject({ set: z.union([z.number(), z.string()]) }),
  z.strictObject({ reset: z.literal(true) }),
]);

const newRole = z.strictObject({
  slug: z.string().min(1),
  name: z.string().optional(),
  description: z.string().optional(),
  permissions: z.array(z.string()).optional(),
  organizationId: z.string().optional(),
});

const newPermission = z.strictObject({
  slug: z.string().min(1),
  name: z.string().optional(),
  description: z.string().optional(),
  system: z.boolean().optional(),
});

const newFeatureFlag = z.strictObject({
  slug: z.string().min(1),
  name: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  enabled: z.boolean().optional(),
  defaultValue: z.boolean().optional(),
});

const newAgent = z.strictObject({
  organizationId: z.string(),
  kind: z.enum(["anonymous", "service_auth", "identity_assertion"]).optional(),
  audience: z.string().optional(),
});

/** `Control` over HTTP, without authorization, and the pages for people. */
export function controlRoutes(parts: PipelineParts, control: Control, initial: Initial): Hono {
  const app = new Hono();
  const read = async <S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> =>
    schema.parse(readJson(await request.text()));

  // A page of another site, open in a browser on this machine, must not drive the emulator.
  app.use("*", ownPagesOnly);
  app.onError((error) => {
    if (error instanceof ZodError) {
      const message = error.issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`).join("; ");
      return toResponse({ status: 422, body: { message } });
    }
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return toResponse({ status: 400, body: { message: error.message } });
    }
    return toResponse(answerTo(error));
  });

  dashboardData(app, parts, control, initial);

  app.get("/faults", (http) => http.json({ data: control.faults.list() }));
  app.post("/faults", async (http) => http.json({ id: control.faults.add(await read(http.req.raw, faultRule)) }, 201));
  app.delete("/faults", (http) => {
    control.faults.clear();
    return http.body(null, 204);
  });
  app.delete("/faults/:id", (http) => {
    control.faults.remove(http.req.param("id"));
    return http.body(null, 204);
  });

  app.get("/async-deletes", (http) => http.json(control.asyncDeletes.get()));
  app.put("/async-deletes", async (http) => {
    control.asyncDeletes.set(await read(http.req.raw, asyncDeletesSchema));
    return http.json(control.asyncDeletes.get());
  });
  app.get("/rate-limits", (http) => http.json(control.rateLimits.get()));
  app.put("/rate-limits", async (http) => {
    control.rateLimits.set(await read(http.req.raw, rateLimitsPatch));
    return http.json(control.rateLimits.get());
  });
  app.get("/switches", (http) => http.json(control.switches.get()));
  app.put("/switches", async (http) => http.json(control.switches.set(await read(http.req.raw, switchesPatch))));

  const now = () => ({ now: new Date(control.clock.now()).toISOString() });
  app.get("/clock", (http) => http.json(now()));
  app.post("/clock", async (http) => {
    const asked = await read(http.req.raw, clockChange);
    if ("advanceMs" in asked) control.clock.advance(asked.advanceMs);
    else if ("set" in asked) control.clock.set(asked.set);
    else control.clock.reset();
    return http.json(now());
  });

  app.get("/mailbox", (http) => http.json({ data: control.mailbox.list() }));
  app.delete("/mailbox", (http) => {
    control.mailbox.clear();
    return http.body(null, 204);
  });
  app.get("/mail", (http) => http.redirect("/dashboard/mails", 302));
  app.get("/webhook-deliveries", (http) => {
    const { limit } = z.object({ limit: z.coerce.number().int().min(1).default(100) }).parse(http.req.query());
    return http.json({ data: control.deliveries.list().slice(-limit) });
  });
  app.get("/webhook-deliveries/:id", (http) => http.json(control.deliveries.get(http.req.param("id"))));
  app.post("/webhook-deliveries/:id/resend", (http) => http.json(control.deliveries.resend(http.req.param("id")), 202));
  app.delete("/webhook-deliveries", (http) => {
    control.deliveries.clear();
    return http.body(null, 204);
  });
  app.post("/connections", async (http) =>
    http.json(control.connections.create(await read(http.req.raw, newConnection)), 201),
  );
  app.put("/connections/:id", async (http) =>
    http.json(control.connections.update(http.req.param("id"), await read(http.req.raw, connectionChange))),
  );
  app.delete("/connections/:id", (http) => {
    control.connections.delete(http.req.param("id"));
    return http.body(null, 204);
  });
  app.post("/directories", async (http) =>
    http.json(control.directories.create(await read(http.req.raw, newDirectory)), 201),
  );
  app.put("/directories/:id", async (http) =>
    http.json(control.directories.update(http.req.param("id"), await read(http.req.raw, directoryChange))),
  );
  app.post("/directories/:id/push", async (http) =>
    http.json(control.directories.push(http.req.param("id"), await read(http.req.raw, directoryPush))),
  );
  app.delete("/directories/:id", (http) => {
    control.directories.delete(http.req.param("id"));
    return http.body(null, 204);
  });
  app.get("/requests", (http) => {
    return http.json({ data: control.requests.list(), counters: control.requests.counters() });
  });
  app.delete("/requests", (http) => {
    control.requests.clear();
    return http.body(null, 204);
  });

  app.put("/users/:id/deletion-allowed", async (http) => {
    const { allowed } = await read(http.req.raw, z.strictObject({ allowed: z.boolean() }));
    control.setUserDeletionAllowed(http.req.param("id"), allowed);
    return http.body(null, 204);
  });
  app.post("/users/:id/password-matches", async (http) => {
    const { password } = await read(http.req.raw, z.strictObject({ password: z.string() }));
    return http.json({ matches: await control.passwordMatches(http.req.param("id"), password) });
  });
  app.put("/organization-memberships/:id/directory-managed", async (http) => {
    const { directoryManaged } = await read(http.req.raw, z.strictObject({ directoryManaged: z.boolean() }));
    control.setDirectoryManaged(http.req.param("id"), directoryManaged);
    return http.body(null, 204);
  });
  app.put("/organization-domains/:id/state", async (http) => {
    const { state } = await read(http.req.raw, z.strictObject({ state: z.enum(["pending", "verified", "failed"]) }));
    control.setDomainState(http.req.param("id"), state);
    return http.body(null, 204);
  });
  app.post("/roles", async (http) => {
    control.addRole(await read(http.req.raw, newRole));
    return http.body(null, 201);
  });
  app.delete("/roles/:id", (http) => {
    control.deleteRole(http.req.param("id"));
    return http.body(null, 204);
  });
  app.post("/permissions", async (http) => {
    control.addPermission(await read(http.req.raw, newPermission));
    return http.body(null, 201);
  });
  app.delete("/cors-origins/:id", (http) => {
    control.removeCorsOrigin(http.req.param("id"));
    return http.body(null, 204);
  });
  app.delete("/jwt-template", (http) => {
    control.removeJwtTemplate();
    return http.body(null, 204);
  });
  app.post("/feature-flags", async (http) => {
    control.addFeatureFlag(await read(http.req.raw, newFeatureFlag));
    return http.body(null, 201);
  });
  app.delete("/feature-flags/:slug", (http) => {
    control.removeFeatureFlag(http.req.param("slug"));
    return http.body(null, 204);
  });
  app.post("/agents", async (http) => http.json(await control.registerAgent(await read(http.req.raw, newAgent)), 201));
  app.post("/agents/:id/claim", async (http) => {
    const { userCode } = await read(http.req.raw, z.strictObject({ userCode: z.string() }));
    control.completeAgentClaim(http.req.param("id"), userCode);
    return http.body(null, 204);
  });
  app.post("/reset", (http) => {
    control.reset();
    return http.body(null, 204);
  });
  app.get("/state", (http) => http.json(control.state()));
  return app;
}
