import { declaredOf, inputsOf, isManaged, record } from "../../provider/lifecycle/state";
import { containsUnknown, unknownValue } from "../../provider/declare/unknown";
import { type RemoteObject } from "../../provider/declare/resource";
import { declarationOf } from "../support/life";

const user = declarationOf("User");
const remote: RemoteObject = {
  object: "user",
  id: "user_1",
  email: "ann@example.com",
  email_verified: true,
  first_name: "",
  last_name: null,
  name: undefined,
  metadata: { team: "red" },
  created_at: "2026-06-01T12:00:00.000Z",
  updated_at: "2026-06-01T12:00:00.000Z",
  something_new: "of the vendor's",
};
const recorded = (declared: Readonly<Record<string, unknown>>, previous = {}, applied = () => true) =>
  record(user, { object: remote, declared, previous, applied });

describe("the recorded state", () => {
  it("is what the vendor has, without what is none, and without what nobody knows", () => {
    expect(recorded({ email: "ann@example.com" })).toEqual({
      email: "ann@example.com",
      emailVerified: true,
      metadata: { team: "red" },
      createdAt: "2026-06-01T12:00:00.000Z",
      updatedAt: "2026-06-01T12:00:00.000Z",
      __inputs: "email",
    });
  });

  it("notes only what is written differently and means the same", () => {
    const state = recorded({ email: "Ann@Example.com", emailVerified: false, firstName: "Ann" });
    expect(state.__declared).toEqual({ email: "Ann@Example.com", emailVerified: false });
    expect(declaredOf(user, state)).toEqual({ email: "Ann@Example.com", emailVerified: false });
  });

  it("keeps what was last sent where the vendor never answers it", () => {
    const first = recorded({ email: "ann@example.com", password: "p" });
    expect(first.password).toBe("p");
    expect(recorded(declaredOf(user, first), first).password).toBe("p");
  });

  it("keeps what was there before where a change was not carried out", () => {
    const first = recorded({ email: "ann@example.com", password: "old" });
    const failed = recorded({ email: "ann@example.com", password: "new" }, first, () => false);
    expect(failed.password).toBe("old");
  });

  it("goes on managing an input whose removal was not carried out", () => {
    const first = recorded({ email: "ann@example.com", locale: "de" });
    expect(
      isManaged(
        recorded({ email: "ann@example.com" }, first, () => false),
        "locale",
      ),
    ).toBe(true);
    expect(isManaged(recorded({ email: "ann@example.com" }, first), "locale")).toBe(false);
  });

  it("keeps a key's value, which only the create tells", () => {
    const key = declarationOf("OrganizationApiKey");
    const object = {
      id: "api_key_1",
      owner: { type: "organization", id: "org_1" },
      name: "ci",
      permissions: [],
    };
    const declared = { organizationId: "org_1", name: "ci" };
    const applied = () => true;
    const made = record(key, { object: { ...object, value: "sk_1" }, declared, previous: {}, applied });
    expect(record(key, { object, declared, previous: made, applied })).toEqual(made);
  });
});

describe("the inputs that a refresh reports", () => {
  it("are those that the program has set, with what the vendor has", () => {
    const state = { ...recorded({ email: "ann@example.com", firstName: "Ann" }), firstName: "Else", lastName: "Else" };
    expect(inputsOf(user, state)).toEqual({ email: "ann@example.com", firstName: "Else" });
  });

  it("leave out what the vendor no longer has", () => {
    expect(inputsOf(user, recorded({ email: "ann@example.com", externalId: "ann" }))).toEqual({
      email: "ann@example.com",
    });
  });
});

describe("an unknown value", () => {
  it.each([unknownValue, [unknownValue], { a: unknownValue }, [{ a: [1, unknownValue] }]])(
    "is found in %j",
    (value) => {
      expect(containsUnknown(value)).toBe(true);
    },
  );

  it.each([undefined, null, "", `${unknownValue}x`, 0, {}, [], [{ a: "b" }]])("is not found in %j", (value) => {
    expect(containsUnknown(value)).toBe(false);
  });
});
