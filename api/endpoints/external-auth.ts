/** Standalone Connect, `ExternalAuthController` in the vendor's specification: signing in stays with your own system. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { externalId, metadataCreate } from "../schemas";

/** What a person chooses from on the page that asks whether the application may be let in. */
const consentOption = z.object({
  /** Of the access token, which holds the value that was chosen. */
  claim: z.string(),
  type: z.literal("enum"),
  label: z.string(),
  /** Values with their labels, or groups of them. */
  choices: z.array(
    z.object({
      value: z.string().optional(),
      label: z.string().optional(),
      group: z.string().optional(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
    }),
  ),
});

export const externalAuth = {
  /** Says who signed in at your own system, and gets the address that leads back to AuthKit. The user of your own id is made, or changed. */
  completeLogin: endpoint({
    operation: "ExternalAuthController_completeLogin",
    method: "POST",
    path: "/authkit/oauth2/complete",
    body: z.object({
      /** From the query of your login page. */
      external_auth_id: z.string(),
      user: z.object({
        /** Your own; becomes the user's `external_id`. */
        id: externalId,
        email: z.string(),
        first_name: z.string().optional(),
        last_name: z.string().optional(),
        name: z.string().optional(),
        metadata: metadataCreate.optional(),
      }),
      user_consent_options: z.array(consentOption).optional(),
    }),
    success: { 200: z.object({ redirect_uri: z.string() }) },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
