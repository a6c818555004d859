// The dynamic provider as the engine's host would run it, without an engine: what is left is ours. A process of its own
// for every operation, as the engine starts one, so that nothing is remembered between them.
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import process from "node:process";

import { each } from "./workers.mjs";

const require = createRequire(import.meta.url);
const { dynamicProvider } = require("../../dist/provider/index.js");
const { people } = require("../program/people.js");

/** @typedef {{ kind: string, id: string, state: any }} Recorded as the engine's state has it */

const providers = new Map();
/** @param {string} kind */
const provider = (kind) => providers.get(kind) ?? providers.set(kind, dynamicProvider(kind)).get(kind);

/** @returns {Promise<Recorded>} */
async function create(kind, inputs) {
  const checked = await provider(kind).check({}, inputs);
  if (checked.failures?.length) throw new Error(JSON.stringify(checked.failures));
  const { id, outs } = await provider(kind).create(checked.inputs);
  return { kind, id, state: outs };
}

const rosterInputs = (organizationId, members) => ({
  organizationId,
  members: Object.fromEntries(people(members, 0).map(({ email, role }) => [email, { roles: [role] }])),
});

const operations = {
  found: async () => [await create("Organization", { name: "Acme" })],
  async up({ as, members, parallel, recorded: [acme] }) {
    const organizationId = acme.id;
    if (as === "roster") return [acme, await create("OrganizationRoster", rosterInputs(organizationId, members))];
    const declared = people(members, 0);
    /** @type {Recorded[]} */
    const users = [];
    await each(declared, parallel, async ({ email }, index) => {
      users[index] = await create("User", { email });
    });
    /** @type {Recorded[]} */
    const memberships = [];
    await each(declared, parallel, async ({ role }, index) => {
      const inputs = { userId: users[index].id, organizationId, roleSlug: role };
      memberships[index] = await create("OrganizationMembership", inputs);
    });
    return [acme, ...users, ...memberships];
  },
  async refresh({ recorded, parallel }) {
    await each(recorded, parallel, async ({ kind, id, state }, index) => {
      const { id: found, props } = await provider(kind).read(id, state);
      recorded[index] = { kind, id: found, state: props };
    });
    return recorded;
  },
};

process.on("message", async ({ operation, ...given }) => {
  const started = performance.now();
  const recorded = await operations[operation](given);
  process.send?.({ seconds: (performance.now() - started) / 1_000, recorded }, () => process.exit());
});
process.send?.("ready");
