/**
 * Beginnings of histories that chance alone would seldom come to: what has to meet, in place, and the rest left open.
 * Whatever follows is any history.
 */
import { type Declaration, type HistoryStep, type Outside, type RunStep, type Settings } from "./history";
import { type Random } from "./random";
import { type Fault, type WireFault } from "./wire";

export interface Stage {
  readonly random: Random;
  readonly declare: (made: Declaration, stack: number) => void;
  readonly remove: (key: string, stack: number) => void;
  readonly play: (...steps: HistoryStep[]) => void;
}

export interface Scene {
  readonly stacks: 1 | 2;
  readonly settings?: Settings;
  readonly play: (stage: Stage) => void;
}

const organization: Declaration = {
  key: "org-acme",
  kind: "Organization",
  inputs: { name: "Acme", externalId: "x-acme" },
};
const user = (who: string): Declaration => ({
  key: `user-${who}`,
  kind: "User",
  inputs: { email: `${who}@example.com` },
});
const membership = (who: string, more: Declaration["inputs"] = {}): Declaration => ({
  key: `member-${who}-acme`,
  kind: "OrganizationMembership",
  inputs: { userId: { ref: `user-${who}` }, organizationId: { ref: "org-acme" }, roleSlug: "admin", ...more },
});
const invitation = (more: Declaration["inputs"] = {}): Declaration => ({
  key: "invitation-gil-acme",
  kind: "Invitation",
  inputs: { email: "gil@example.com", organizationId: { ref: "org-acme" }, roleSlug: "member", ...more },
});
const apiKey = (more: Declaration["inputs"] = {}): Declaration => ({
  key: "key-CI-acme",
  kind: "OrganizationApiKey",
  inputs: { organizationId: { ref: "org-acme" }, name: "CI", ...more },
});

const run = (stack: number, more: Partial<RunStep> = {}): RunStep => ({
  do: "run",
  stack,
  what: "up",
  parallel: 1,
  faults: [],
  ...more,
});
const ofWrites = (at: number, what: Fault["what"]): Fault => ({ at, what, ofWrites: true });
/** Whichever request it has to meet, it does. */
const all = (what: WireFault): Fault[] => Array.from({ length: 16 }, (_, at) => ({ at, what }));

/** Somebody else acts right before one of a run's first requests, mostly the first that changes something. */
function meanwhile(random: Random, event: Outside["event"]): Partial<RunStep> {
  const ofWrites = random.chance(0.7);
  const at = ofWrites ? 0 : random.int(0, 8);
  return { faults: [{ at, what: "meanwhile", ofWrites }], meanwhile: { [at]: { event, pick: 0 } } };
}

/** Two stacks declare the same thing, and one of them dies in the middle of its create. */
const sameCreate: Scene = {
  stacks: 2,
  play({ random, declare, play }) {
    declare(organization, 0);
    const made = random.pick([user("ann"), apiKey(), apiKey({ permissions: ["posts:read"] })]);
    if (made.kind === "OrganizationApiKey") play(run(0));
    declare(made, 0);
    declare(made, 1);
    const killed = ofWrites(made.kind === "User" ? random.int(0, 1) : 0, random.pick(["kill before", "kill after"]));
    if (random.chance(0.5)) play(run(0, { faults: [killed] }), run(1));
    else play(run(0, { faults: random.chance(0.5) ? [killed] : [], beside: 1 }));
    play(run(0), run(1));
  },
};

/** Two runs at once, each of which takes one of the last two admins. */
const bothAdmins: Scene = {
  stacks: 2,
  settings: { minAdmins: 1 },
  play({ random, declare, remove, play }) {
    declare(organization, 0);
    for (const who of ["ann", "ben"]) declare(user(who), 0);
    play(run(0));
    const onDestroy = () => random.pick(["delete", "deactivate"]);
    const theirs = ["ann", "ben"].map((who) => membership(who, { onDestroy: onDestroy() }));
    for (const [stack, one] of theirs.entries()) declare(one, stack);
    play(run(0), run(1));
    for (const [stack, one] of theirs.entries()) {
      const lot = random.next();
      if (lot < 0.5) remove(one.key, stack);
      else
        declare(
          { ...one, inputs: { ...one.inputs, ...(lot < 0.75 ? { roleSlug: "member" } : { status: "inactive" }) } },
          stack,
        );
    }
    play(run(0, { beside: 1 }));
  },
};

/** An invitation is accepted before or while the program takes it back or changes it. */
const accepted: Scene = {
  stacks: 1,
  play({ random, declare, remove, play }) {
    const more = random.chance(0.5) ? { onDestroy: random.pick(["revoke", "removeMembership"]) } : {};
    declare(organization, 0);
    declare(invitation(more), 0);
    play(run(0));
    const before = random.chance(0.4);
    if (before) play({ do: "outside", what: { event: "accepts", pick: 0 } });
    if (random.chance(0.5)) remove("invitation-gil-acme", 0);
    else declare(invitation({ ...more, roleSlug: random.pick(["admin", "viewer"]) }), 0);
    play(run(0, { refresh: random.chance(0.3), ...(before ? {} : meanwhile(random, "accepts")) }), run(0));
  },
};

