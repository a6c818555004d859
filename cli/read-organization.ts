/** What commands that look at a live organization share. */
import { readConfig } from "../provider/config";
import { apiFor } from "../provider/host";
import { readGroups } from "../provider/roster/current-groups";
import { type Live, peopleInGroups, readLive } from "../provider/roster/current-people";
import type { Io } from "./io";
import { progressOf } from "./progress";

/** What is read besides who has access. */
interface Wanted {
  readonly profiles?: boolean;
  /** Names of the groups whose people are read. */
  readonly groups?: readonly string[];
}

/** With the settings of the environment: WORKOS_API_KEY, WORKOS_BASE_URL and the others. */
export async function liveOrganization(
  organizationId: string,
  io: Io,
  { profiles = false, groups = [] }: Wanted = {},
): Promise<Live> {
  const api = apiFor(readConfig(() => undefined, io.env));
  const progress = progressOf(io, (count) => `${count} people read`);
  try {
    const people = readLive(
      api,
      organizationId,
      () => profiles,
      () => progress.step(),
    );
    return await peopleInGroups(people, readGroups(api, organizationId, groups, undefined));
  } finally {
    progress.end();
    await api.close();
  }
}
