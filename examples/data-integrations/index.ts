import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// Each customer brings a client of its own at GitHub.
const github = new workos.DataIntegration("github", {
  provider: "github",
  scopes: ["repo", "user"],
  credentialsType: "organization",
});

new workos.OrganizationDataIntegration("acme-github", {
  organizationId: acme.id,
  slug: github.provider,
  enabled: true,
  scopes: ["repo"],
  onDestroy: "retain",
});

export const redirectUri = github.redirectUri;
