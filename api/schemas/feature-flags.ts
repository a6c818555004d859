/** Feature flags: made in the vendor's dashboard, switched on for users and organizations here. */
import { z } from "zod";
import { orNull, timestamp } from "./shapes";

export const featureFlag = z.object({
  object: z.literal("feature_flag"),
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: orNull(z.string()),
  owner: orNull(z.object({ email: z.string(), first_name: orNull(z.string()), last_name: orNull(z.string()) })),
  tags: z.array(z.string()),
  enabled: z.boolean(),
  default_value: z.boolean(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type FeatureFlagObject = z.output<typeof featureFlag>;
