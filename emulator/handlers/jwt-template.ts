import { templateProblem } from "../auth/jwt-template";
import { type Context } from "../context";
import { ApiError, refuse } from "../errors";
import { type StoredJwtTemplate } from "../store/entities";
import { type Family } from "./handler";

/** An environment has one at most. */
export const jwtTemplateId = "jwt_template";

export const jwtTemplate: Family<"jwtTemplate"> = {
  get: (_input, context) => {
    const template = storedTemplate(context);
    if (template === undefined) throw new ApiError(404, { message: "JWT template not found." });
    return presentJwtTemplate(template);
  },

  update: ({ content }, context) => {
    const { store, clock } = context;
    const problem = templateProblem(content);
    if (problem !== undefined) throw refuse(422, "invalid_request_parameters", `Invalid JWT template: ${problem}.`);
    const before = storedTemplate(context);
    if (before?.content === content) return presentJwtTemplate(before);
    const now = clock.iso();
    const stored = { id: jwtTemplateId, content, created_at: before?.created_at ?? now, updated_at: now };
    store.write(() => store.jwtTemplates.put(stored));
    return presentJwtTemplate(stored);
  },
};

export const storedTemplate = ({ store }: Context) => store.jwtTemplates.get(jwtTemplateId);

export const presentJwtTemplate = ({ content, created_at, updated_at }: StoredJwtTemplate) => ({
  object: "jwt_template" as const,
  content,
  created_at,
  updated_at,
});
