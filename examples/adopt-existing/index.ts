import * as workos from "pulumi-workos";

// "require": it is there, or the run fails. "if-exists" would create what is missing.
const adopt = "require";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme", adopt });

// An adopted organization outlives `pulumi destroy`, and so do everybody's memberships and invitations.
const inAcme = { deletedWith: acme };

const team = {
  ann: { email: "ann@acme.example", firstName: "Ann", roleSlug: "admin" },
  ben: { email: "ben@acme.example", firstName: "Ben", roleSlug: "member" },
};

for (const [name, { roleSlug, ...person }] of Object.entries(team)) {
  const user = new workos.User(name, { ...person, adopt });
  const membership = { userId: user.id, organizationId: acme.id, roleSlug, adopt } as const;
  new workos.OrganizationMembership(`${name}-acme`, membership, inAcme);
}

const cleo = { email: "cleo@partner.example", organizationId: acme.id, roleSlug: "member", adopt } as const;
new workos.Invitation("cleo", cleo, inAcme);

export const organizationId = acme.id;
