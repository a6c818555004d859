/**
 * The operations that only the local AuthKit has, and the typed client has not: every success is called and held against
 * the vendor's specification where the installed edition has the operation, and against our declaration always.
 */
import { type AnyEndpoint, pathParameters } from "../../api/endpoint";
import { extraOperations, extras } from "../../emulator/extra";
import { authorizationExtraAnswers } from "./extra/authorization";
import { auditLogEventAnswers } from "./extra/audit-logs";
import { pageTokenAnswers, vaultKeyAnswers } from "./extra/keys-and-tokens";
import { pipesAnswers } from "./extra/pipes";
import { agentAnswers, radarAnswersOfAttempts, radarChallengeAnswers } from "./extra/radar-and-agents";
import { ssoAnswers } from "./extra/sso";
import { ContractRun, Sightings } from "./support/contract-run";
import { type DocumentedAnswer } from "./support/documented";
import { specification } from "./support/specification";

const endpoints: readonly AnyEndpoint[] = extraOperations.map(({ endpoint }) => endpoint);
/** Of a newer edition than the installed one. */
const isNewer = (operation: string) =>
  endpoints.some((one) => one.operation === operation && specification().find(one.method, one.path) === undefined);

/** The document is silent on these, or has the operation in a newer edition only. */
const usual: Readonly<Record<number, string>> = {
  400: "a body that is not JSON, or what the operation's newer edition documents",
  401: "a wrong key",
  404: "an unknown id",
  422: "a field that does not fit",
  429: "the vendor's page on rate limits",
};
const alsoAnswered = ({ operation, status }: DocumentedAnswer) => usual[status] !== undefined || isNewer(operation);

const sightings = new Sightings();
let current: ContractRun;
const run = () => current;
beforeAll(async () => {
  current = await ContractRun.start(sightings, {}, alsoAnswered);
});
beforeEach(() => current.control.reset());
afterAll(() => current.close());

describe("who may do what", () => authorizationExtraAnswers(run));
describe("single sign-on", () => ssoAnswers(run));
describe("audit log events", () => auditLogEventAnswers(run));
describe("keys of the vault", () => vaultKeyAnswers(run));
describe("tokens for pages", () => pageTokenAnswers(run));
describe("accounts at other services", () => pipesAnswers(run));
describe("attempts that Radar judges", () => radarAnswersOfAttempts(run));
describe("Radar challenges", () => radarChallengeAnswers(run));
describe("agents", () => agentAnswers(run));

const withKey = extraOperations.filter(
  ({ endpoint, ownKey }) => endpoint.public !== true && endpoint.credentialsInBody !== true && !ownKey,
);
const unknown = ({ path }: AnyEndpoint) => Object.fromEntries(pathParameters(path).map((name) => [name, "unknown"]));

test.each(withKey.map(({ endpoint }) => [endpoint.operation, endpoint] as const))(
  "%s with a wrong key is 401",
  async (_operation, endpoint) => {
    const headers = { Authorization: "Bearer sk_wrong" };
    expect(await run().refused(endpoint, unknown(endpoint), { headers })).toMatchObject({ status: 401 });
  },
);

const withBody = endpoints.filter(({ body }) => body !== undefined);
test.each(withBody.map((endpoint) => [endpoint.operation, endpoint] as const))(
  "%s with a body that is not JSON is 400",
  async (_operation, endpoint) => {
    expect(await run().refused(endpoint, unknown(endpoint), { body: '{"name": ' })).toMatchObject({ status: 400 });
  },
);

test("every one was called with success", () => {
  const called = ({ operation, success }: AnyEndpoint) =>
    Object.keys(success).some((status) => sightings.has({ operation, status: Number(status), code: null }));
  expect(endpoints.filter((endpoint) => !called(endpoint)).map(({ operation }) => operation)).toEqual([]);
});

test("every one that the installed edition has goes by the vendor's name there", () => {
  const named = endpoints.flatMap(({ method, path, operation }) => {
    const id = specification().find(method, path)?.id;
    return id === undefined || id === operation ? [] : [`${operation}: ${id}`];
  });
  expect(named).toEqual([]);
  expect(Object.keys(extras).length).toBeGreaterThan(0);
});
