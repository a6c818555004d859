/** What is switched on that makes this server behave unlike itself: each is told, with the call that ends it. */
import { type Context } from "../context";
import { type Control } from "../control";
import { type Initial } from "../control";

export interface Sign {
  readonly name: string;
  readonly says: string;
  /** The call that ends it. */
  readonly off: { readonly method: string; readonly path: string; readonly body?: unknown };
}

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export function signsOf(control: Control, { clock }: Context, initial: Initial): Sign[] {
  const signs: Sign[] = [];
  const faults = control.faults.list().filter(({ rule, hit }) => rule.times === null || hit < rule.times);
  if (faults.length > 0) {
    const says = `${plural(faults.length, "fault rule")} waiting`;
    signs.push({ name: "faults", says, off: { method: "DELETE", path: "/_emulator/faults" } });
  }
  const latency = control.latency.get();
  if (latency > 0) {
    const off = { method: "PUT", path: "/_emulator/latency", body: { ms: 0 } };
    signs.push({ name: "latency", says: `Every request takes ${latency} ms longer`, off });
  }
  const limits = control.rateLimits.get();
  if (limits !== false) {
    const { reads, writes } = limits;
    const says = `Rate limits: ${reads.limit} reads in ${seconds(reads.windowMs)}, ${writes.limit} writes in ${seconds(writes.windowMs)}`;
    signs.push({ name: "limits", says, off: { method: "PUT", path: "/_emulator/rate-limits", body: false } });
  }
  const deletes = control.asyncDeletes.get();
  if (deletes !== false) {
    const says = `Deletes happen ${seconds(deletes.delayMs)} later`;
    signs.push({ name: "deletes", says, off: { method: "PUT", path: "/_emulator/async-deletes", body: false } });
  }
  const moved = Math.round((clock.now() - clock.baseNow()) / 1000);
  if (Math.abs(moved) >= 1) {
    const says = `The clock is ${durationOf(Math.abs(moved))} ${moved > 0 ? "ahead" : "behind"}`;
    signs.push({ name: "clock", says, off: { method: "POST", path: "/_emulator/clock", body: { reset: true } } });
  }
  const changed = Object.entries(control.switches.get()).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(initial.switches[name as keyof Initial["switches"]]),
  );
  if (changed.length > 0) {
    const says = `${plural(changed.length, "switch").replace("switchs", "switches")} changed: ${changed.map(([name]) => name).join(", ")}`;
    signs.push({ name: "switches", says, off: { method: "PUT", path: "/_emulator/switches", body: initial.switches } });
  }
  return signs;
}

function durationOf(total: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [name, size] = units.find(([, length]) => total >= length) ?? ["second", 1];
  return plural(Math.round(total / size), name);
}
