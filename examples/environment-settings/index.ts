import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();
const app = config.get("app") ?? "https://app.example.com";

// Where sign-ins may lead back to. The default one is chosen in the dashboard and cannot be deleted; where this is that
// one, a destroy leaves it there.
new workos.RedirectUri("app", { uri: `${app}/callback`, adopt: "if-exists", onDestroy: "retain" });
// One for every preview of a pull request.
new workos.RedirectUri("previews", { uri: "https://*.preview.app.example.com/callback" });

// Pages that may call WorkOS from the browser. WorkOS cannot delete one: `retain` says that this is known.
new workos.CorsOrigin("app", { origin: app, adopt: "if-exists", onDestroy: "retain" });

// Who is told when people come and go.
const hook = new workos.WebhookEndpoint("app", {
  endpointUrl: `${app}/webhooks/workos`,
  events: ["user.created", "user.deleted", "organization_membership.created", "organization_membership.deleted"],
});

// What access tokens say besides. An environment has one template: what was there before is put back by a destroy.
new workos.JwtTemplate("claims", {
  content: JSON.stringify({
    "urn:app:email": "{{ user.email }}",
    "urn:app:tier": "{{ organization.metadata.tier || 'free' }}",
  }),
});

// A customer's domain. The first run tells the DNS record; once it is there, a new value of `verify` asks WorkOS to look
// for it, and `waitForVerification` waits for that.
const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme", metadata: { tier: "gold" } });
const domain = new workos.OrganizationDomain("acme-example", {
  organizationId: acme.id,
  domain: "acme.example",
  verify: config.get("verify"),
  waitForVerification: config.get("verify") === undefined ? undefined : "10m",
});

/** For the application, which checks by it that events come from WorkOS. */
export const webhookSecret = hook.secret;
/** The TXT record by which the domain is verified. */
export const record = {
  name: pulumi.interpolate`${domain.verificationPrefix}.${domain.domain}`,
  text: domain.verificationToken,
};
export const domainState = domain.state;
