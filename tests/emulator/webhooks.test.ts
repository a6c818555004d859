/** Webhooks: from an action to the receiver, which the vendor's own client is. */
import { rmSync } from "node:fs";
import { WorkOS } from "@workos-inc/node";
import { systemClock } from "../../api/clock";
import { type Emulator, type EmulatorOptions } from "../../emulator";
import { type Delivery } from "../../emulator/webhooks/deliveries";
import { retryDelays } from "../../emulator/webhooks/retries";
import { folder, Receiver } from "./support/receiver";
import { Local } from "./support/local";

let receiver: Receiver;
let running: Local[] = [];
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  await Promise.all(running.map(({ emulator }) => emulator.close()));
  running = [];
  await receiver.close();
});

/** By the system's clock: the vendor's client refuses what is minutes old. */
async function start(options: EmulatorOptions = {}): Promise<Local> {
  const local = await Local.start({ clock: systemClock, ...options });
  running.push(local);
  return local;
}

const subscribe = async (local: Local, events: readonly string[], path = "/") => {
  const answer = await local.post("/webhook_endpoints", { endpoint_url: receiver.url + path, events });
  expect(answer.status).toBe(201);
  return answer.body as { id: string; secret: string };
};

/** The next delivery of which this is true, as it is then. */
function becomes({ control }: Emulator, isMeant: (delivery: Delivery) => boolean): Promise<Delivery> {
  return new Promise((resolve) => {
    const stop = control.deliveries.onChange((delivery) => {
      if (!isMeant(delivery)) return;
      stop();
      resolve(delivery);
    });
  });
}
const tries = (count: number) => (delivery: Delivery) => delivery.attempts.length === count;
const settled = ({ state }: Delivery) => state !== "pending";

const secondsUntilNext = ({ nextAttemptAt, attempts }: Delivery) =>
  Math.round((Date.parse(nextAttemptAt ?? "") - Date.parse(attempts[attempts.length - 1]?.at ?? "")) / 1000);

test("who subscribed gets the event, and the vendor's client finds the signature right", async () => {
  const local = await start();
  const { secret } = await subscribe(local, ["user.created"]);
  const done = becomes(local.emulator, settled);
  const ann = await local.user({ email: "ann@example.com", metadata: { "2": "b", "1": "a" } });
  const got = await receiver.next();
  expect(got.method).toBe("POST");
  expect(got.headers["content-type"]).toBe("application/json");
  const { webhooks } = new WorkOS("sk_test_local");
  const sigHeader = String(got.headers["workos-signature"]);
  expect(sigHeader).toMatch(/^t=\d{13}, v1=[0-9a-f]{64}$/);
  const payload = JSON.parse(got.body) as Record<string, unknown>;
  const event = await webhooks.constructEvent({ payload, sigHeader, secret });
  expect(event).toMatchObject({ event: "user.created", data: { id: ann.id, email: "ann@example.com" } });
  await expect(webhooks.constructEvent({ payload, sigHeader, secret: "another" })).rejects.toThrow("Signature");
  const told = await local.get("/events?events=user.created");
  expect(told.body.data).toEqual([payload]);
  expect(await done).toMatchObject({
    state: "delivered",
    nextAttemptAt: null,
    attempts: [{ status: 200, error: null }],
  });
});

test("a signature is dated by the receiver's time, whatever time it is here", async () => {
  const local = await start();
  const { secret } = await subscribe(local, ["user.created"]);
  local.control.clock.set("2001-01-01T00:00:00Z");
  await local.user();
  const got = await receiver.next();
  const payload = JSON.parse(got.body) as Record<string, unknown>;
  expect(payload.created_at).toMatch(/^2001-01-01/);
  const { webhooks } = new WorkOS("sk_test_local");
  const sigHeader = String(got.headers["workos-signature"]);
  expect(await webhooks.constructEvent({ payload, sigHeader, secret })).toMatchObject({ event: "user.created" });
});

test("nobody gets what they did not ask for, nor what happens while they are disabled", async () => {
  const local = await start();
  await subscribe(local, ["user.deleted"]);
  const off = await subscribe(local, ["user.created"], "/off");
  await local.call("PATCH", `/webhook_endpoints/${off.id}`, { status: "disabled" });
  const { id } = await local.user();
  await local.delete(`/user_management/users/${id}`);
  const got = await receiver.next();
  expect(got.path).toBe("/");
  expect(JSON.parse(got.body)).toMatchObject({ event: "user.deleted", data: { id } });
  expect(local.control.deliveries.list()).toHaveLength(1);
});

