/** Settings of an environment: where sign-ins lead, which pages may ask, who is told of events, what is in tokens. */
import { z } from "zod";

export const redirectUri = z.object({
  object: z.literal("redirect_uri"),
  id: z.string(),
  uri: z.string(),
  default: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type RedirectUriObject = z.output<typeof redirectUri>;