/** Something else answers where a thing is ended. */
const endedByAPage: Scene = {
  stacks: 1,
  play({ random, declare, remove, play }) {
    declare(organization, 0);
    const what = random.pick(["member", "key", "user"]);
    if (what !== "key") declare(user("ann"), 0);
    if (what === "member") declare(membership("ann"), 0);
    if (what === "key") declare(apiKey(), 0);
    play(run(0));
    const key = { member: "member-ann-acme", key: "key-CI-acme", user: "user-ann" }[what] ?? "";
    remove(key, 0);
    play(run(0, { faults: [ofWrites(0, random.pick(["200 page", "200 of another service", "404 page"]))] }));
  },
};

/** Whoever is declared as suspended is made active first, and may be the one admin by then. */
const madeInactive: Scene = {
  stacks: 1,
  settings: { minAdmins: 1, maxRemovals: "1" },
  play({ random, declare, play }) {
    declare(organization, 0);
    const crew = random.pick([["ann"], ["ann", "ben"]]);
    for (const who of crew) declare(user(who), 0);
    for (const who of crew)
      declare(membership(who, { status: "inactive", roleSlug: random.pick(["admin", "member"]) }), 0);
    play(run(0));
  },
};

/** Lists that repeat entries, or that no filter has shortened, when the last admin is to go. */
const wrongLists: Scene = {
  stacks: 1,
  settings: { minAdmins: 1 },
  play({ random, declare, remove, play }) {
    declare(organization, 0);
    declare(user("ann"), 0);
    declare(membership("ann"), 0);
    if (random.chance(0.5)) {
      declare(user("ben"), 0);
      declare(membership("ben", { roleSlug: "member" }), 0);
    }
    play(run(0));
    remove("member-ann-acme", 0);
    play(run(0, { faults: all(random.pick(["repeated entries", "without filters"])) }));
  },
};

/** Whoever is to be taken over is looked up where no filter is heeded, and somebody else comes first. */
const takenForAnother: Scene = {
  stacks: 2,
  play({ random, declare, play }) {
    declare(organization, 0);
    for (const who of random.pick([
      ["ann", "ben"],
      ["ben", "ann"],
    ])) {
      declare(user(who), 0);
      declare(membership(who, { roleSlug: "member" }), 0);
    }
    play(run(0));
    const adopt = random.pick(["if-exists", "require"]);
    declare(membership(random.pick(["ann", "ben"]), { adopt }), 1);
    play(run(1, { faults: all("without filters") }), run(1));
  },
};

/** The value of a key is lost on its way. */
const lostValue: Scene = {
  stacks: 1,
  play({ random, declare, play }) {
    declare(organization, 0);
    play(run(0));
    declare(apiKey(random.chance(0.5) ? { permissions: ["posts:read"] } : {}), 0);
    play(
      run(0, { faults: [ofWrites(0, random.pick(["cut after", "500 after", "truncated", "late", "kill after"]))] }),
      run(0),
    );
  },
};

/** A mail is sent again on purpose, and nobody hears that it was. */
const mailedAgain: Scene = {
  stacks: 1,
  play({ random, declare, play }) {
    declare(organization, 0);
    declare(invitation({ resend: "1" }), 0);
    play(run(0));
    declare(invitation({ resend: "2" }), 0);
    play(
      run(0, {
        faults: [ofWrites(0, random.pick(["kill after", "kill after", "kill after", "cut after", "late"]))],
      }),
      // It may learn of the mail, and not that it was this one.
      ...(random.chance(0.5) ? [run(0, { what: "refresh" })] : []),
      run(0),
    );
  },
};

/** A stack meets another environment. */
const strange: Scene = {
  stacks: 1,
  play({ random, declare, remove, play }) {
    declare(organization, 0);
    declare(user("ann"), 0);
    declare(membership("ann"), 0);
    declare(apiKey(), 0);
    play(run(0));
    const key = random.pick(["member-ann-acme", "key-CI-acme"]);
    if (random.chance(0.5)) remove(key, 0);
    const at = random.pick(["another environment", "elsewhere"] as const);
    play(run(0, { at, what: random.pick(["up", "refresh", "destroy"] as const), refresh: random.chance(0.5) }));
  },
};

export const scenes: readonly Scene[] = [
  sameCreate,
  bothAdmins,
  accepted,
  endedByAPage,
  madeInactive,
  wrongLists,
  takenForAnother,
  lostValue,
  mailedAgain,
  strange,
];
