import { createApi, isWorkosError, type Api, type ApiOptions, type WorkosError } from "../../../api";
import { startServer, type TestServer } from "./server";
import { VirtualClock } from "./virtual-clock";

export const API_KEY = "sk_test_key_that_must_never_show";

/** A server, and clients of it that wait in virtual time; all closed after each test. */
export function useServer(): {
  server: () => TestServer;
  clock: () => VirtualClock;
  api: (options?: Partial<ApiOptions>) => Api;
} {
  let server: TestServer;
  let clock: VirtualClock;
  let clients: Api[] = [];
  beforeEach(async () => {
    server = await startServer();
    clock = new VirtualClock({ auto: true });
  });
  afterEach(async () => {
    await server.close();
    await Promise.all(clients.map((client) => client.close()));
    clients = [];
  });
  return {
    server: () => server,
    clock: () => clock,
    api: (options) => {
      const client = createApi({ apiKey: API_KEY, baseUrl: server.url, clock, random: () => 0.5, ...options });
      clients.push(client);
      return client;
    },
  };
}

/** The error of a call that must fail. */
export async function failure(call: PromiseLike<unknown>): Promise<WorkosError> {
  try {
    await call;
  } catch (error) {
    if (isWorkosError(error)) return error;
    throw error;
  }
  throw new Error("expected the call to fail");
}

const created = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };

export const userObject = (id = "user_1") => ({
  object: "user",
  id,
  email: `${id}@example.com`,
  email_verified: true,
  ...created,
});

export const keyObject = (value = "sk_live_new") => ({
  object: "api_key",
  id: "api_key_1",
  owner: { type: "organization", id: "org_1" },
  name: "ci",
  obfuscated_value: "sk_…new",
  permissions: [],
  value,
  ...created,
});
