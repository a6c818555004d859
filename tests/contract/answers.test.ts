/**
 * Every answer of the local AuthKit, over HTTP, held against the vendor's specification. One file, because the last
 * tests say what no test before them has seen.
 */
import { apiKeyAnswers } from "./answers/api-keys";
import { corsOriginAnswers } from "./answers/cors-origins";
import { auditLogAnswers } from "./answers/audit-logs";
import { authorizationResourceAnswers } from "./answers/authorization-resources";
import { connectApplicationAnswers } from "./answers/connect-applications";
import { dataIntegrationAnswers } from "./answers/data-integrations";
import { connected, directoryAnswers } from "./answers/directories";
import { everyOperationAnswers } from "./answers/every-operation";
import { groupAnswers } from "./answers/groups";
import { eventAnswers } from "./answers/events";
import { featureFlagAnswers } from "./answers/feature-flags";
import { invitationAnswers } from "./answers/invitations";
import { jwtTemplateAnswers } from "./answers/jwt-template";
import { membershipAnswers } from "./answers/memberships";
import { organizationAnswers } from "./answers/organizations";
import { permissionAnswers } from "./answers/permissions";
import { redirectUriAnswers } from "./answers/redirect-uris";
import { radarAnswers } from "./answers/radar-lists";
import { roleAnswers } from "./answers/roles";
import { roleAssignmentAnswers } from "./answers/role-assignments";
import { userAnswers } from "./answers/users";
import { webhookEndpointAnswers } from "./answers/webhook-endpoints";
import { vaultAnswers } from "./answers/vault";
import { ContractRun, Sightings } from "./support/contract-run";
import { declaredEndpoints } from "./support/declared";
import { type DocumentedAnswer, documentedAnswers, isSuccess } from "./support/documented";
import { neverAnswered, undocumentedAnswers } from "./support/undocumented";

const sightings = new Sightings();
let started: ContractRun | undefined;
const run = () => {
  if (started === undefined) throw new Error("the emulator is not running");
  return started;
};

beforeAll(async () => {
  started = await ContractRun.start(sightings, { seed: connected });
});
beforeEach(() => run().control.reset());
afterAll(() => run().close());

describe("users", () => userAnswers(run));
describe("organization memberships", () => membershipAnswers(run));
describe("invitations", () => invitationAnswers(run));
describe("API keys", () => apiKeyAnswers(run));
describe("organizations", () => organizationAnswers(run));
describe("roles", () => roleAnswers(run));
describe("permissions", () => permissionAnswers(run));
describe("groups", () => groupAnswers(run));
describe("redirect URIs", () => redirectUriAnswers(run));
describe("events", () => eventAnswers(run));
describe("webhook endpoints", () => webhookEndpointAnswers(run));
describe("CORS origins", () => corsOriginAnswers(run));
describe("authorization resources", () => authorizationResourceAnswers(run));
describe("role assignments", () => roleAssignmentAnswers(run));
describe("audit logs", () => auditLogAnswers(run));
describe("the JWT template", () => jwtTemplateAnswers(run));
describe("Connect applications", () => connectApplicationAnswers(run));
describe("the vault", () => vaultAnswers(run));
describe("Radar lists", () => radarAnswers(run));
describe("connections and directories", () => directoryAnswers(run));
describe("feature flags", () => featureFlagAnswers(run));
describe("data integrations", () => dataIntegrationAnswers(run));
describe("every operation", () => everyOperationAnswers(run));

describe("altogether", () => {
  const textOf = ({ operation, status, code }: DocumentedAnswer) =>
    `${operation} ${status} ${code ?? "without a code"}`;
  const documented = declaredEndpoints.flatMap(documentedAnswers);
  const unseen = (answers: readonly DocumentedAnswer[]) =>
    answers.filter((answer) => !sightings.has(answer)).map(textOf);

  test("every declared operation was called with success", () => {
    const called = (operation: string) =>
      documented.some((answer) => answer.operation === operation && isSuccess(answer.status) && sightings.has(answer));
    expect(declaredEndpoints.map(({ operation }) => operation).filter((operation) => !called(operation))).toEqual([]);
  });

  test("every documented answer was seen, but for those listed as never given", () => {
    expect(unseen(documented).sort()).toEqual(neverAnswered.map(textOf).sort());
  });

  test("every answer listed as undocumented was seen, and is not documented", () => {
    const unused = undocumentedAnswers.filter((entry) => !sightings.listed.has(entry));
    expect(unused.map(textOf)).toEqual([]);
  });

  test("every listed answer has a reason and is listed once", () => {
    const listed = [...undocumentedAnswers, ...neverAnswered];
    expect(new Set(listed.map(textOf)).size).toBe(listed.length);
    expect(listed.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});
