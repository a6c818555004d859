import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const path = "/user_management/redirect_uris/{id}";
/** The first one is the default, which the vendor does not delete. */
const first = ({ api }: World) => api.redirectUris.create({ uri: "https://first.example.com/callback" });

export const redirectUri: Row = {
  inputs: async (world) => {
    await first(world);
    return { uri: "https://app.example.com/callback" };
  },
  fields: {
    uri: { to: "https://app.example.com/other", replaces: "create first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: ({ world }) => world.api.redirectUris.list(),
  end: ({ world, id }) => world.api.redirectUris.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().redirectUris.filter((uri) => !uri.default).length,
  accepted: { uri: "https://app.example.com/callback" },
  random: () => ({
    uri: fc.constantFrom(
      "https://app.example.com/callback",
      "https://app.example.com",
      "https://*.preview.example.com/callback",
      "http://localhost:*/callback",
      "com.example.app://callback",
    ),
  }),
  bodies: { create: bodyOf(endpoints.redirectUris.create), updates: [] },
  present: async (world) => {
    await first(world);
    const uri = "https://app.example.com/callback";
    const { id } = await world.api.redirectUris.create({ uri });
    return { id, inputs: { uri } };
  },
  everything: [{ uri: "https://app.example.com/callback", adopt: "if-exists", onDestroy: "retain" }],
};