test("one endpoint gets its events in their order, another one does not wait for it", async () => {
  const local = await start();
  await subscribe(local, ["user.created", "organization.created"]);
  await subscribe(local, ["organization.created"], "/other");
  const release = receiver.hold("/");
  await local.user({ email: "one@example.com" });
  await local.organization();
  await local.user({ email: "two@example.com" });
  const paths = [await receiver.next(), await receiver.next()].map(({ path }) => path);
  expect(paths.sort()).toEqual(["/", "/other"]);
  release();
  const rest = [await receiver.next(), await receiver.next()].map(({ body }) => JSON.parse(body) as { event: string });
  expect(rest.map(({ event }) => event)).toEqual(["organization.created", "user.created"]);
});

test.each(["staging", "production"] as const)(
  "what fails is sent again %s's six times, and then given up",
  async (of) => {
    const local = await start({ switches: { webhookRetries: of } });
    await subscribe(local, ["user.created"]);
    receiver.answer(500, "x".repeat(5000));
    let tried = becomes(local.emulator, tries(1));
    await local.user();
    const waits: number[] = [];
    for (let count = 2; count <= 7; count += 1) {
      const delivery = await tried;
      waits.push(secondsUntilNext(delivery));
      tried = becomes(local.emulator, tries(count));
      local.control.clock.set(delivery.nextAttemptAt ?? "");
    }
    const last = await tried;
    expect(waits.map((seconds) => seconds * 1000)).toEqual(retryDelays[of]);
    expect(last).toMatchObject({ state: "failed", nextAttemptAt: null });
    expect(last.attempts.map(({ status }) => status)).toEqual(Array(7).fill(500));
    expect(last.attempts[0]?.answer).toBe("x".repeat(2048));
    const bodies = new Set(receiver.all().map(({ body }) => body));
    expect([bodies.size, receiver.all().length]).toEqual([1, 7]);
  },
);

test("what fails once arrives with the next try, with the same event", async () => {
  const local = await start();
  await subscribe(local, ["user.created"]);
  receiver.answer(503, "", 1);
  const first = becomes(local.emulator, tries(1));
  await local.user();
  expect(await first).toMatchObject({ state: "pending", attempts: [{ status: 503 }] });
  const second = becomes(local.emulator, tries(2));
  local.control.clock.advance(5000);
  expect(await second).toMatchObject({ state: "delivered", attempts: [{ status: 503 }, { status: 200 }] });
});

test.each<[string, (local: Local) => Promise<unknown>, RegExp]>([
  ["that nobody listens to", () => receiver.close(), /ECONNREFUSED/],
  ["that leads elsewhere", () => Promise.resolve(receiver.answer(302, "")), /^$/],
  ["that never answers", () => Promise.resolve(receiver.hold("/")), /timeout/],
])("an endpoint %s has not got it", async (_what, spoil, error) => {
  const local = await start({ webhookTimeoutMs: 50 });
  await subscribe(local, ["user.created"]);
  await spoil(local);
  const tried = becomes(local.emulator, tries(1));
  await local.user();
  const { state, attempts } = await tried;
  expect(state).toBe("pending");
  expect(attempts[0]?.error ?? "").toMatch(error);
});

test("a delivery is listed with what was sent and answered, and sent again by hand", async () => {
  const local = await start();
  const { id: webhookEndpointId } = await subscribe(local, ["user.created"]);
  receiver.answer(200, "thanks");
  const first = becomes(local.emulator, settled);
  const ann = await local.user();
  const { id } = await first;
  const listed = (await local.get("/_emulator/webhook-deliveries")).body.data;
  expect(listed).toMatchObject([
    { id, webhookEndpointId, url: `${receiver.url}/`, state: "delivered", event: { data: { id: ann.id } } },
  ]);
  const again = becomes(local.emulator, tries(2));
  expect(await local.post(`/_emulator/webhook-deliveries/${id}/resend`)).toMatchObject({ status: 202, body: { id } });
  expect((await again).attempts.map(({ answer }) => answer)).toEqual(["thanks", "thanks"]);
  expect(receiver.all().map(({ body }) => (JSON.parse(body) as { id: string }).id)).toHaveLength(2);
  expect((await local.get(`/_emulator/webhook-deliveries/${id}`)).body).toMatchObject({ attempts: [{}, {}] });
  expect((await local.delete("/_emulator/webhook-deliveries")).status).toBe(204);
  expect((await local.get("/_emulator/webhook-deliveries?limit=5")).body).toEqual({ data: [] });
  expect((await local.post(`/_emulator/webhook-deliveries/${id}/resend`)).status).toBe(404);
  expect((await local.get("/_emulator/webhook-deliveries?limit=none")).status).toBe(422);
});

