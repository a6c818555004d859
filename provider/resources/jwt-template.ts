/**
 * What the environment's access tokens say besides the vendor's own claims: one template an environment, which is there
 * or not. Operations: `JwtTemplatesController` in the vendor's specification, which has none that deletes it.
 */
import type { Api, JwtTemplateObject } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { adopted, fieldsOf } from "../declare/fields";
import { leftThere } from "../declare/no-delete";
import { type Recorded, resourceOf } from "../declare/resource";
import { oneOf, text } from "../declare/shapes";

/** The vendor's answers have no id, since there is only one. */
type Template = JwtTemplateObject & { readonly id: string };

const { required, option, output } = fieldsOf<Template>();

const inputs = {
  /**
   * The template: a JSON object of claims, in which `{{ user.first_name }}`, `{{ organization.metadata.tier || 'free' }}`
   * and the like stand for what they name. It takes effect with the tokens that are issued from then on.
   */
  content: required(text()),
  /**
   * What removing it from the program does: `restore`, the default, puts back what was there before this took it over,
   * or an empty template where there was none; `retain` leaves what is there.
   */
  onDestroy: option(oneOf(["restore", "retain"])),
};

const outputs = {
  /** Whether the environment had a template before, which was taken over. */
  adopted,
  /** What the template was before this took it over; nothing where there was none. */
  previousContent: output<string | undefined>({ local: true }),
  /** When the environment first had a template (RFC 3339). */
  createdAt: output<string>(),
  /** When the template last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true }),
};

type Outputs = Recorded<typeof inputs, typeof outputs>;

/** What adds nothing to a token: the nearest to no template that there is. */
const nothing = "{}";

export const jwtTemplate = resourceOf<Template>()({
  kind: "JwtTemplate",
  noun: "JWT template",
  keys: [[]],
  inputs,
  outputs,
  label: () => "of the environment",

  create: ({ api, body }) => put(api, body.content),
  existing: {
    find,
    single: true,
    taken: [],
    describe: ({ updated_at }) => `last changed ${updated_at}`,
    remember: ({ content }) => ({ previousContent: content }),
    became: (before, { content, onDestroy }) =>
      before.content === content
        ? undefined
        : `What it was before is kept in previousContent${onDestroy === "retain" ? "" : ", and put back when this is removed from the program"}.`,
  },
  lostAnswer: () => ({
    find: async (api) => [await find(api)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  get: (api) => find(api),
  updates: [{ send: async ({ api, body: { content } }) => (content === undefined ? undefined : put(api, content)) }],
  delete: letGo,
});

/** There is one in an environment, which has no id of the vendor's. */
export const jwtTemplateId = "jwt_template";

const only = (template: JwtTemplateObject): Template => ({ ...template, id: jwtTemplateId });

function find(api: Api): Promise<Template | undefined> {
  return api.jwtTemplate.get().then(only, undefinedIfMissing);
}

/** Where no answer tells, what is there does: one that counts as not made would be taken over later as another's. */
async function put(api: Api, content: string): Promise<Template> {
  try {
    return only(await api.jwtTemplate.update({ content }));
  } catch (error) {
    const now = await find(api).catch(() => undefined);
    if (now?.content !== content) throw error;
    return now;
  }
}

async function letGo({ api, messages }: HookContext, _id: string, state: Outputs): Promise<"gone"> {
  if (state.onDestroy === "retain") {
    messages.say(`${leftThere("The JWT template of the environment")} Access tokens keep its claims.`);
    return "gone";
  }
  const { previousContent = nothing } = state;
  await put(api, previousContent);
  messages.say(
    previousContent === nothing
      ? "The JWT template of the environment is empty now, since WorkOS has no operation that deletes it: new access tokens have none of its claims."
      : "The JWT template of the environment is what it was when this resource took it over; new access tokens follow it.",
  );
  return "gone";
}
