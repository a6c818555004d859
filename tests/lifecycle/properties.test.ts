/** What holds for any inputs of any resource, tried on a local AuthKit. */
import fc from "fast-check";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { extraResourceRole, extraRole, type Ids } from "../kinds/generators";
import { inputsOf, requiredOf } from "../support/arbitraries";
import { type Life, lifeOf, noChange, refreshed } from "../support/life";
import { rows } from "../kinds";
import { useWorld } from "../support/world";

// The first redirect URI is the default, which is not deleted.
const current = useWorld({ seed: { redirect_uris: ["https://first.example.com/callback"] } });
// Hashing a password takes the emulator a while, as it should; a different value shows up in no answer anyway.
const runs = { numRuns: 25 };

let ids: Ids;
beforeEach(async () => {
  const { api, control } = current();
  control.addRole({ slug: extraRole });
  // A user that an invitation leaves behind could not be invited to the environment again.
  control.switches.set({ inviteCreatesUser: false });
  const user = async (email: string) => (await api.users.create({ email })).id;
  const organization = async (name: string) => (await api.organizations.create({ name })).id;
  const organizations = [await organization("One"), await organization("Two")] as const;
  const member = async (email: string) => {
    const given = { user_id: await user(email), organization_id: organizations[0] };
    return (await api.organizationMemberships.create(given)).id;
  };
  const group = async (name: string) => (await api.groups.create({ organization_id: organizations[0], name })).id;
  const resource = {
    ...{ organization_id: organizations[0], resource_type_slug: "project" },
    ...{ external_id: "set-apart", name: "Set apart" },
  };
  for (const provider of ["github", "slack"]) {
    await api.dataIntegrations.create({ provider, credentials: { type: "organization" } });
  }
  control.addRole({ slug: extraResourceRole, resourceType: resource.resource_type_slug });
  const application = async (name: string) =>
    (await api.connectApplications.create({ name, application_type: "oauth", is_first_party: true })).id;
  ids = {
    users: [await user("ida@example.com"), await user("ivo@example.com")],
    organizations,
    groups: [await group("Red team"), await group("Blue team")],
    memberships: [await member("max@example.com"), await member("mia@example.com")],
    resources: [(await api.authorizationResources.create(resource)).id],
    applications: [await application("One"), await application("Two")],
  };
});

const random = (kind: Kind) => inputsOf(kind, requiredOf(kind), ids);

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** Makes an object, and ends it whatever comes of it. */
async function during(kind: Kind, life: Life, inputs: Inputs, run: (id: string, outs: Inputs) => Promise<void>) {
  const { id, outs } = await life.create(frozen(inputs));
  let state = outs;
  try {
    await run(id, frozen(outs));
  } finally {
    const found = await life.read(id, outs);
    state = found.props ?? state;
    await life.remove(id, state);
    // What its removal leaves would be in the way of the next.
    if (rows[kind].deletes.length === 0 && !rows[kind].lasts)
      await rows[kind].end({ world: current(), id, inputs, state });
  }
}

describe.each(kinds)("%s", (kind) => {
  beforeEach(() => rows[kind].stand?.(current(), ids));

  it("never differs from the inputs that it was made from, before and after a refresh", async () => {
    const life = lifeOf(kind, current());
    await fc.assert(
      fc.asyncProperty(random(kind), (inputs) =>
        during(kind, life, inputs, async (id, outs) => {
          expect(life.diff(outs, inputs)).toEqual(noChange);
          expect(await refreshed(life, id, outs)).toEqual({ props: outs, inputs });
        }),
      ),
      runs,
    );
  });

  it("becomes what is declared in one update", async () => {
    const life = lifeOf(kind, current());
    await fc.assert(
      fc.asyncProperty(random(kind), random(kind), (before, after) =>
        during(kind, life, before, async (id, outs) => {
          const difference = life.diff(outs, frozen(after));
          expect(life.diff(outs, after)).toEqual(difference);
          if (difference.replaces.length > 0) return;
          current().wire.clear();
          const updated = await life.update(id, outs, after);
          if (!difference.changes) expect(current().wire.all()).toEqual([]);
          expect(life.diff(updated, after)).toEqual(noChange);
          const found = await refreshed(life, id, updated);
          expect(found).toEqual({ props: updated, inputs: after });
          expect(life.diff(found.props, after)).toEqual(noChange);
        }),
      ),
      runs,
    );
  });

  it("is put back to what is declared, whatever somebody else makes of it", async () => {
    const life = lifeOf(kind, current());
    await fc.assert(
      fc.asyncProperty(random(kind), random(kind), (mine, theirs) =>
        during(kind, life, mine, async (id, outs) => {
          if (life.diff(outs, theirs).replaces.length > 0) return;
          await life.update(id, outs, frozen(theirs));
          const found = await refreshed(life, id, outs);
          if (life.diff(found.props, mine).replaces.length > 0) return;
          const restored = await life.update(id, found.props, mine);
          const again = await refreshed(life, id, restored);
          expect(life.diff(again.props, mine)).toEqual(noChange);
          expect(again.inputs).toEqual(mine);
        }),
      ),
      runs,
    );
  });
});
