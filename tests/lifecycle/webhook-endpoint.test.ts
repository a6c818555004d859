/** Names of events that only WorkOS can tell, and the secret that nobody tells twice. */
import { lifecycleOf } from "../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../provider/declare/unknown";
import { complaints } from "../support/checking";
import { declarationOf, failure } from "../support/life";
import { useWorld } from "../support/world";
import { startRun } from "./support/run";

const current = useWorld();
const endpointUrl = "https://app.example.com/webhooks";
const announced = (events: unknown, state: object = {}) =>
  lifecycleOf(declarationOf("WebhookEndpoint")).announce?.(
    { ...state },
    { endpointUrl, events },
    startRun(current()).context,
  );

describe("an event that this version does not know", () => {
  const doubt =
    '"user.creatd" is no event that this version knows; did you mean user.created? WorkOS decides whether there is one.';

  it("is accepted, and a plan says so, with what was probably meant", () => {
    expect(complaints("WebhookEndpoint", { events: ["user.creatd"] })).toEqual({});
    expect(announced(["user.created", "user.creatd"])).toEqual([doubt]);
    expect(announced(["something.quite.different"])).toEqual([
      '"something.quite.different" is no event that this version knows. WorkOS decides whether there is one.',
    ]);
  });

  it("is not said of what WorkOS has taken before, nor of what is not known yet", () => {
    expect(announced(["user.creatd", "user.created"], { events: ["user.creatd"] })).toEqual([]);
    expect(announced([unknownValue, "user.created"])).toEqual([]);
    expect(announced(unknownValue)).toEqual([]);
  });

  it("is explained where WorkOS refuses it", async () => {
    const error = await failure(
      startRun(current())
        .life("WebhookEndpoint")
        .create({ endpointUrl, events: ["user.creatd", "user.created"] }),
    );
    expect(error.message).toContain("unknown_event_type");
    expect(error.message).toMatch(/"user\.creatd" is no event; did you mean user\.created\?$/);
  });
});

it("keeps its secret over refreshes, updates and an answer that was lost", async () => {
  current().control.faults.add({ method: "POST", cut: "connection", when: "after" });
  const inputs = { endpointUrl, events: ["user.created"] };
  const { life } = startRun(current());
  const { id, outs } = await life("WebhookEndpoint").create(inputs);
  const [stored] = current().control.state().webhookEndpoints;
  expect([id, outs.secret]).toEqual([stored?.id, stored?.secret]);
  const updated = await life("WebhookEndpoint").update(id, outs, { ...inputs, events: ["user.deleted"] });
  expect(updated.secret).toBe(stored?.secret);
});

it("that is taken over brings its secret along", async () => {
  const made = await current().api.webhookEndpoints.create({ endpoint_url: endpointUrl, events: ["user.created"] });
  const inputs = { endpointUrl, events: ["user.created"], adopt: "if-exists" };
  const { outs } = await startRun(current()).life("WebhookEndpoint").create(inputs);
  expect(outs).toMatchObject({ adopted: true, secret: made.secret });
});

it("that goes is said, and so is one that stays", async () => {
  const { life, said } = startRun(current());
  const { id, outs } = await life("WebhookEndpoint").create({ endpointUrl, events: [] });
  await life("WebhookEndpoint").remove(id, { ...outs, onDestroy: "retain" });
  await life("WebhookEndpoint").remove(id, outs);
  expect(said).toEqual([
    `The webhook endpoint ${endpointUrl} is retained, and is told of events as before.`,
    `${endpointUrl} is no longer told of events: the webhook endpoint is deleted.`,
  ]);
});
