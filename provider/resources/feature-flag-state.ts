/**
 * Whether a feature flag is enabled in the environment. Operations: `FeatureFlagsController` in the vendor's
 * specification. The flag itself is made in the dashboard: this takes over its switch, and puts back what was there.
 */
import type { Api, FeatureFlagObject } from "../../api";
import { isNotFound } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import { fieldsOf } from "../declare/fields";
import { resourceOf } from "../declare/resource";
import { flag, oneOf, text } from "../declare/shapes";
import { oneLine } from "../wording";

const { required, option, output } = fieldsOf<FeatureFlagObject>();

const inputs = {
  /** Slug of the flag, which the WorkOS dashboard makes. Another one replaces the state: the former flag is put back. */
  slug: required(text(), { immutable: true }),
  /** Whether the flag is enabled: then its targets and its default decide for whom it is on; else it is on for nobody. */
  enabled: required(flag()),
  /** What removing it from the program does: `restore` what was there before, or `retain` what is. Default: `restore`. */
  onDestroy: option(oneOf(["restore", "retain"])),
};

const outputs = {
  /** Whether the flag was enabled before this program took it over. */
  enabledBefore: output<boolean>({ local: true }),
  /** Name of the flag. */
  name: output<string>(),
  /** What the flag is for. */
  description: output<string | undefined>(),
  /** Labels of the flag. */
  tags: output<string[]>(),
  /** Whether an enabled flag is on for users and organizations that are no targets. */
  defaultValue: output<boolean>(),
  /** When the flag was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the flag last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

export const featureFlagState = resourceOf<FeatureFlagObject>()({
  kind: "FeatureFlagState",
  noun: "feature flag state",
  importedBy: ["slug"],
  keys: [["slug"]],
  inputs,
  outputs,
  label: ({ slug }) => `of ${slug}`,

  // Only what is there has a switch: this tells that there is none.
  create: ({ api, body: { slug, enabled } }) => switched(api, slug, enabled),
  existing: {
    find: (api, { slug }) => find(api, slug),
    single: true,
    given: true,
    taken: [],
    describe: ({ enabled }) => wordOf(enabled),
    remember: ({ enabled }) => ({ enabledBefore: enabled }),
  },
  lostAnswer: () => ({ find: () => Promise.resolve([]), repeat: "always" }),
  list: { group: () => "", page: (api, _state, page) => api.featureFlags.list(page) },
  get: (api, _id, { slug }) => find(api, slug),
  updates: [
    {
      async send({ api, context, body, state }) {
        if (body.enabled === undefined) return undefined;
        const now = await switched(api, state.slug, body.enabled);
        context.messages.say(`The feature flag ${oneLine(state.slug)} is ${wordOf(now.enabled)} now.`);
        return now;
      },
    },
  ],
  async delete({ api, messages }, _id, { slug, enabledBefore, onDestroy }) {
    const found = await find(api, slug);
    if (!found) return "gone";
    if (onDestroy === "retain" || found.enabled === enabledBefore) {
      messages.say(`The feature flag ${oneLine(slug)} stays ${wordOf(found.enabled)}, and is no longer managed.`);
    } else {
      await switched(api, slug, enabledBefore);
      messages.say(`The feature flag ${oneLine(slug)} is ${wordOf(enabledBefore)} again, as it was before.`);
    }
    return "gone";
  },
  explain: (error, { inputs: { slug = "" } }) =>
    isNotFound(error)
      ? `There is no feature flag ${slug} in this environment: make it in the WorkOS dashboard, where flags are made.`
      : undefined,
});

const find = (api: Api, slug: string) => api.featureFlags.get({ slug }).catch(undefinedIfMissing);

const switched = (api: Api, slug: string, enabled: boolean) =>
  enabled ? api.featureFlags.enable({ slug }) : api.featureFlags.disable({ slug });

const wordOf = (enabled: boolean) => (enabled ? "enabled" : "disabled");
