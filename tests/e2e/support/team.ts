/** A program with two of every resource, as data that tests can change, and the vendor's side of it to compare. */
import { type StateDump } from "../../../emulator";
import {
  type InvitationArgs,
  type OrganizationApiKeyArgs,
  type OrganizationArgs,
  type OrganizationMembershipArgs,
  type UserArgs,
} from "../../../sdk";

/** Ids stand in these as the name of a variable of the program: `acme.id`. */
export interface Team {
  readonly acme: OrganizationArgs;
  readonly beta: OrganizationArgs;
  readonly ann: UserArgs;
  readonly ben: UserArgs;
  readonly annAcme: OrganizationMembershipArgs;
  readonly benAcme: OrganizationMembershipArgs;
  readonly cleo: InvitationArgs;
  readonly ci: OrganizationApiKeyArgs;
  readonly spare: OrganizationApiKeyArgs;
}

export const secrets = {
  newPassword: "another-long-password",
  password: "correct-horse-battery",
  passwordHash: "$2b$10$abcdefghijklmnopqrstuuLooksLikeAHashOfSomePassword012",
};

export const team: Team = {
  acme: {
    name: "Acme",
    externalId: "acme",
    metadata: { plan: "team", seats: "5" },
    domains: [{ domain: "Acme.example", state: "verified" }, { domain: "acme.test" }],
    stripeCustomerId: "cus_acme",
    allowProfilesOutsideOrganization: true,
  },
  beta: { name: "Beta" },
  ann: {
    email: "Ann@Acme.example",
    firstName: "Ann",
    lastName: "Archer",
    name: "Ann A. Archer",
    emailVerified: true,
    externalId: "employee-1",
    metadata: { team: "blue", floor: "2" },
    locale: "de",
    password: secrets.password,
  },
  ben: { email: "ben@acme.example", passwordHash: secrets.passwordHash, passwordHashType: "bcrypt" },
  annAcme: { userId: "ann.id", organizationId: "acme.id", roleSlug: "member", status: "active" },
  benAcme: { userId: "ben.id", organizationId: "acme.id", roleSlugs: ["member", "admin"] },
  cleo: { email: "Cleo@partner.example", organizationId: "acme.id", roleSlug: "member", expiresInDays: 14 },
  ci: {
    organizationId: "acme.id",
    name: "CI",
    permissions: ["users:write", "users:read"],
    expiresAt: "2040-01-01T01:00:00+01:00",
  },
  spare: { organizationId: "acme.id", name: "Spare" },
};

/** The same people and things, with another value of every input that can be changed in place. */
export const changedTeam: Team = {
  ...team,
  acme: {
    name: "Acme Corp",
    externalId: "acme-corp",
    metadata: { plan: "enterprise" },
    domains: [{ domain: "acme.test", state: "verified" }],
    stripeCustomerId: "cus_corp",
    allowProfilesOutsideOrganization: false,
  },
  ann: {
    email: "ann.b@acme.example",
    firstName: "Anne",
    lastName: "Bell",
    name: "Anne Bell",
    emailVerified: true,
    externalId: "employee-2",
    metadata: { team: "green" },
    locale: "en",
    password: secrets.newPassword,
  },
  annAcme: { ...team.annAcme, roleSlug: "admin", status: "inactive" },
  benAcme: { ...team.benAcme, roleSlugs: ["admin"] },
  cleo: { ...team.cleo, resend: "once more" },
  ci: { ...team.ci, permissions: ["users:read", "users:write"], expiresAt: "2042-01-01T00:00:00Z" },
};

const classes: Record<keyof Team, string> = {
  acme: "Organization",
  beta: "Organization",
  ann: "User",
  ben: "User",
  annAcme: "OrganizationMembership",
  benAcme: "OrganizationMembership",
  cleo: "Invitation",
  ci: "OrganizationApiKey",
  spare: "OrganizationApiKey",
};

/** The program that declares this team and exports what is secret. */
export function programOf(declared: Team): string {
  const lines = Object.entries(classes).map(([name, className]) => {
    const args = JSON.stringify(declared[name as keyof Team]).replace(/"(\w+\.id)"/g, "$1");
    return `const ${name} = new workos.${className}("${name}", ${args});`;
  });
  return `import * as workos from "pulumi-workos";
${lines.join("\n")}
export const secrets = { value: ci.value, token: cleo.token, acceptInvitationUrl: cleo.acceptInvitationUrl };
`;
}

/** What the vendor has, without ids and times: equal before and after whatever should come to the same. */
export function vendorView(state: StateDump) {
  const emailOf = (id: string) => state.users.find((user) => user.id === id)?.email;
  const nameOf = (id: string) => state.organizations.find((organization) => organization.id === id)?.name;
  const sorted = <T>(items: T[]) => items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    organizations: sorted(
      state.organizations.map(({ name, external_id, metadata, domains, stripe_customer_id }) => ({
        name,
        externalId: external_id,
        metadata,
        domains: sorted(domains.map(({ domain, state: domainState }) => ({ domain, state: domainState }))),
        stripeCustomerId: stripe_customer_id,
      })),
    ),
    users: sorted(
      state.users.map((user) => ({
        email: user.email,
        names: [user.first_name, user.last_name, user.name],
        emailVerified: user.email_verified,
        externalId: user.external_id,
        metadata: user.metadata,
        locale: user.locale,
      })),
    ),
    memberships: sorted(
      state.organizationMemberships.map(({ user_id, organization_id, roles, role, status }) => ({
        of: emailOf(user_id),
        in: nameOf(organization_id),
        roles: (roles ?? [role]).map(({ slug }) => slug).sort(),
        status,
      })),
    ),
    invitations: sorted(
      state.invitations
        .filter((invitation) => invitation.state === "pending")
        .map(({ email, organization_id, role_slug }) => ({
          email,
          to: organization_id ? nameOf(organization_id) : null,
          role: role_slug,
        })),
    ),
    apiKeys: sorted(
      state.apiKeys.map(({ name, owner, permissions, expires_at }) => ({
        name,
        of: nameOf(owner.id),
        permissions: [...permissions].sort(),
        expiresAt: expires_at,
      })),
    ),
  };
}
