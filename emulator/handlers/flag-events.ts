/** What the vendor tells of feature flags, and of whom they are on for. */
import { type Context } from "../context";
import { formerValues, isUntouched, type Meaning, verbOf } from "../event-meanings";
import { type StoredFeatureFlag, type StoredFlagTarget } from "../store/entities";
import { presentFlag } from "./feature-flags";

/** Flags are made by seeds and controls here: both stand for the environment's own key. */
const contextOf = ({ clientId }: Context) => ({
  client_id: clientId,
  actor: { id: "api_key_local", source: "api", name: "The environment's key" },
});

const shown = (flag: StoredFeatureFlag) => ({ ...presentFlag(flag), environment_id: "environment_local" });

export const flagMeanings: {
  readonly featureFlags: Meaning<StoredFeatureFlag>;
  readonly flagTargets: Meaning<StoredFlagTarget>;
} = {
  featureFlags: (before, after, context) => {
    const flag = after ?? before;
    if (flag === undefined || isUntouched(before, after)) return [];
    const former =
      before && after ? { previous_attributes: { data: formerValues(presentFlag(before), presentFlag(after)) } } : {};
    const told = { ...contextOf(context), ...former };
    return [{ event: `flag.${verbOf(before, after)}`, data: shown(flag), context: told }];
  },

  flagTargets: (before, after, context) => {
    const changed = after ?? before;
    // As the flag goes, or whom it was on for, its rule is not changed.
    const flag = changed && context.store.featureFlags.get(changed.flag_id);
    if (changed === undefined || flag === undefined || !isThere(changed.resource_id, context)) return [];
    const now = context.store.flagTargets.by("flag", flag.id).map(({ resource_id }) => resource_id);
    const former = after === undefined ? [...now, changed.resource_id] : now.filter((id) => id !== changed.resource_id);
    const told = {
      ...contextOf(context),
      ...rule(flag, now, context),
      previous_attributes: { context: rule(flag, former, context) },
    };
    return [{ event: "flag.rule_updated", data: shown(flag), context: told }];
  },
};

const isThere = (id: string, { store }: Context) =>
  store.users.get(id) !== undefined || store.organizations.get(id) !== undefined;

function rule({ default_value }: StoredFeatureFlag, targets: readonly string[], { store }: Context) {
  const organizations = targets
    .flatMap((id) => store.organizations.get(id) ?? [])
    .map(({ id, name }) => ({ id, name }));
  const users = targets.flatMap((id) => store.users.get(id) ?? []).map(({ id, email }) => ({ id, email }));
  const access_type = default_value ? "all" : targets.length > 0 ? "some" : "none";
  return { access_type, configured_targets: { organizations, users } };
}
