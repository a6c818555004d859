import { getStack } from "@pulumi/pulumi";
import { loadRoster, Organization, OrganizationRoster } from "pulumi-workos";

// What there is to be in one stack, which has the name of its roster: an organization, and everybody in it. An ordinary
// program: `pulumi up --stack acme` does for one organization what the fan-out does for all.
const name = getStack();
const { members, requiredAdmins } = loadRoster(`organizations/${name}.yaml`);

const organization = new Organization(name, { name, externalId: name }, { protect: true });
new OrganizationRoster(name, {
  organizationId: organization.id,
  members,
  guards: { requiredAdmins: [...requiredAdmins] },
});

export const organizationId = organization.id;
