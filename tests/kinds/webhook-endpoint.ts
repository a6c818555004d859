import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { type Row, type Subject } from "./row";

const path = "/webhook_endpoints/{id}";
const patch = (body: object) => [{ method: "PATCH", path, body }];
const change = (fields: { endpoint_url?: string; events?: string[]; status?: "enabled" | "disabled" }) => ({
  behind: ({ world, id }: Subject) => world.api.webhookEndpoints.update({ id, ...fields }),
});
const endpointUrl = "https://app.example.com/webhooks";

export const webhookEndpoint: Row = {
  inputs: () => Promise.resolve({ endpointUrl, events: ["user.created", "user.deleted"], status: "enabled" }),
  fields: {
    endpointUrl: {
      to: "https://app.example.com/other",
      sends: patch({ endpoint_url: "https://app.example.com/other" }),
      drift: {
        ...change({ endpoint_url: "https://else.example.com/" }),
        reported: { endpointUrl: "https://else.example.com/" },
      },
    },
    events: {
      to: ["user.deleted", "session.created"],
      sends: patch({ events: ["user.deleted", "session.created"] }),
      drift: { ...change({ events: ["user.created"] }), reported: { events: ["user.created"] } },
    },
    status: {
      to: "disabled",
      sends: patch({ status: "disabled" }),
      removal: [],
      drift: { ...change({ status: "disabled" }), reported: { status: "disabled" } },
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async ({ world, id }) => {
    await world.api.webhookEndpoints.update({ id, status: "disabled" });
    await world.api.webhookEndpoints.update({ id, status: "enabled" });
  },
  end: ({ world, id }) => world.api.webhookEndpoints.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().webhookEndpoints.length,
  accepted: { endpointUrl, events: ["user.created"] },
  random: () => ({
    endpointUrl: fc.constantFrom(endpointUrl, "https://APP.example.com", "https://app.example.com/?a=b"),
    events: fc.uniqueArray(fc.constantFrom("user.created", "user.deleted", "session.created", "group.created")),
    status: fc.constantFrom("enabled", "disabled"),
  }),
  bodies: {
    create: bodyOf(endpoints.webhookEndpoints.create),
    updates: [bodyOf(endpoints.webhookEndpoints.update)],
  },
  present: async (world) => {
    const events = ["user.created"];
    const { id } = await world.api.webhookEndpoints.create({ endpoint_url: endpointUrl, events });
    return { id, inputs: { endpointUrl, events } };
  },
  everything: [
    {
      endpointUrl,
      events: ["user.created", "user.deleted"],
      status: "disabled",
      adopt: "if-exists",
      onDestroy: "delete",
    },
  ],
};
