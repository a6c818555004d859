/** The mapping to the vendor's requests, held against the very schemas that the client and the emulator use. */
import fc from "fast-check";
import { z } from "zod";
import { diff } from "../../provider/lifecycle";
import { changesOf } from "../../provider/lifecycle/diff";
import { record } from "../../provider/lifecycle/state";
import { type Body, createBody, updateBody } from "../../provider/lifecycle/bodies";
import { callsOf } from "../../provider/lifecycle/update";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs, type State } from "../../provider/declare/resource";
import { rows } from "../kinds";
import { inputsOf, requiredOf } from "../support/arbitraries";
import { declarationOf, noChange } from "../support/life";

const declared = (kind: Kind) => inputsOf(kind, requiredOf(kind));

/** The vendor says where each role is held. */
const inOrganization = (role: object) => ({ resourceTypeSlug: "organization", ...role });

/** A state as it is recorded when the vendor has exactly what was declared. */
function recorded(kind: Kind, inputs: Inputs): State {
  const declaration = declarationOf(kind);
  const previous = {
    ...inputs,
    state: "pending",
    roleSlugs: inputs.roleSlugs ?? [inputs.roleSlug ?? "member"],
    permissions: inputs.permissions ?? [],
    ...(Array.isArray(inputs.roleAssignments) ? { roleAssignments: inputs.roleAssignments.map(inOrganization) } : {}),
  };
  return record(declaration, { object: undefined, declared: inputs, previous, applied: () => true });
}

/** The changes of an update; none where the object is replaced. */
function inPlace(kind: Kind, state: State, inputs: Inputs) {
  const { replaces } = diff(declarationOf(kind), state, inputs);
  return replaces.length > 0 ? [] : changesOf(declarationOf(kind), state, inputs);
}

function expectFits(body: Body, schema: z.ZodObject) {
  expect(Object.values(body)).not.toContain(undefined);
  expect(schema.strict().safeParse(body).error?.issues ?? []).toEqual([]);
}

describe.each(kinds)("%s", (kind) => {
  const declaration = declarationOf(kind);

  it("is created by a body that the endpoint takes, with nothing but what is declared", () => {
    fc.assert(
      fc.property(declared(kind), (inputs) => {
        const body = createBody(declaration, inputs);
        expectFits(body, rows[kind].bodies.create);
        expect(Object.keys(body).length).toBeLessThanOrEqual(Object.keys(inputs).length);
      }),
    );
  });

  it("is updated by bodies that the endpoints take", () => {
    fc.assert(
      fc.property(declared(kind), declared(kind), (before, after) => {
        const state = recorded(kind, before);
        const changes = inPlace(kind, state, after);
        callsOf(declaration).forEach(({ fields }, index) => {
          const own = changes.filter(({ property }) => fields.includes(property));
          const body = updateBody(declaration, own, state);
          // A call that has nothing to send is not made.
          if (Object.keys(body).length > 0) expectFits(body, rows[kind].bodies.updates[index] ?? z.object({}));
        });
      }),
    );
  });

  it("is not updated at all by the inputs that it has", () => {
    fc.assert(
      fc.property(declared(kind), (inputs) => {
        const state = recorded(kind, inputs);
        expect(diff(declaration, state, inputs)).toEqual(noChange);
        expect(updateBody(declaration, changesOf(declaration, state, inputs), state)).toEqual({});
      }),
    );
  });
});

describe("an update's body", () => {
  const user = declarationOf("User");
  const changeOf = (state: State, inputs: Inputs) => updateBody(user, changesOf(user, state, inputs), state);

  it("names the metadata that has to go, and nothing that is not there", () => {
    const state = { email: "a@example.com", metadata: { a: "1", b: "2" }, __inputs: "email,metadata" };
    expect(changeOf(state, { email: "a@example.com", metadata: { b: "3", c: "4" } })).toEqual({
      metadata: { a: null, b: "3", c: "4" },
    });
  });

  it("clears nothing that is not there", () => {
    const state = { email: "a@example.com", metadata: {}, __inputs: "email,metadata,locale,firstName" };
    expect(changeOf(state, { email: "a@example.com" })).toEqual({});
  });
});
