/** One run of the engine, as far as lifecycles know of it: with its guards, and with what its reader is told. */
import { type GuardSettings } from "../../../provider/context";
import { type Context, contextOf, Guards } from "../../../provider/lifecycle";
import { type Kind } from "../../../provider/resources";
import { type Life, lifeOf } from "../../support/life";
import { type World } from "../../support/world";

export interface Run {
  /** What the reader of the run is told, line by line. */
  readonly said: string[];
  /** What was shown until the next of them. */
  readonly shown: string[];
  readonly context: Context;
  readonly life: (kind: Kind) => Life;
}

export interface RunOptions extends Partial<Omit<Context, "guards">> {
  readonly guards?: Partial<GuardSettings>;
}

export function startRun({ context: { api }, clock }: World, { guards, ...given }: RunOptions = {}): Run {
  const [said, shown]: [string[], string[]] = [[], []];
  const messages = {
    say: (line: string) => void said.push(line),
    status: (line: string) => void shown.push(line),
    settled: () => Promise.resolve(),
  };
  const context = contextOf({
    api,
    clock,
    messages,
    guards: new Guards(guards, clock, (line) => messages.say(line)),
    ...given,
  });
  return { said, shown, context, life: (kind) => lifeOf(kind, { context }) };
}

/** The requests of a world as `METHOD /path`, with every id written as `{id}`, and forgets them. */
export function takeCalls({ wire }: World): string[] {
  const calls = wire.all().map(({ method, path }) => {
    const [place = ""] = path.split("?");
    return `${method} ${place.replaceAll(/\b(user|org|om|invitation|api_key)_[0-9A-Z]{26}/g, "{id}")}`;
  });
  wire.clear();
  return calls;
}

/** The changes among the requests, with their bodies. */
export function takeWrites(world: World): unknown[] {
  const bodies = world.wire.writes().map(({ method, body }) => (body === undefined ? [method] : [method, body]));
  world.wire.clear();
  return bodies;
}
