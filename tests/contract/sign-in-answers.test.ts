/** Signing in over HTTP, with every answer of the local AuthKit held against the vendor's specification. */
import { authEndpoints, endpoints } from "../../api/endpoints/index";
import { grantTypes } from "../../api/endpoints/authentication";
import { type EndpointInput } from "../../api/endpoint";
import { signInRefusals } from "./answers/sign-in-refusals";
import { ContractRun, Sightings } from "./support/contract-run";
import { signInEndpoints } from "./support/declared";
import { type DocumentedAnswer, documentedAnswers } from "./support/documented";
import { neverAnsweredToSignIn } from "./support/never-answered-sign-in";

const { users, organizations, organizationMemberships, organizationDomains } = endpoints;
const { authentication, authorizedApplications, emailChange, emailVerification } = authEndpoints;
const { magicAuth, mfa, passwordReset, sessions, userIdentities } = authEndpoints;
const { authenticate } = authentication;
const client = { client_id: "client_local", client_secret: "sk_test_local" };
const email = "ann@example.com";
const password = "a long enough password";

const sightings = new Sightings();
let run: ContractRun;
beforeAll(async () => {
  run = await ContractRun.start(sightings);
});
beforeEach(() => run.control.reset());
afterAll(() => run.close());

const user = (fields: Partial<EndpointInput<typeof users.create>> = {}) =>
  run.call(users.create, { email, password, email_verified: true, ...fields });
async function member() {
  const { id: user_id } = await user();
  const { id: organization_id } = await run.call(organizations.create, { name: "Acme" });
  const { id } = await run.call(organizationMemberships.create, { user_id, organization_id });
  return { user_id, organization_id, membership_id: id };
}
const signIn = (fields: object = {}) => run.call(authenticate, { ...client, ...passwordGrant, ...fields });
const passwordGrant = { grant_type: grantTypes.password, email, password };
const mail = () => {
  const { code, token } = run.control.mailbox.list().at(-1) ?? {};
  return { code: code ?? "", token: token ?? "" };
};

test("signing in, refreshing, sessions and their keys", async () => {
  const { user_id } = await member();
  const { refresh_token } = await signIn();
  await run.call(authenticate, { ...client, grant_type: grantTypes.refreshToken, refresh_token });
  const { data } = await run.call(sessions.list, { user_id });
  await run.call(sessions.revoke, { session_id: data[0]?.id ?? "" });
  expect((await run.call(sessions.jwks, { client_id: client.client_id })).keys).toHaveLength(1);
});

test("Magic Auth", async () => {
  await user();
  const { id } = await run.call(magicAuth.create, { email });
  await run.call(magicAuth.get, { id });
  await run.call(authenticate, { ...client, grant_type: grantTypes.magicAuth, email, code: mail().code });
});

test("proving and changing an address", async () => {
  const { id: user_id } = await user({ email_verified: false });
  await run.call(emailVerification.send, { user_id });
  const { code, id } = run.control.mailbox.list().map((sent) => ({ code: sent.code ?? "", id: sent.objectId }))[0] ?? {
    code: "",
    id: "",
  };
  await run.call(emailVerification.get, { id });
  await run.call(emailVerification.confirm, { user_id, code });
  await run.call(emailChange.send, { user_id, new_email: "ann.new@example.com" });
  await run.call(emailChange.confirm, { user_id, code: mail().code });
});

test("a forgotten password", async () => {
  await user();
  const { id } = await run.call(passwordReset.create, { email });
  await run.call(passwordReset.get, { id });
  await run.call(passwordReset.confirm, { token: mail().token, new_password: `${password} 2` });
});

test("second factors", async () => {
  const { id: user_id } = await user();
  const { authentication_factor: factor } = await run.call(mfa.enrollForUser, { user_id, type: "totp" });
  await run.call(mfa.listForUser, { user_id });
  await run.call(mfa.get, { id: factor.id });
  const { id } = await run.call(mfa.challenge, { id: factor.id });
  await run.call(mfa.verify, { id, code: "000000" });
  const phone = await run.call(mfa.enroll, { type: "sms", phone_number: "+15005550006" });
  await run.call(mfa.delete, { id: phone.id });
});

test("applications and identities of a user", async () => {
  const { user_id, organization_id } = await member();
  await run.call(userIdentities.list, { user_id });
  await run.call(authorizedApplications.listForUser, { user_id });
  await run.call(authorizedApplications.listForOrganization, { organization_id });
});

test("domains, one by one", async () => {
  const { organization_id } = await member();
  const { id } = await run.call(organizationDomains.create, { organization_id, domain: "acme.example" });
  await run.call(organizationDomains.get, { id });
  await run.call(organizationDomains.verify, { id });
  await run.call(organizationDomains.delete, { id });
});

test("the device flow starts", async () => {
  await run.call(authentication.authorizeDevice, { client_id: client.client_id });
});

describe("refusals", () => signInRefusals(() => run));

describe("altogether", () => {
  const textOf = ({ operation, status, code }: DocumentedAnswer) =>
    `${operation} ${status} ${code ?? "without a code"}`;
  const unseen = signInEndpoints.flatMap(documentedAnswers).map((answer) => [answer, textOf(answer)] as const);
  const notSeen = () => [...new Set(unseen.filter(([answer]) => !sightings.has(answer)).map(([, text]) => text))];

  test("every answer that is documented for signing in was seen, but for those listed as never answered", () => {
    expect(notSeen().sort()).toEqual(neverAnsweredToSignIn.map(textOf).sort());
  });

  test("every listed answer has a reason and is listed once", () => {
    expect(new Set(neverAnsweredToSignIn.map(textOf)).size).toBe(neverAnsweredToSignIn.length);
    expect(neverAnsweredToSignIn.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});
