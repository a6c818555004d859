/** A membership that a directory owns, from its push to the provider. */
import { failure, type Life, lifeOf, refreshed } from "../support/life";
import { useWorld } from "../support/world";

const current = useWorld();
const memberships = (): Life => lifeOf("OrganizationMembership", current());

async function directory() {
  const { api, control } = current();
  const domain = { domain: "acme.example", state: "verified" as const };
  const { id: organizationId } = await api.organizations.create({ name: "Acme", domain_data: [domain] });
  const groups = [{ name: "Admins", role: "admin" }];
  const { id } = control.directories.create({ organization: organizationId, name: "Okta", groups });
  control.directories.push(id, { users: [{ email: "ann@acme.example", groups: ["Admins"] }] });
  const [user] = control.state().users;
  return { id, organizationId, userId: user?.id ?? "" };
}

it("is taken over with the role that the directory gives, and follows it", async () => {
  const { control } = current();
  const { id: directoryId, organizationId, userId } = await directory();
  const { id, outs } = await memberships().create({ adopt: "if-exists", userId, organizationId });
  expect(outs).toMatchObject({ directoryManaged: true, status: "active" });
  const role = () => control.state().organizationMemberships.find((one) => one.id === id)?.role.slug;
  expect(role()).toBe("admin");
  control.directories.push(directoryId, { users: [{ email: "ann@acme.example", groups: [] }] });
  expect(role()).toBe("member");
  const { props } = await refreshed(memberships(), id, outs);
  expect(props).toMatchObject({ directoryManaged: true, roleSlug: "member" });
});

it("is not given another role against the directory", async () => {
  const { organizationId, userId } = await directory();
  const refused = await failure(
    memberships().create({ adopt: "if-exists", userId, organizationId, roleSlug: "member" }),
  );
  expect(refused.message).toContain("managed by a directory sync");
});

it("is seen to rest once the directory has let its user go", async () => {
  const { id: directoryId, organizationId, userId } = await directory();
  const { id, outs } = await memberships().create({ adopt: "if-exists", userId, organizationId, status: "active" });
  current().control.directories.push(directoryId, { users: [{ email: "ann@acme.example", deleted: true }] });
  const { props } = await refreshed(memberships(), id, outs);
  expect(props).toMatchObject({ status: "inactive", directoryManaged: true });
});
