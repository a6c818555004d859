import { data, ids, local } from "./support/local";

const at = local();

test("a created organization has its fields, domains with their verification, and no unset ones", async () => {
  const organization = await at().organization({
    name: "Acme",
    external_id: "acme",
    metadata: { tier: "gold" },
    domain_data: [
      { domain: "acme.com", state: "verified" },
      { domain: "acme.dev", state: "pending" },
    ],
  });
  expect(organization).toMatchObject({
    name: "Acme",
    external_id: "acme",
    metadata: { tier: "gold" },
    allow_profiles_outside_organization: false,
    domains: [
      { domain: "acme.com", state: "verified", verification_strategy: "manual", organization_id: organization.id },
      { domain: "acme.dev", state: "pending", verification_strategy: "dns" },
    ],
  });
  expect(organization).not.toHaveProperty("stripe_customer_id");
  expect(organization.domains[1]?.verification_token).toMatch(/.{20}/);
  expect((await at().get(`/organizations/${organization.id}`)).body).toEqual(organization);
  expect((await at().get("/organizations/external_id/acme")).body).toEqual(organization);
});

test("names may repeat but not be empty", async () => {
  await at().organization({ name: "Acme" });
  await at().organization({ name: "Acme" });
  const answer = await at().post("/organizations", { name: " " });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ errors: [{ field: "name" }] });
});

test("external and Stripe ids are unique", async () => {
  const first = await at().organization({ external_id: "acme" });
  const second = await at().organization();
  const created = await at().post("/organizations", { name: "B", external_id: "acme" });
  expect([created.status, created.body.code]).toEqual([400, "external_id_already_used"]);
  const updated = await at().put(`/organizations/${second.id}`, { external_id: "acme" });
  expect([updated.status, updated.body.code]).toEqual([400, "external_id_already_used"]);
  const stripe = (id: string, stripe_customer_id: string | null) =>
    at().put(`/organizations/${id}`, { stripe_customer_id });
  expect((await stripe(first.id, "cus_1")).body.stripe_customer_id).toBe("cus_1");
  expect((await stripe(second.id, "cus_1")).body.code).toBe("stripe_customer_id_already_used");
  expect((await stripe(first.id, null)).body).not.toHaveProperty("stripe_customer_id");
  expect((await at().put(`/organizations/${first.id}`, { external_id: null })).body.external_id).toBeNull();
});

test("a domain belongs to one organization, whatever its case", async () => {
  await at().organization({ domain_data: [{ domain: "acme.com", state: "verified" }] });
  const answer = await at().post("/organizations", {
    name: "B",
    domain_data: [{ domain: "ACME.com", state: "pending" }],
  });
  expect(answer.status).toBe(409);
  expect(Object.keys(answer.body)).toEqual(["message"]);
  expect(data(await at().get("/organizations"))).toHaveLength(1);
});

test("given domains replace the set, keep what stays and verify it, and never unverify", async () => {
  const created = await at().organization({ domains: ["a.com", "b.com"] });
  expect(created.domains.map(({ state }) => state)).toEqual(["pending", "pending"]);
  const update = async (domain_data: object[]) =>
    (await at().put(`/organizations/${created.id}`, { domain_data })).body.domains;
  const kept = await update([
    { domain: "b.com", state: "verified" },
    { domain: "c.com", state: "pending" },
  ]);
  expect(kept).toMatchObject([
    { id: created.domains[1]?.id, domain: "b.com", state: "verified" },
    { domain: "c.com", state: "pending" },
  ]);
  expect(await update([{ domain: "b.com", state: "pending" }])).toMatchObject([{ domain: "b.com", state: "verified" }]);
  expect(await update([])).toEqual([]);
  expect((await at().put(`/organizations/${created.id}`, { name: "New" })).body.name).toBe("New");
});

test("organizations are found by domain and by a part of their name", async () => {
  const acme = await at().organization({ name: "Acme Corp", domains: ["acme.com"] });
  const beta = await at().organization({ name: "Beta", domains: ["beta.com"] });
  expect(ids(await at().get("/organizations?domains=ACME.com"))).toEqual([acme.id]);
  expect(ids(await at().get("/organizations?domains=acme.com,beta.com"))).toEqual([beta.id, acme.id]);
  expect(ids(await at().get("/organizations?domains=other.com"))).toEqual([]);
  expect(ids(await at().get("/organizations?search=cor"))).toEqual([acme.id]);
});

test("a deleted organization takes its memberships, invitations, keys, domains and roles along", async () => {
  const organization = await at().organization({ domains: ["acme.com"] });
  const user = await at().user();
  await at().membership(user.id, organization.id);
  await at().invitation({ organization_id: organization.id });
  const key = await at().apiKey(organization.id);
  at().control.addRole({ slug: "org-billing", organizationId: organization.id });
  const answer = await at().delete(`/organizations/${organization.id}`);
  expect([answer.status, answer.text]).toEqual([200, ""]);
  expect(at().control.state()).toMatchObject({
    organizations: [],
    organizationMemberships: [],
    invitations: [],
    apiKeys: [],
    roles: [{ slug: "admin" }, { slug: "member" }],
  });
  expect((await at().post("/api_keys/validations", { value: key.value })).body.api_key).toBeNull();
  expect((await at().delete(`/organizations/${organization.id}`)).status).toBe(404);
  await at().organization({ domains: ["acme.com"] });
});

test("the roles of an organization are the environment's and then its own, unpaged", async () => {
  const [one, other] = [await at().organization(), await at().organization()];
  at().control.addRole({ slug: "auditor", name: "Auditor", permissions: ["logs:read"] });
  at().control.addRole({ slug: "org-billing", organizationId: one.id });
  const slugs = async (path: string) => data(await at().get(path)).map(({ slug }) => slug);
  expect(await slugs("/authorization/roles")).toEqual(["admin", "member", "auditor"]);
  expect(await slugs(`/authorization/organizations/${one.id}/roles`)).toEqual([
    "admin",
    "member",
    "auditor",
    "org-billing",
  ]);
  expect(await slugs(`/authorization/organizations/${other.id}/roles`)).toEqual(["admin", "member", "auditor"]);
  expect((await at().get("/authorization/roles")).body).not.toHaveProperty("list_metadata");
  expect((await at().get("/authorization/organizations/org_x/roles")).status).toBe(404);
});

test("a domain can be added, verified and removed by itself", async () => {
  const organization = await at().organization();
  const domains = "/organization_domains";
  const added = await at().post(domains, { domain: "acme.com", organization_id: organization.id });
  expect([added.status, added.body.state]).toEqual([201, "pending"]);
  const taken = await at().post(domains, { domain: "Acme.com", organization_id: organization.id });
  expect([taken.status, taken.body.code]).toEqual([409, "domain_already_exists"]);
  expect((await at().post(domains, { domain: "no domain", organization_id: organization.id })).status).toBe(422);
  expect((await at().post(domains, { domain: "b.com", organization_id: "org_x" })).status).toBe(404);
  const path = `${domains}/${String(added.body.id)}`;
  const verified = await at().post(`${path}/verify`);
  expect([verified.status, verified.body.state]).toEqual([201, "verified"]);
  expect((await at().post(`${path}/verify`)).body.code).toBe("domain_already_verified");
  expect((await at().get(path)).body).toEqual(verified.body);
  expect((await at().get(`/organizations/${organization.id}`)).body.domains).toEqual([verified.body]);
  expect((await at().delete(path)).status).toBe(204);
  expect((await at().delete(path)).status).toBe(404);
});
