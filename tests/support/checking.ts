import { check, type Checked } from "../../provider/lifecycle";
import { type Kind } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { rows } from "../kinds";
import { declarationOf } from "./life";
import { VirtualClock } from "./virtual-clock";

/** Checks inputs as the engine does, at noon of the first virtual day. */
export const checked = (kind: Kind, news: Inputs, olds: Inputs = {}): Checked =>
  check(declarationOf(kind), olds, news, { clock: new VirtualClock() });

/** What is wrong with accepted inputs after these changes, by property. */
export const complaints = (kind: Kind, changes: Inputs, olds: Inputs = {}): Record<string, string> =>
  Object.fromEntries(
    checked(kind, { ...rows[kind].accepted, ...changes }, olds).failures.map(({ property, reason }) => [
      property,
      reason,
    ]),
  );
