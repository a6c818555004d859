/** A state in few bytes: whoever reads it has all of it, and states of earlier versions are what they were. */
import { compact, whole } from "../../provider/lifecycle/compact";
import { record } from "../../provider/lifecycle/state";
import { resources } from "../../provider/resources";
import type { AnyResource, RemoteObject, State } from "../../provider/declare/resource";
import { declarationOf } from "../support/life";

const user = declarationOf("User");
const remote: RemoteObject = {
  id: "user_1",
  email: "ann@example.com",
  email_verified: false,
  metadata: {},
  created_at: "2026-06-01T12:00:00.000Z",
  updated_at: "2026-06-01T12:00:00.000Z",
};
const recorded = (object: object, declared: State): State => ({
  ...record(user, {
    object: { ...remote, ...object },
    declared,
    previous: {},
    applied: () => true,
    local: { adopted: false },
  }),
  __environment: "ENVIRONM",
});

describe("a compact state", () => {
  it("says what is new, and which inputs need not have been set", () => {
    expect(compact(user, recorded({}, { email: "ann@example.com" }))).toEqual({
      __: "ENVIRONM",
      email: "ann@example.com",
      createdAt: "2026-06-01T12:00:00.000Z",
    });
    expect(compact(user, recorded({ locale: "de" }, { email: "ann@example.com", locale: "de" }))).toMatchObject({
      __: "ENVIRONM locale",
    });
  });

  it.each([
    ["nothing but what is mostly so", {}, { email: "ann@example.com" }],
    [
      "what is otherwise",
      { email_verified: true, metadata: { team: "red" }, updated_at: "2026-07-01T12:00:00.000Z" },
      {},
    ],
    ["inputs that were set", { locale: "de", first_name: "Ann" }, { locale: "de", firstName: "Ann", password: "p" }],
    ["what is written differently", {}, { email: "Ann@Example.com", emailVerified: false }],
  ])("is whole again: %s", (_what, object, declared) => {
    const state = recorded(object, { email: "ann@example.com", ...declared });
    expect(whole(user, compact(user, state))).toEqual(state);
  });

  it("is left as it is, as is one of an earlier version where it is to be whole", () => {
    const state = recorded({}, { email: "ann@example.com" });
    expect(compact(user, compact(user, state))).toEqual(compact(user, state));
    expect(whole(user, state)).toBe(state);
  });

  it("is none where nothing was declared: of what was imported not even what is required", () => {
    const imported = { email: "ann@example.com", adopted: true, __imported: true };
    expect(compact(user, imported)).toBe(imported);
  });

  it("tells that nothing is known of the environment", () => {
    const { __environment, ...state } = recorded({ locale: "de" }, { email: "ann@example.com", locale: "de" });
    expect(compact(user, state)).toMatchObject({ __: " locale" });
    expect(whole(user, compact(user, state))).toEqual(state);
  });
});

it.each(Object.values<AnyResource>(resources).map((resource) => [resource.kind, resource] as const))(
  "%s leaves out nothing that is a secret, and tells the rest from what it has",
  (_kind, { outputs }) => {
    for (const { traits } of Object.values(outputs)) {
      if (!traits.otherwise) continue;
      expect(traits.secret).toBeUndefined();
      expect(() => traits.otherwise?.({})).not.toThrow();
    }
  },
);
