/** What commands that look at a live environment share. */
import type { Api } from "../api";
import { readConfig } from "../provider/config";
import { apiFor } from "../provider/host";
import { readGroups } from "../provider/roster/current-groups";
import { type Live, peopleInGroups, readLive } from "../provider/roster/current-people";
import type { Io } from "./io";
import { type Progress, progressOf } from "./progress";

/** With the settings of the environment: WORKOS_API_KEY, WORKOS_BASE_URL and the others. */
export async function reading<T>(io: Io, what: string, read: (api: Api, progress: Progress) => Promise<T>): Promise<T> {
  const api = apiFor(
    readConfig(() => undefined, io.env),
    io.interrupted,
  );
  const progress = progressOf(io, (count) => `${count} ${what} read`);
  try {
    return await read(api, progress);
  } finally {
    progress.end();
    await api.close();
  }
}

/** What is read besides who has access. */
interface Wanted {
  readonly profiles?: boolean;
  /** Names of the groups whose people are read. */
  readonly groups?: readonly string[];
  /** How many people there will be, as far as somebody knows. */
  readonly expected?: number;
}

export const liveOrganization = (
  organizationId: string,
  io: Io,
  { profiles = false, groups = [], expected = 0 }: Wanted = {},
): Promise<Live> =>
  reading(io, "people", (api, progress) => {
    progress.expect(expected);
    const people = readLive(
      api,
      organizationId,
      () => profiles,
      () => progress.step(),
    );
    return peopleInGroups(people, readGroups(api, organizationId, groups, undefined));
  });
