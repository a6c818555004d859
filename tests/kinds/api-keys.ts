/** What the rows of keys share, whoever owns them. */
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { distinct, map, moment, name, permission } from "./generators";
import { type Row } from "./row";

const expire = (expires_at: string | null) => [{ method: "POST", path: "/api_keys/{id}/expire", body: { expires_at } }];

export const keyInputs = {
  name: "ci",
  permissions: ["posts:read", "posts:write"],
  expiresAt: "2027-01-31T00:00:00Z",
  keepers: { rotation: "1" },
};

export const keyFields: Row["fields"] = {
  name: { to: "deploy", replaces: "create first" },
  permissions: { to: ["posts:read"], replaces: "create first" },
  expiresAt: {
    to: "2027-06-30T00:00:00Z",
    sends: expire("2027-06-30T00:00:00Z"),
    removal: expire(null),
    drift: {
      behind: ({ world, id }) => world.api.apiKeys.expire({ id, expires_at: "2026-12-24T00:00:00.000Z" }),
      reported: { expiresAt: "2026-12-24T00:00:00.000Z" },
    },
  },
  keepers: { to: { rotation: "2" }, replaces: "create first" },
  overlap: { given: { overlap: "24h" }, to: "7d", sends: [], removal: [] },
  // Another target needs another value to hand over.
  deliver: { given: { deliver: { command: ["cat"] } }, to: { file: "elsewhere" }, replaces: "create first" },
};

export const keyLife: Pick<Row, "touch" | "end" | "deletes"> = {
  touch: ({ world, state }) => world.api.apiKeys.validate({ value: String(state.value) }),
  end: ({ world, id }) => world.api.apiKeys.delete({ id }),
  deletes: [{ method: "DELETE", path: "/api_keys/{id}" }],
};

export const randomKey = { name, permissions: distinct(permission, 0), expiresAt: moment, keepers: map };

export const keyUpdates = [bodyOf(endpoints.apiKeys.expire)];

export const everyKeyInput = {
  name: "CI",
  permissions: ["users:read"],
  expiresAt: "2040-01-01T00:00:00Z",
  keepers: { generation: "1" },
  overlap: "24h",
  deliver: { command: ["sh", "-c", "cat > /dev/null"] },
};
