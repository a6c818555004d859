/** How users of Pulumi set what the client is made with: the client itself knows nothing of stacks. */
import type { Remedies } from "../api/http/remedies";

export const remedies: Remedies = {
  apiKey:
    "Check the API key: stack config `workos:apiKey`, else the environment variable WORKOS_API_KEY. " +
    "During `pulumi refresh`, `pulumi destroy` and `pulumi up --refresh` Pulumi uses the config of the last `pulumi up`, " +
    "so a key that was rotated since is not seen: add `--run-program`.",
  baseUrl: "`workos:baseUrl` (WORKOS_BASE_URL)",
};
