import { apiKeys } from "./api-keys";
import { type Handlers } from "./handler";
import { invitations } from "./invitations";
import { organizationDomains } from "./organization-domains";
import { organizationMemberships } from "./memberships";
import { organizations } from "./organizations";
import { roles } from "./roles";
import { users } from "./users";

export const handlers: Handlers = {
  organizationDomains,
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  organizations,
  roles,
};
