/** What a refresh of a whole environment asks: the pages of its lists, and not a request for each object. */
import { type RemoteObject } from "../../provider/declare/resource";
import { contextOf, read } from "../../provider/lifecycle";
import { record } from "../../provider/lifecycle/state";
import { type Kind } from "../../provider/resources";
import { declarationOf } from "../support/life";
import { useWorld } from "../support/world";

const current = useWorld();

interface Kept {
  readonly kind: Kind;
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
}

/** An object of the vendor's, as a stack has recorded it. */
function keptOf(kind: Kind, object: RemoteObject, declared: Readonly<Record<string, unknown>> = {}): Kept {
  const state = record(declarationOf(kind), { object, declared, previous: {}, applied: () => true });
  return { kind, id: object.id, state };
}

const members = 1_000;
const ofEachGroup = 100;

/** The environment, in the order in which a program makes it. */
async function environment(): Promise<Kept[]> {
  const { api, control } = current();
  const kept: Kept[] = [];
  for (let at = 0; at < 200; at++) {
    kept.push(keptOf("Permission", await api.permissions.create({ slug: `thing:do-${at}`, name: `Do ${at}` })));
  }
  for (let at = 0; at < 50; at++) {
    kept.push(keptOf("EnvironmentRole", await api.roles.create({ slug: `role-${at}`, name: `Role ${at}` })));
  }
  const organization = await api.organizations.create({ name: "Acme" });
  const { id: organization_id } = organization;
  kept.push(keptOf("Organization", organization));
  const ids: string[] = [];
  for (let at = 0; at < members; at++) {
    const user = await api.users.create({ email: `person-${at}@example.com` });
    const membership = await api.organizationMemberships.create({ user_id: user.id, organization_id });
    ids.push(membership.id);
    kept.push(keptOf("User", user), keptOf("OrganizationMembership", membership));
  }
  for (let at = 0; at < 20; at++) {
    const group = await api.groups.create({ organization_id, name: `Group ${at}` });
    const which = { organization_id, group_id: group.id };
    kept.push(keptOf("Group", group));
    const start = (at * 50) % members;
    const inside = Array.from({ length: ofEachGroup }, (_, next) => ids[(start + next) % members] ?? "");
    for (const id of inside) await api.groupMemberships.add({ ...which, organization_membership_id: id });
    const list = { ...which, id: `${group.id}/members`, organization_membership_ids: inside, added: inside };
    kept.push(keptOf("GroupMembers", list, { organizationMembershipIds: inside }));
    for (const id of inside) {
      kept.push(keptOf("GroupMembership", { ...which, id: `${group.id}/${id}`, organization_membership_id: id }));
    }
  }
  expect(control.state().groupMemberships).toHaveLength(20 * ofEachGroup);
  return kept;
}

/** Every object once, so many at a time, as the engine does it. */
async function refresh(kept: readonly Kept[], parallel: number): Promise<Record<string, number>> {
  const { api, control } = current();
  const context = contextOf({ api });
  const queue = kept.values();
  control.requests.clear();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const { kind, id, state } of queue) {
        const { id: found } = await read(declarationOf(kind), id, state, context);
        if (found !== id) throw new Error(`${kind} ${id} was read as gone`);
      }
    }),
  );
  const counts = new Map<string, number>();
  for (const { operation = "" } of control.requests.list()) {
    counts.set(operation ?? "", (counts.get(operation ?? "") ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** A page holds a hundred. Of each kind the first two are read by themselves, before its list is worth a page. */
const pages = {
  OrganizationsController_find: 1,
  AuthorizationPermissionsController_find: 2,
  AuthorizationPermissionsController_list: 2,
  AuthorizationRolesController_get: 2,
  AuthorizationRolesController_list: 1,
  UserlandUsersController_get: 2,
  UserlandUsersController_list: 10,
  UserlandUserOrganizationMembershipsController_get: 2,
  UserlandUserOrganizationMembershipsController_list: 10,
  GroupsController_get: 2,
  GroupsController_list: 1,
  // Twenty for the lists of members, and twenty for single memberships of the same groups.
  GroupMembershipsController_listMembers: 40,
};

test("1,000 members, 50 roles, 200 permissions and 20 groups of 100, each declared both ways: pages, not requests each", async () => {
  const kept = await environment();
  expect(kept).toHaveLength(200 + 50 + 1 + 2 * members + 20 * (1 + 1 + ofEachGroup));
  for (const parallel of [8, 32]) {
    expect(await refresh(kept, parallel)).toEqual(pages);
  }
}, 240_000);
