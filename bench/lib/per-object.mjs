// The first baseline, what the peer does: a request for every object, ten at a time, with three more attempts after a
// 429 and no pacing. Kinder to the peer than the peer itself: no engine, and all connections are kept.
import { setTimeout as sleep } from "node:timers/promises";

import { requests, withBareClient } from "./bare.mjs";
import { each } from "./workers.mjs";

const width = 10;
const retries = 3;

/** @typedef {{ organization: string, users: string[], memberships: string[] }} Objects */

/**
 * Creates these people and their memberships.
 * @param {{ url: string, apiKey: string }} authKit
 * @param {string} organization
 * @param {readonly string[]} emails
 * @returns {Promise<{ result: Objects, failed: number }>} `failed`: requests that were refused to the last
 */
export function createPerObject(authKit, organization, emails) {
  return withRetries(authKit, async (send) => {
    /** @type {(string | undefined)[]} */
    const users = [];
    await each(emails, width, async (email, index) => void (users[index] = await send(requests.createUser(email))));
    /** @type {(string | undefined)[]} */
    const memberships = [];
    await each(users, width, async (user, index) => {
      if (user) memberships[index] = await send(requests.createMembership(user, organization));
    });
    return { organization, users: users.filter(isThere), memberships: memberships.filter(isThere) };
  });
}

/**
 * Reads every object by itself. The peer was counted at 2,002 GETs for an organization with 1,000 users and 1,000
 * memberships, one more than there are objects; here that one is the organization, read again at the end.
 * @param {{ url: string, apiKey: string }} authKit
 * @param {Objects} objects
 * @returns {Promise<{ failed: number }>}
 */
export function readPerObject(authKit, { organization, users, memberships }) {
  const reads = [
    requests.getOrganization(organization),
    ...users.map(requests.getUser),
    ...memberships.map(requests.getMembership),
    requests.getOrganization(organization),
  ];
  return withRetries(authKit, (send) => each(reads, width, async (read) => void (await send(read))));
}

/**
 * @template T
 * @param {{ url: string, apiKey: string }} authKit
 * @param {(send: (request: import("./bare.mjs").BareRequest) => Promise<string | undefined>) => Promise<T>} work
 *   is given a function that answers the object's id, or nothing where it was refused to the last
 * @returns {Promise<{ result: T, failed: number }>}
 */
function withRetries(authKit, work) {
  return withBareClient(authKit, width, async (send) => {
    let failed = 0;
    const result = await work(async (request) => {
      for (let attempt = 0; ; attempt += 1) {
        const { status, retryAfterMs, body } = await send(request);
        if (status < 300) return body.id;
        if (status !== 429) throw new Error(`${request.method} ${request.path} → ${status}`);
        if (attempt === retries) break;
        await sleep(retryAfterMs);
      }
      failed += 1;
      return undefined;
    });
    return { result, failed };
  });
}

/** @param {string | undefined} id @returns {id is string} */
function isThere(id) {
  return id !== undefined;
}
