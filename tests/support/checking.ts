import { check, type Checked } from "../../provider/lifecycle";
import { type Kind } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { declarationOf } from "./life";
import { VirtualClock } from "./virtual-clock";

/** Inputs of each kind that nothing is wrong with. */
export const accepted: Readonly<Record<Kind, Inputs>> = {
  Organization: { name: "Acme" },
  User: { email: "ann@example.com" },
  OrganizationMembership: { userId: "user_1", organizationId: "org_1" },
  Invitation: { email: "ann@example.com", organizationId: "org_1" },
  OrganizationApiKey: { organizationId: "org_1", name: "ci" },
};

/** Checks inputs as the engine does, at noon of the first virtual day. */
export const checked = (kind: Kind, news: Inputs, olds: Inputs = {}): Checked =>
  check(declarationOf(kind), olds, news, { clock: new VirtualClock() });

/** What is wrong with accepted inputs after these changes, by property. */
export const complaints = (kind: Kind, changes: Inputs, olds: Inputs = {}): Record<string, string> =>
  Object.fromEntries(
    checked(kind, { ...accepted[kind], ...changes }, olds).failures.map(({ property, reason }) => [property, reason]),
  );
