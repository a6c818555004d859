/** What people lose by leaving a group, or by what it no longer gives. */
import type { HookContext, Loss } from "../context";
import type { WhichGroup } from "../groups";

interface Leaving extends WhichGroup, Pick<Loss, "what"> {
  /** Ids of the memberships that leave. Default: everybody in the group. */
  readonly members?: readonly string[];
  /** Ids of the role assignments that end. Default: all of the group. */
  readonly assignments?: readonly string[];
  readonly undo?: () => Promise<unknown>;
}

/** Nobody loses anything by a group that gives nothing. */
export function lossOf({ reach }: Pick<HookContext, "reach">, { what, ...group }: Leaving): Loss {
  const { organizationId, groupId, members, assignments } = group;
  return {
    what,
    group,
    async people() {
      const given = await reach.givenBy(groupId);
      if (!given.some(({ id }) => assignments?.includes(id) ?? true)) return new Map();
      const inside = await reach.inGroup(organizationId, groupId);
      return new Map([[organizationId, members?.filter((id) => inside.has(id)) ?? inside.keys()]]);
    },
  };
}
