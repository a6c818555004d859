import { grantTypes } from "../../../api/endpoints/authentication";
import { endpoints } from "../../../api/endpoints/index";
import { extras } from "../../../emulator/extra";
import { type RunOf } from "../answers/run-of";

const { organizationMemberships, organizations, radarLists, users } = endpoints;
const { agents, radar, radarChallenges } = extras;
const client = { client_id: "client_local", client_secret: "sk_test_local" };
const person = { email: "ann@example.com", password: "a long enough password" };

export function radarAnswersOfAttempts(run: RunOf): void {
  const attempt = (fields: object = {}) =>
    run().call(radar.assess.endpoint, {
      ...{ ip_address: "203.0.113.7", user_agent: "curl", email: "ann@example.com" },
      ...{ auth_method: "Password" as const, action: "sign-in" as const },
      ...fields,
    });

  test.each([
    ["email", "ann@example.com"],
    ["domain", "example.com"],
    ["ip_address", "203.0.113.0/24"],
    ["user_agent", "curl"],
  ])("an attempt goes by the list of type %s", async (type, entry) => {
    expect(await attempt()).toMatchObject({ verdict: "allow" });
    await run().call(radarLists.add, { type, action: "block", entry }, 204);
    expect(await attempt()).toMatchObject({ verdict: "block", control: "restriction", blocklist_type: type });
    await run().call(radarLists.add, { type: "email", action: "allow", entry: "ann@example.com" }, 204);
    expect(await attempt()).toMatchObject({ verdict: "allow" });
  });

  test("many attempts in a short time are doubted, until one is said to have succeeded", async () => {
    for (let times = 0; times < 5; times += 1) await attempt();
    const doubted = await attempt();
    expect(doubted).toMatchObject({ verdict: "challenge", control: "brute_force_attack" });
    await run().call(radar.update.endpoint, { id: doubted.attempt_id, challenge_status: "success" });
    expect(await attempt()).toMatchObject({ verdict: "allow" });
    expect(await run().refused(radar.update.endpoint, { id: "radar_attempt_x" })).toMatchObject({ status: 404 });
  });
}

