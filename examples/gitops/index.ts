import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

// One stack per organization, with the name of the folder that has its roster.
const folder = `rosters/${pulumi.getStack()}`;
const roster = workos.loadRoster(folder);
const { organization, members, requiredAdmins } = roster;
if (organization === undefined) throw new pulumi.RunError(`Write organization: org_… into a file of ${folder}.`);

// CODEOWNERS looks at paths and not into files: that only organization.yaml makes an admin is seen to here.
const known = adminsOf(workos.loadRoster(`${folder}/organization.yaml`));
const unknown = adminsOf(roster).filter((email) => !known.includes(email));
if (unknown.length > 0) {
  throw new pulumi.RunError(`Admins are named in ${folder}/organization.yaml only. Move there: ${unknown.join(", ")}.`);
}

const people = new workos.OrganizationRoster("people", {
  organizationId: organization,
  members,
  // The files are the whole truth: whoever is let in elsewhere is drift, and leaves with the next merge.
  mode: "authoritative",
  guards: { minAdmins: 2, requiredAdmins: [...requiredAdmins] },
});

export const counts = people.counts;
export const notApplied = people.notApplied.apply((reasons) => reasons ?? {});

function adminsOf({ members, adminRoles }: workos.LoadedRoster): string[] {
  return Object.keys(members).filter((email) => members[email]?.roles?.some((role) => adminRoles.includes(role)));
}
