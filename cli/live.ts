/** What commands that look at a live organization share. */
import { readConfig } from "../provider/config";
import { apiFor } from "../provider/host";
import { type Live, readLive } from "../provider/roster/live";

/** With the settings of the environment: WORKOS_API_KEY, WORKOS_BASE_URL and the others. */
export async function liveOrganization(organizationId: string): Promise<Live> {
  const api = apiFor(readConfig(() => undefined));
  try {
    return await readLive(api, organizationId, () => false);
  } finally {
    await api.close();
  }
}
