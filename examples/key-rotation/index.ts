import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

const ci = new workos.OrganizationApiKey(
  "ci",
  {
    organizationId: acme.id,
    name: "CI",
    // Any text: a new one makes a new key. A date tells readers of the history when that was.
    keepers: { rotated: config.require("rotated") },
    // What still has the old key works on for so long.
    overlap: "24h",
    // Where the value goes, and then is in no state. A secret manager's command takes it on standard input:
    // { command: ["vault", "kv", "put", "secret/ci", "key=-"] }
    deliver: { file: config.get("file") ?? "ci.key" },
  },
  { deletedWith: acme },
);

export const key = ci.obfuscatedValue;
