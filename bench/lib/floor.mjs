// The second baseline, the physical floor: the writes that nobody can do without, by bare undici, each sent as soon as
// the vendor's window of 500 in 10 seconds has a place for it.
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import { requests, withBareClient } from "./bare.mjs";
import { each } from "./workers.mjs";

/** The vendor's limit of writes. */
const window = { requests: 500, ms: 10_000 };
/** Enough to send a whole window's writes within a second at 60 ms. */
const wide = 64;

/**
 * Creates these people and their memberships, two writes each.
 * @param {{ url: string, apiKey: string }} authKit
 * @param {string} organization
 * @param {readonly string[]} emails
 * @param {boolean} limited whether the vendor's limits hold
 * @param {number} [width] how many writes are under way at a time
 */
export function createAtTheFloor(authKit, organization, emails, limited, width = wide) {
  return withBareClient(authKit, width, async (send) => {
    /** @type {number[]} when each write was answered, in the order in which they were sent */
    const answered = [];
    let sent = 0;
    /** @param {import("./bare.mjs").BareRequest} request */
    const write = async (request) => {
      const index = sent;
      sent += 1;
      if (limited) await placeFor(index, answered);
      const { status, body } = await send(request);
      answered[index] = performance.now();
      if (status >= 300) throw new Error(`${request.method} ${request.path} → ${status}`);
      return body.id;
    };
    /** @type {string[]} */
    const users = [];
    await each(emails, width, async (email, index) => void (users[index] = await write(requests.createUser(email))));
    await each(users, width, async (user) => void (await write(requests.createMembership(user, organization))));
  });
}

/**
 * The write before a whole window of others has to be answered and a window old.
 * @param {number} index
 * @param {readonly number[]} answered
 */
async function placeFor(index, answered) {
  if (index < window.requests) return;
  for (;;) {
    const at = answered[index - window.requests];
    const wait = at === undefined ? 1 : at + window.ms + 1 - performance.now();
    if (wait <= 0) return;
    await sleep(wait);
  }
}