test("nothing more goes to an endpoint that is gone or disabled", async () => {
  const local = await start();
  const gone = await subscribe(local, ["user.created"]);
  const off = await subscribe(local, ["user.created"], "/off");
  receiver.answer(500, "");
  const both = Promise.all(
    [gone, off].map(({ id }) =>
      becomes(local.emulator, (one) => one.webhookEndpointId === id && one.attempts.length > 0),
    ),
  );
  await local.user();
  const [first, second] = await both;
  await local.delete(`/webhook_endpoints/${gone.id}`);
  await local.call("PATCH", `/webhook_endpoints/${off.id}`, { status: "disabled" });
  const ends = Promise.all(
    [first, second].map((one) => becomes(local.emulator, ({ id, state }) => id === one?.id && state === "failed")),
  );
  local.control.clock.advance(5000);
  expect((await ends).map(({ attempts }) => attempts[1]?.error)).toEqual([
    "The webhook endpoint is deleted.",
    "The webhook endpoint is disabled.",
  ]);
  expect(receiver.all()).toHaveLength(2);
  for (const one of [first, second]) {
    expect(await local.post(`/_emulator/webhook-deliveries/${one?.id ?? ""}/resend`)).toMatchObject({ status: 409 });
  }
});

test("a data file keeps deliveries: what was to be sent again is sent when the emulator starts again", async () => {
  const dataFile = `${folder()}/authkit.jsonl`;
  const before = await start({ dataFile });
  await subscribe(before, ["user.created"]);
  receiver.answer(500, "", 1);
  const failed = becomes(before.emulator, tries(1));
  await before.user();
  const { id } = await failed;
  await before.emulator.close();
  const after = await start({ dataFile });
  expect(after.control.deliveries.get(id)).toMatchObject({ state: "pending", attempts: [{ status: 500 }] });
  const arrived = becomes(after.emulator, settled);
  after.control.clock.advance(5000);
  expect(await arrived).toMatchObject({ id, state: "delivered" });
});

test("what a data file takes no more does not end the emulator", async () => {
  const dataFile = `${folder()}/authkit.jsonl`;
  const local = await start({ dataFile });
  const { id } = await subscribe(local, ["user.created"]);
  receiver.answer(500, "");
  const failed = becomes(local.emulator, tries(1));
  await local.user();
  const delivery = await failed;
  await local.call("PATCH", `/webhook_endpoints/${id}`, { status: "disabled" });
  rmSync(dataFile);
  const warn = jest.spyOn(process, "emitWarning").mockImplementation();
  local.control.clock.advance(5000);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(`webhook delivery ${delivery.id}`));
  warn.mockRestore();
  expect((await local.get("/health")).status).toBe(200);
});

test("what has happened stays done where a delivery of it cannot be kept", async () => {
  const dataFile = `${folder()}/authkit.jsonl`;
  const local = await start({ dataFile });
  await subscribe(local, ["authentication.password_failed"]);
  const credentials = { email: "ann@example.com", password: "wrong", client_id: "client_local" };
  const wrong = { grant_type: "password", client_secret: "sk_test_local", ...credentials };
  const { status } = await local.post("/user_management/authenticate", wrong);
  expect(status).toBeLessThan(500);
  rmSync(dataFile);
  const warn = jest.spyOn(process, "emitWarning").mockImplementation();
  expect((await local.post("/user_management/authenticate", wrong)).status).toBe(status);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("webhook deliveries"));
  warn.mockRestore();
});

test("an emulator ends while an endpoint keeps it waiting, and that has not failed", async () => {
  const dataFile = `${folder()}/authkit.jsonl`;
  const local = await start({ dataFile });
  await subscribe(local, ["user.created"]);
  const release = receiver.hold("/");
  await local.user();
  await receiver.next();
  await local.emulator.close();
  release();
  const after = await start({ dataFile });
  const [delivery] = after.control.deliveries.list();
  expect(delivery?.attempts.filter(({ status }) => status !== 200)).toEqual([]);
});

test("what a seed or a reset brings has not happened", async () => {
  const local = await start({ seed: { users: [{ email: "ann@example.com" }] } });
  await subscribe(local, ["user.created", "user.deleted"]);
  local.control.reset();
  expect(local.control.deliveries.list()).toEqual([]);
  expect(local.control.events.list()).toEqual([]);
  expect(receiver.all()).toEqual([]);
});
