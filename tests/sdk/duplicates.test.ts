/** What a declaration that was refused leaves behind, in a program that goes on; the refusals are in `tests/e2e`. */
import * as pulumi from "@pulumi/pulumi";
import { Invitation, OrganizationRoster } from "../../sdk";

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ inputs, name }) => ({ id: name, state: inputs as object }),
    call: () => ({}),
  });
  process.env.WORKOS_API_KEY = "sk_test_1";
});
afterAll(() => {
  delete process.env.WORKOS_API_KEY;
});

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    output.apply(resolve);
    setTimeout(() => reject(new Error("it never came to be known")), 1_000).unref();
  });

it("declares nothing: whose access it would have been is still the other's", async () => {
  const roster = new OrganizationRoster("acme", { organizationId: "org_1", members: { "ann@example.com": {} } });
  expect(() => new Invitation("ann", { email: "Ann@example.com", organizationId: "org_1" })).toThrow(
    'Invitation "ann" declares the access of ann@example.com, which OrganizationRoster "acme" declares already',
  );
  // What the engine is given once it is known that nobody else declares it.
  expect(await valueOf(roster.organizationId)).toBe("org_1");
});
