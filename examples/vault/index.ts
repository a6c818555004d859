import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();
const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// The context decides on the key: what is Acme's is encrypted by Acme's own.
const password = new workos.VaultObject("acme-db", {
  name: "acme-db-password",
  value: config.requireSecret("dbPassword"),
  keyContext: { organization_id: acme.id },
});

export const version = password.versionId;
