import { type FeatureFlagObject } from "../../api/schemas";
import { isMember } from "../auth/sign-in";
import { type Context } from "../context";
import { ApiError, notFound } from "../errors";
import { page, type PageQuery } from "../pages";
import { type StoredFeatureFlag } from "../store/entities";
import { pairKey } from "../store/store";
import { type Family } from "./handler";
import { requireUser } from "./users";

export const featureFlags: Family<"featureFlags"> = {
  list: (query, context) => shown(query, context, () => true),

  get: ({ slug }, context) => presentFlag(existing(slug, context)),

  enable: ({ slug }, context) => switchTo(true, slug, context),

  disable: ({ slug }, context) => switchTo(false, slug, context),

  addTarget: ({ slug, resource_id }, context) => {
    const { store, ids } = context;
    const { flag, target } = named(slug, resource_id, context);
    if (target === undefined) {
      store.write(() => store.flagTargets.put({ id: ids.make("flag_target"), flag_id: flag.id, resource_id }));
    }
    return null;
  },

  removeTarget: ({ slug, resource_id }, context) => {
    const { store } = context;
    const { target } = named(slug, resource_id, context);
    if (target !== undefined) store.write(() => store.flagTargets.delete(target.id));
    return null;
  },

  listForUser: (query, context) => {
    const { user_id } = query;
    requireUser(user_id, context);
    const isTheirs = (id: string) => id === user_id || isMember(user_id, id, context);
    return shown(query, context, (flag) => isOn(flag, isTheirs, context));
  },

  listForOrganization: (query, context) => {
    const { organization_id: id } = query;
    if (context.store.organizations.get(id) === undefined) throw notFound("Organization", id);
    return shown(query, context, (flag) => isOn(flag, (target) => target === id, context));
  },
};

/** An environment has few flags: they are looked through. */
function shown(query: PageQuery, { store }: Context, wanted: (flag: StoredFeatureFlag) => boolean) {
  const found = page(store.featureFlags.ids(), "flag", query, (id) => {
    const flag = store.featureFlags.get(id);
    return flag && wanted(flag) ? flag : undefined;
  });
  return { ...found, data: found.data.map(presentFlag) };
}

/** A target switches it on; for whoever is none the default decides. One that is off is off for all. */
const isOn = (flag: StoredFeatureFlag, isTheirs: (id: string) => boolean, { store }: Context): boolean =>
  flag.enabled &&
  (flag.default_value || store.flagTargets.by("flag", flag.id).some(({ resource_id }) => isTheirs(resource_id)));

function existing(slug: string, { store }: Context): StoredFeatureFlag {
  const flag = store.featureFlags.by("slug", slug)[0];
  if (flag === undefined) throw notFound("Feature flag", slug);
  return flag;
}

/** What a target's path names. */
function named(slug: string, resourceId: string, context: Context) {
  const { store } = context;
  if (!/^(user|org)_./.test(resourceId)) {
    throw new ApiError(400, {
      message: `Invalid resource id '${resourceId}'.`,
      code: "invalid_resource_id_format",
      statusCode: 400,
    });
  }
  const flag = existing(slug, context);
  if (resourceId.startsWith("user_")) requireUser(resourceId, context);
  else if (store.organizations.get(resourceId) === undefined) throw notFound("Organization", resourceId);
  return { flag, target: store.flagTargets.by("pair", pairKey(flag.id, resourceId))[0] };
}

function switchTo(enabled: boolean, slug: string, context: Context): FeatureFlagObject {
  const { store, clock } = context;
  const flag = existing(slug, context);
  if (flag.enabled === enabled) return presentFlag(flag);
  const changed = { ...flag, enabled, updated_at: clock.iso() };
  store.write(() => store.featureFlags.put(changed));
  return presentFlag(changed);
}

export function presentFlag(flag: StoredFeatureFlag): FeatureFlagObject {
  return {
    object: "feature_flag",
    id: flag.id,
    slug: flag.slug,
    name: flag.name,
    description: flag.description,
    owner: flag.owner,
    tags: [...flag.tags],
    enabled: flag.enabled,
    default_value: flag.default_value,
    created_at: flag.created_at,
    updated_at: flag.updated_at,
  };
}

/** What the vendor's dashboard makes of a flag: here a seed or a control does. */
export interface NewFeatureFlag {
  id?: string;
  slug: string;
  /** Default: the slug. */
  name?: string;
  description?: string;
  tags?: string[];
  /** Default: `false`. */
  enabled?: boolean;
  /** For users and organizations that are no targets. Default: `false`. */
  defaultValue?: boolean;
}

/** One whose slug is there stays as it is. */
export function addFeatureFlag(given: NewFeatureFlag, { store, ids, clock }: Context): StoredFeatureFlag {
  const known = store.featureFlags.by("slug", given.slug)[0];
  if (known !== undefined) return known;
  const now = clock.iso();
  const flag: StoredFeatureFlag = {
    id: given.id ?? ids.make("flag"),
    slug: given.slug,
    name: given.name ?? given.slug,
    description: given.description ?? null,
    owner: null,
    tags: given.tags ?? [],
    enabled: given.enabled ?? false,
    default_value: given.defaultValue ?? false,
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.featureFlags.put(flag));
  return flag;
}

export function removeFeatureFlag(slug: string, context: Context): void {
  const { store } = context;
  const { id } = existing(slug, context);
  store.write(() => {
    for (const target of store.flagTargets.by("flag", id)) store.flagTargets.delete(target.id);
    store.featureFlags.delete(id);
  });
}
