/** What commands that look at a live organization share. */
import { readConfig } from "../provider/config";
import { apiFor } from "../provider/host";
import { type Live, readLive } from "../provider/roster/current-people";
import type { Io } from "./io";
import { progressOf } from "./progress";

/** With the settings of the environment: WORKOS_API_KEY, WORKOS_BASE_URL and the others. */
export async function liveOrganization(organizationId: string, io: Io, wantsProfiles = false): Promise<Live> {
  const api = apiFor(readConfig(() => undefined, io.env));
  const progress = progressOf(io, (count) => `${count} people read`);
  try {
    return await readLive(
      api,
      organizationId,
      () => wantsProfiles,
      () => progress.step(),
    );
  } finally {
    progress.end();
    await api.close();
  }
}