export function radarChallengeAnswers(run: RunOf): void {
  async function doubted(radarChallenge: "email" | "sms") {
    run().control.switches.set({ radarChallenge });
    const { id } = await run().call(users.create, { ...person, email_verified: true });
    const { status, body } = await authenticateWith({ grant_type: grantTypes.password, ...person });
    expect(status).toBe(403);
    return { id, body: body as Record<string, string> };
  }
  /** The grants of Radar are new in the vendor's newer edition. */
  async function authenticateWith(fields: object) {
    const answer = await fetch(`${run().emulator.url}/user_management/authenticate`, {
      method: "POST",
      body: JSON.stringify({ ...client, ...fields }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const codeInMail = () => run().control.mailbox.list().at(-1)?.code ?? "";

  test("a doubted sign-in is confirmed by the code in a mail", async () => {
    const { id, body } = await doubted("email");
    expect(body).toMatchObject({ code: "radar_challenge" });
    const { radar_challenge_id = "", pending_authentication_token = "" } = body;
    const challenge = await run().call(radarChallenges.get.endpoint, { id: radar_challenge_id });
    expect(challenge).toMatchObject({ user_id: id, email: person.email, code: codeInMail() });
    const given = { grant_type: grantTypes.radarEmail, pending_authentication_token, radar_challenge_id };
    const wrong = { ...given, code: challenge.code === "000000" ? "000001" : "000000" };
    const refusal = { status: 400, body: { code: "invalid_one_time_code" } };
    expect(await authenticateWith(wrong)).toMatchObject(refusal);
    const right = { ...given, code: challenge.code };
    expect(await authenticateWith(right)).toMatchObject({ status: 200, body: { user: { id } } });
    expect(await authenticateWith(right)).toMatchObject({ status: 400 });
  });

  test("or by a text message, which is in the mailbox", async () => {
    const { id, body } = await doubted("sms");
    expect(body).toMatchObject({ code: "radar_sms_sign_in_challenge" });
    const { pending_authentication_token = "" } = body;
    const asked = { user_id: id, pending_authentication_token, phone_number: "+15005550006" };
    const { verification_id } = await run().call(radarChallenges.sendSms.endpoint, asked);
    expect(run().control.mailbox.list().at(-1)).toMatchObject({ to: "+15005550006", kind: "radar_challenge" });
    const given = { grant_type: grantTypes.radarSms, pending_authentication_token, verification_id };
    const answer = await authenticateWith({ ...given, code: codeInMail() });
    expect(answer).toMatchObject({ status: 200, body: { user: { id } } });
    const none = { ...asked, pending_authentication_token: "x" };
    expect(await run().refused(radarChallenges.sendSms.endpoint, none)).toMatchObject({ status: 400 });
    expect(await run().refused(radarChallenges.get.endpoint, { id: verification_id })).toMatchObject({ status: 404 });
  });
}

export function agentAnswers(run: RunOf): void {
  async function registered() {
    const { id: organizationId } = await run().call(organizations.create, { name: "Acme" });
    return { organizationId, ...(await run().control.registerAgent({ organizationId, audience: "mcp" })) };
  }
  const link = (claim_attempt_token: string, external_id = "e1", more: object = {}) => ({
    type: "link_external_user" as const,
    claim_attempt_token,
    user: { email: `${external_id}@example.com`, external_id },
    ...more,
  });

  test("an agent's credentials are good while its registration is", async () => {
    const { id, apiKey, accessToken } = await registered();
    const good = { valid: true, registration_id: id };
    const validate = (given: { type: "api_key" | "access_token"; credential: string; audience?: string }) =>
      run().call(agents.validate.endpoint, given);
    expect(await validate({ type: "api_key", credential: apiKey })).toMatchObject(good);
    expect(await validate({ type: "access_token", credential: accessToken, audience: "mcp" })).toMatchObject(good);
    const bad = { valid: false, registration_id: null, expires_at: null };
    expect(await validate({ type: "access_token", credential: accessToken, audience: "other" })).toEqual(bad);
    expect(await validate({ type: "api_key", credential: "x" })).toEqual(bad);
    run().control.clock.advance(31 * 24 * 60 * 60_000);
    expect(await validate({ type: "api_key", credential: apiKey })).toEqual(bad);
    expect(await run().call(agents.get.endpoint, { id })).toMatchObject({ status: "expired" });
  });

  test("a person claims an agent: linked by the application, completed by the agent", async () => {
    const { id, organizationId, claimAttemptToken } = await registered();
    expect(await run().call(agents.get.endpoint, { id })).toMatchObject({
      ...{ organization_id: organizationId, status: "unverified", kind: "anonymous" },
      agent_identity: { userland_user_id: null },
      claim: { claim_completion: null },
    });
    const linked = await run().call(agents.link.endpoint, link(claimAttemptToken));
    expect(() => {
      run().control.completeAgentClaim(id, "wrong");
    }).toThrow("user code");
    run().control.completeAgentClaim(id, linked.user_code);
    const claimed = await run().call(agents.get.endpoint, { id });
    const user = await run().call(users.getByExternalId, { external_id: "e1" });
    expect(claimed).toMatchObject({ status: "verified", agent_identity: { userland_user_id: user.id } });
    expect(claimed.claim?.claim_completion).not.toBeNull();
    const again = await run().refused(agents.link.endpoint, link(claimAttemptToken));
    expect(again).toMatchObject({ status: 409, code: "already_claimed" });
  });

  test("a person of several organizations says which", async () => {
    const { claimAttemptToken, organizationId } = await registered();
    const { id: other } = await run().call(organizations.create, { name: "Other" });
    const { id: user_id } = await run().call(users.create, { email: "e1@example.com", external_id: "e1" });
    for (const organization_id of [organizationId, other]) {
      await run().call(organizationMemberships.create, { user_id, organization_id });
    }
    const refused = async (more: object = {}, externalId = "e1") =>
      run().refused(agents.link.endpoint, link(claimAttemptToken, externalId, more));
    expect(await refused()).toMatchObject({ status: 409, code: "organization_selection_required" });
    expect(await refused({ organization_id: "org_x" })).toMatchObject({ status: 400, code: "invalid_organization" });
    const chosen = link(claimAttemptToken, "e1", { organization_id: other });
    const { id, organizations: own } = await run().call(agents.link.endpoint, chosen);
    expect(own).toHaveLength(2);
    expect((await run().call(agents.get.endpoint, { id })).organization_id).toBe(other);
    expect(await refused({}, "e2")).toMatchObject({ status: 400, code: "wrong_account" });
  });

  test("a claim that cannot be is refused by the vendor's codes", async () => {
    const { claimAttemptToken } = await registered();
    await run().call(users.create, { email: "e1@example.com", external_id: "e9" });
    const refused = (token: string, more: object = {}) => run().refused(agents.link.endpoint, link(token, "e1", more));
    expect(await refused("x")).toMatchObject({ status: 400, code: "invalid_claim" });
    expect(await refused(claimAttemptToken)).toMatchObject({ status: 409, code: "email_already_in_use" });
    const mismatch = { user: { email: "zoe@example.com", external_id: "e9" } };
    expect(await refused(claimAttemptToken, mismatch)).toMatchObject({ status: 400, code: "email_mismatch" });
    run().control.clock.advance(25 * 60 * 60_000);
    expect(await refused(claimAttemptToken)).toMatchObject({ status: 410, code: "claim_expired" });
    expect(await run().refused(agents.get.endpoint, { id: "agent_reg_x" })).toMatchObject({ status: 404 });
  });
}
