/** In a preview, what another resource will answer is not known yet: nothing may be refused for that. */
import fc from "fast-check";
import { unknownValue } from "../../provider/declare/unknown";
import { kinds } from "../../provider/resources";
import { rows } from "../kinds";
import { checked, complaints } from "../support/checking";
import { changed, declarationOf } from "../support/life";
import { valuesOf } from "../support/arbitraries";

/** Replaces the value at the chosen leaf (or the whole of it) by the unknown one. */
function withUnknown(value: unknown, choose: () => number): unknown {
  if (typeof value !== "object" || value === null) return unknownValue;
  const keys = Object.keys(value);
  const chosen = keys[choose() % (keys.length + 1)];
  if (chosen === undefined) return unknownValue;
  const inside = withUnknown((value as Record<string, unknown>)[chosen], choose);
  return Array.isArray(value) ? value.with(Number(chosen), inside) : { ...value, [chosen]: inside };
}

it("is the sentinel of the engine", () => {
  expect(unknownValue).toBe("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
});

describe.each(kinds)("%s", (kind) => {
  const names = Object.keys(declarationOf(kind).inputs);

  it.each(names)("passes an unknown %s, whole or inside", (name) => {
    fc.assert(
      fc.property(valuesOf(kind)[name] ?? fc.constant("x"), fc.infiniteStream(fc.nat()), (value, numbers) => {
        const unknown = withUnknown(value, () => Number(numbers.next().value));
        expect(complaints(kind, { [name]: unknown })).not.toHaveProperty(name);
      }),
      { numRuns: 50 },
    );
  });

  it("passes with everything unknown", () => {
    const all = Object.fromEntries(names.map((name) => [name, unknownValue]));
    expect(checked(kind, all).failures).toEqual([]);
  });
});

describe("what excludes or needs another input", () => {
  it.each([
    ["User", { password: "p", passwordHash: unknownValue, passwordHashType: "bcrypt" }],
    ["User", { passwordHash: unknownValue }],
    ["User", { passwordHashType: unknownValue }],
    ["OrganizationMembership", { roleSlug: unknownValue, roleSlugs: ["admin"] }],
    ["Invitation", { roleSlug: "admin", organizationId: unknownValue }],
    ["Invitation", { roleSlug: unknownValue, organizationId: undefined }],
  ] as const)("is not complained of while it may still come right: %s with %j", (kind, changes) => {
    const inputs = changed(rows[kind].accepted, changes);
    expect(checked(kind, inputs).failures).toEqual([]);
  });

  it("is complained of where it is wrong in any case", () => {
    expect(complaints("OrganizationMembership", { userId: unknownValue, roleSlug: "a", roleSlugs: ["b"] })).toEqual({
      roleSlugs: "excludes roleSlug; put the one role into roleSlugs, or leave roleSlugs out",
    });
  });

  it("does not hide what is wrong beside an unknown value", () => {
    expect(complaints("OrganizationMembership", { roleSlugs: [unknownValue, "Team Admin"] })).toHaveProperty(
      "roleSlugs",
    );
    expect(complaints("User", { metadata: { a: unknownValue, b: 5 } })).toHaveProperty("metadata");
  });
});
