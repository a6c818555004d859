import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

const engineering = new workos.Group("engineering", {
  organizationId: acme.id,
  name: "Engineering",
  description: "Builds it",
});

export const group = engineering.id;
