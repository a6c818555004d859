/**
 * That a feature flag is on for a user or an organization. Operations: `FlagTargetsController` in the vendor's
 * specification, which has none that reads a target: what is read are the flags that are on for whom it is about, and one
 * may be on for other reasons.
 */
import type { Api, FeatureFlagObject } from "../../api";
import { isNotFound } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, resourceOf, type WhichPage } from "../declare/resource";
import { idOf, text } from "../declare/shapes";

/** Nothing of the vendor's: a target has no id and no time. */
type Target = {
  readonly id: string;
  readonly slug: string;
  readonly resource_id: string;
  /** It was one before. */
  readonly known?: boolean;
};

const { required } = fieldsOf<Target>();

const inputs = {
  /** Slug of the flag, which the WorkOS dashboard makes. Another one replaces the target. */
  slug: required(text(), { immutable: true }),
  /** Id of the user (`user_…`) or the organization (`org_…`). Another one replaces the target. */
  resourceId: required(idOf("user_", "org_"), { immutable: true }),
  /** What removing it from the program does: `delete` the target, or `retain` it. Default: `delete`. */
  onDestroy,
};

type Which = Pick<InputValues<typeof inputs>, "slug" | "resourceId">;

export const featureFlagTarget = resourceOf<Target>()({
  kind: "FeatureFlagTarget",
  noun: "feature flag target",
  importedBy: ["slug", "resourceId"],
  keys: [["slug", "resourceId"]],
  inputs,
  outputs: {},
  label: ({ slug, resourceId }) => `${resourceId} of ${slug}`,

  async create({ api, body: { slug, resource_id } }) {
    const known = await isTarget(api, slug, resource_id);
    if (!known) await api.featureFlags.addTarget({ slug, resource_id });
    return { ...targetOf(slug, resource_id), known };
  },
  // Once more changes nothing, and no answer is needed.
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  gain: ({ slug, resource_id, known }) =>
    known
      ? `The feature flag ${slug} was on for ${resource_id} already. Removing the target from the program takes it off all the same, unless onDestroy is "retain".`
      : `The feature flag ${slug} is on for ${resource_id}, as soon as it is enabled at all.`,
  list: {
    group: ({ resourceId }) => resourceId,
    async page(api, { resourceId }, page) {
      const { data, list_metadata } = await flagsOf(api, resourceId, page);
      return { data: data.map(({ slug }) => targetOf(slug, resourceId)), list_metadata };
    },
  },
  get,
  updates: [],
  async delete({ api, messages }, _id, state) {
    const { slug, resourceId } = state;
    if (isRetained(state)) {
      messages.say(`The feature flag ${slug} stays on for ${resourceId}: the target is retained.`);
    } else if (await ended(api.featureFlags.removeTarget({ slug, resource_id: resourceId }))) {
      messages.say(
        `The feature flag ${slug} is no longer on for ${resourceId}, unless it is by default or by an organization.`,
      );
    }
    return "gone";
  },
  async explain(error, { api, inputs: { slug, resourceId } }) {
    if (!isNotFound(error) || slug === undefined || resourceId === undefined) return undefined;
    const flag = await api.featureFlags.get({ slug }).catch(undefinedIfMissing);
    return flag
      ? `There is no ${resourceId} in this environment.`
      : `There is no feature flag ${slug} in this environment: make it in the WorkOS dashboard, where flags are made.`;
  },
});

const targetOf = (slug: string, resource_id: string): Target => ({ id: `${slug}/${resource_id}`, slug, resource_id });


const flagsOf = (api: Api, id: string, page?: WhichPage) =>
  id.startsWith("user_")
    ? api.featureFlags.listForUser({ ...page, user_id: id })
    : api.featureFlags.listForOrganization({ ...page, organization_id: id });

/**
 * Whether it is a target for sure: the flag is on for it, and for no other reason. Of a flag that is off, or on for all,
 * nothing tells; to add a target once more does no harm.
 */
async function isTarget(api: Api, slug: string, id: string): Promise<boolean> {
  const flag = await api.featureFlags.get({ slug });
  if (!flag.enabled || flag.default_value) return false;
  const isOn = async (one: string) => (await flagsOf(api, one).all()).some((other) => other.slug === slug);
  if (!(await isOn(id))) return false;
  if (!id.startsWith("user_")) return true;
  for await (const { organization_id } of api.organizationMemberships.list({ user_id: id })) {
    if (await isOn(organization_id)) return false;
  }
  return true;
}

/** A flag that is off is on for nobody, and says nothing of its targets: then only what is gone ends one. */
async function get(api: Api, _id: string, { slug, resourceId }: Which): Promise<Target | undefined> {
  const flag: FeatureFlagObject | undefined = await api.featureFlags.get({ slug }).catch(undefinedIfMissing);
  const on = await flagsOf(api, resourceId).all().catch(undefinedIfMissing);
  const isOn = flag && on && (!flag.enabled || on.some((one) => one.slug === slug));
  return isOn ? targetOf(slug, resourceId) : undefined;
}
