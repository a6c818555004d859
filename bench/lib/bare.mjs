import { Pool } from "undici";

/** @typedef {{ method: "GET" | "POST", path: string, body?: object }} BareRequest */
/** @typedef {{ status: number, retryAfterMs: number, body: any }} BareAnswer */

/**
 * Runs `use` with bare undici: no checks, no retries, no pacing.
 * @template T
 * @param {{ url: string, apiKey: string }} authKit
 * @param {number} connections
 * @param {(send: (request: BareRequest) => Promise<BareAnswer>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withBareClient({ url, apiKey }, connections, use) {
  const pool = new Pool(url, { connections });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  try {
    return await use(async ({ method, path, body: given }) => {
      const {
        statusCode,
        headers: answered,
        body,
      } = await pool.request({
        method,
        path,
        headers,
        ...(given ? { body: JSON.stringify(given) } : {}),
      });
      const retryAfterMs = Number(answered["retry-after"] ?? 1) * 1_000;
      return { status: statusCode, retryAfterMs, body: await body.json() };
    });
  } finally {
    await pool.close();
  }
}

export const requests = {
  /** @returns {BareRequest} */
  createOrganization: () => ({ method: "POST", path: "/organizations", body: { name: "Acme" } }),
  /** @param {string} email @returns {BareRequest} */
  createUser: (email) => ({ method: "POST", path: "/user_management/users", body: { email } }),
  /** @param {string} userId @param {string} organizationId @returns {BareRequest} */
  createMembership: (userId, organizationId) => ({
    method: "POST",
    path: "/user_management/organization_memberships",
    body: { user_id: userId, organization_id: organizationId, role_slug: "member" },
  }),
  /** @param {string} id @returns {BareRequest} */
  getOrganization: (id) => ({ method: "GET", path: `/organizations/${id}` }),
  /** @param {string} id @returns {BareRequest} */
  getUser: (id) => ({ method: "GET", path: `/user_management/users/${id}` }),
  /** @param {string} id @returns {BareRequest} */
  getMembership: (id) => ({ method: "GET", path: `/user_management/organization_memberships/${id}` }),
};
