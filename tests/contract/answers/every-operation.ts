/** Refusals that do not depend on what an operation does. */
import { type AnyEndpoint, pathParameters } from "../../../api/endpoint";
import { endpoints } from "../../../api/endpoints/index";
import { declaredEndpoints } from "../support/declared";
import { type RunOf } from "./run-of";

const { users, roles } = endpoints;
const named = (all: readonly AnyEndpoint[]) => all.map((endpoint) => [endpoint.operation, endpoint] as const);
const withBody = declaredEndpoints.filter(({ body }) => body !== undefined);

/** Ids that name nothing: the refusals here come before anything is looked up. */
const unknown = ({ path }: AnyEndpoint) => Object.fromEntries(pathParameters(path).map((name) => [name, "unknown"]));

export function everyOperationAnswers(run: RunOf): void {
  test.each(named(declaredEndpoints))("%s with a wrong key is 401", async (_operation, endpoint) => {
    const headers = { Authorization: "Bearer sk_wrong" };
    expect(await run().refused(endpoint, unknown(endpoint), { headers })).toMatchObject({ status: 401 });
  });

  test.each(named(declaredEndpoints))("%s over the rate limit is 429", async (_operation, endpoint) => {
    run().control.rateLimits.set({ all: { limit: 1, windowMs: 10_000 } });
    await run().call(roles.list, {});
    expect(await run().refused(endpoint, unknown(endpoint))).toMatchObject({ status: 429 });
  });

  test.each(named(withBody))("%s with a body that is not JSON is 400", async (_operation, endpoint) => {
    expect(await run().refused(endpoint, unknown(endpoint), { body: '{"name": ' })).toMatchObject({ status: 400 });
  });

  test.each(named(withBody))("%s with a body that is no object is 422", async (_operation, endpoint) => {
    expect(await run().refused(endpoint, unknown(endpoint), { body: "[]" })).toMatchObject({ status: 422 });
  });

  test("a body that is too large is 413", async () => {
    const body = JSON.stringify({ email: "a".repeat(2 * 1024 * 1024) });
    expect(await run().refused(users.create, {}, { body })).toMatchObject({ status: 413 });
  });

  test("an idempotency key that is used again with other content is 422", async () => {
    run().control.switches.set({ idempotency: "honour" });
    const headers = { "Idempotency-Key": "one" };
    const create = async (email: string) => run().refused(users.create, { email }, { headers });
    await expect(create("a@example.com")).rejects.toThrow("answered 201");
    expect(await create("b@example.com")).toMatchObject({ status: 422, code: "idempotency_key_reused" });
  });
}
