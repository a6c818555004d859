import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { map, word } from "./generators";
import { type Row } from "./row";

const path = "/vault/v1/kv/{id}";

export const vaultObject: Row = {
  inputs: () =>
    Promise.resolve({ name: "db-password", value: "correct-horse-battery", keyContext: { tenant: "acme", tier: "1" } }),
  fields: {
    name: { to: "db-password-2", replaces: "create first" },
    value: {
      to: "another-horse-battery",
      sends: ({ state }) => [
        { method: "PUT", path, body: { value: "another-horse-battery", version_check: state.versionId } },
      ],
    },
    keyContext: { to: { tenant: "acme" }, replaces: "create first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: () => Promise.resolve(),
  end: ({ world, id }) => world.api.vault.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().vaultObjects.length,
  accepted: { name: "db-password", value: "correct-horse-battery", keyContext: { tenant: "acme" } },
  random: () => ({
    name: word,
    value: fc.constantFrom("correct-horse-battery", "another-horse-battery"),
    keyContext: map,
  }),
  bodies: { create: bodyOf(endpoints.vault.create), updates: [bodyOf(endpoints.vault.update)] },
  present: async ({ api }) => {
    const inputs = { name: "db-password", value: "correct-horse-battery", keyContext: { tenant: "acme" } };
    const { keyContext, ...given } = inputs;
    return { id: (await api.vault.create({ ...given, key_context: keyContext })).id, inputs };
  },
  everything: [
    {
      name: "db-password",
      value: "correct-horse-battery",
      keyContext: { tenant: "acme" },
      adopt: "if-exists",
      onDestroy: "delete",
    },
  ],
};
