import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { webhookEndpoints } = endpoints;
const endpoint_url = "https://app.example.com/webhooks";
const events = ["user.created", "dsync.user.created"];

export function webhookEndpointAnswers(run: RunOf): void {
  test("an endpoint is made with its secret, listed with it, changed and deleted", async () => {
    const made = await run().call(webhookEndpoints.create, { endpoint_url, events });
    expect(made).toMatchObject({ endpoint_url, events, status: "enabled" });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9]{20,}$/);
    expect((await run().call(webhookEndpoints.list, { limit: 1, order: "asc" })).data).toEqual([made]);
    const { id } = made;
    const changed = await run().call(webhookEndpoints.update, {
      ...{ id, status: "disabled" as const, events: ["user.deleted"] },
      endpoint_url: `${endpoint_url}/2`,
    });
    expect(changed).toMatchObject({ status: "disabled", events: ["user.deleted"], secret: made.secret });
    expect(await run().call(webhookEndpoints.update, { id })).toEqual(changed);
    await run().call(webhookEndpoints.delete, { id });
    expect((await run().call(webhookEndpoints.list, {})).data).toEqual([]);
  });

  test.each([
    ["of an address that is taken", { endpoint_url: "https://taken.example.com/" }, 409, "duplicate_endpoint"],
    ["of an address that no webhook goes to", { endpoint_url: "ftp://app.example.com" }, 422, "invalid_url"],
    ["of what is no address", { endpoint_url: "app" }, 422, "invalid_url"],
    ["for an event that there is not", { events: ["user.creatd"] }, 422, "invalid_request_parameters"],
    ["for what is no list", { events: "user.created" }, 422, "invalid_request_parameters"],
  ])("an endpoint %s is refused as documented", async (_what, input, status, code) => {
    await run().call(webhookEndpoints.create, { endpoint_url: "https://taken.example.com/", events });
    const { id } = await run().call(webhookEndpoints.create, { endpoint_url, events });
    const other = { endpoint_url: `${endpoint_url}/2`, events, ...input };
    expect(await run().refused(webhookEndpoints.create, other)).toMatchObject({ status, code });
    expect(await run().refused(webhookEndpoints.update, { id, ...input })).toMatchObject({ status, code });
  });

  test("what is no event is told by a code of its own", async () => {
    const refused = await run().refused(webhookEndpoints.create, { endpoint_url, events: ["user.creatd"] });
    expect(refused.codes).toEqual(["unknown_event_type"]);
  });

  test("an unknown one is 404, and a page that cannot be is 422", async () => {
    const id = "we_unknown";
    const gone = { status: 404, code: "entity_not_found" };
    expect(await run().refused(webhookEndpoints.update, { id, status: "disabled" })).toMatchObject(gone);
    expect(await run().refused(webhookEndpoints.delete, { id })).toMatchObject(gone);
    expect(await run().refused(webhookEndpoints.list, { limit: "many" })).toMatchObject({ status: 422 });
  });
}
