// What the benches declare: one organization and its members, each as a user and a membership or all as one roster.
const { people } = require("./people.js");
const workos = process.env.BENCH_ENTRY === "native" ? require("pulumi-workos/native") : require("pulumi-workos");

const { BENCH_AS: as, BENCH_MEMBERS: members = "0", BENCH_CHANGED: changed = "0" } = process.env;

const declared = people(Number(members), Number(changed));
const acme = new workos.Organization("acme", { name: "Acme" });

if (as === "roster") {
  new workos.OrganizationRoster("acme", {
    organizationId: acme.id,
    members: Object.fromEntries(declared.map(({ email, role }) => [email, { roles: [role] }])),
    onRemove: "delete",
    onDestroy: "remove",
    guards: { maxRemovals: { fraction: 1 } },
  });
} else {
  for (const { name, email, role } of declared) {
    const user = new workos.User(name, { email });
    new workos.OrganizationMembership(name, { userId: user.id, organizationId: acme.id, roleSlug: role });
  }
}
