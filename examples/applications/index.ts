import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// Of our own: people sign in to it, and are not asked whether they let it in.
const wiki = new workos.ConnectApplication("wiki", {
  name: "Wiki",
  applicationType: "oauth",
  scopes: ["openid", "profile", "email"],
  redirectUris: [
    { uri: "https://wiki.example.com/callback", default: true },
    { uri: "http://localhost:3000/callback" },
  ],
});

// Acme's own program, which acts in Acme by itself.
const sync = new workos.ConnectApplication(
  "sync",
  { name: "Nightly sync", applicationType: "m2m", organizationId: acme.id, scopes: ["invoices:read"] },
  { deletedWith: acme },
);

const secret = new workos.ConnectApplicationSecret("sync-secret", {
  applicationId: sync.id,
  // Any text: a new one makes a new secret.
  keepers: { rotated: config.get("rotated") ?? "2027-01" },
  // What still has the old one works on for so long, and the run waits: "5m".
  overlap: config.get("overlap"),
  // Where it goes, and then is in no state. A secret manager's command takes it on standard input:
  // { command: ["vault", "kv", "put", "secret/sync", "secret=-"] }
  deliver: { file: config.get("file") ?? "sync.secret" },
});

export const wikiClientId = wiki.clientId;
export const syncClientId = sync.clientId;
export const syncSecret = secret.secretHint;
