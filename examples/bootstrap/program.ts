import type * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

import { type Wanted } from "./options";

/** What the environment consists of: change it here. */
export function program({ id, organization, domains, admin, role, password, adopt }: Wanted) {
  const existing = adopt ? "if-exists" : "never";
  return (): Promise<Record<string, pulumi.Output<string>>> => {
    const owner = new workos.Organization(id, {
      name: organization,
      externalId: id,
      // Left out, they are not managed: what somebody adds in the dashboard stays.
      domains: domains.length > 0 ? domains.map((domain) => ({ domain, state: "verified" })) : undefined,
      adopt: existing,
    });
    // When the organization goes, the vendor ends all that is in it. One that was taken over stays when all is destroyed.
    const inside = adopt ? {} : { deletedWith: owner };
    const organizationId = owner.id;
    if (password === undefined) {
      new workos.Invitation("admin", { email: admin, organizationId, roleSlug: role, adopt: existing }, inside);
    } else {
      const user = new workos.User("admin", { email: admin, password, adopt: existing });
      const membership = { userId: user.id, organizationId, roleSlug: role, adopt: existing } as const;
      new workos.OrganizationMembership("admin", membership, inside);
    }
    const key = new workos.OrganizationApiKey("bootstrap", { organizationId, name: "bootstrap" }, inside);
    return Promise.resolve({ organizationId, apiKey: key.value });
  };
}
