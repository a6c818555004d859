/** Everything that makes this server behave unlike itself, with one click each. */
import { type ComponentChildren, type VNode } from "preact";
import { useState } from "preact/hooks";
import { switchChoices, switchTexts, typedPosition, typedText } from "../switches";
import { send, usePage } from "./data";
import { Code, Copy, Time } from "./parts";
import { curlOf } from "../call";
import { type StatusAnswer, useStatus } from "./status";

interface Click {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const faults: readonly (readonly [string, object])[] = [
  ["Next request: 503", { status: 503 }],
  ["Next request: 500", { status: 500 }],
  ["Next request: 429", { status: 429, headers: { "Retry-After": "1" } }],
  ["Next request: cut connection", { cut: "connection" }],
  ["Next request: cut body", { cut: "body" }],
  ["Next request: broken JSON", { corrupt: "truncated" }],
  ["Next request: 5 s late", { delayMs: 5000 }],
  ["Next write: done, then cut", { method: "POST", when: "after", cut: "connection" }],
  ["All requests: 503", { status: 503, times: null }],
];

const hour = 3_600_000;

export function Controls(): VNode | null {
  const status = useStatus();
  if (status === undefined) return null;
  const { settings, now } = status;
  return (
    <>
      <header class="head">
        <div>
          <h1>Controls</h1>
          <p>How AuthKit can be slow, strict or broken. Each is the same request that a test can send.</p>
        </div>
        <div class="actions">
          <Press
            label="Reset everything"
            method="POST"
            path="/_emulator/reset"
            danger="Everything as at the start: data, clock, faults, mails and log."
          />
        </div>
      </header>
      <Card title="Faults" says="What hits the next request that fits. A rule of your own says more.">
        <Clicks
          clicks={[
            ...faults.map(([label, body]) => ({ label, method: "POST", path: "/_emulator/faults", body })),
            { label: "Remove all rules", method: "DELETE", path: "/_emulator/faults" },
          ]}
        />
        <FaultRules faults={settings.faults} />
        <OwnFault />
      </Card>
      <Card title="Latency" says={`Every request takes ${settings.latencyMs} ms longer.`}>
        <Choices
          now={settings.latencyMs}
          choices={[0, 100, 500, 2000].map((ms) => ({
            ...{ value: ms, label: ms === 0 ? "None" : `${ms} ms`, method: "PUT", path: "/_emulator/latency" },
            body: { ms },
          }))}
        />
      </Card>
      <Card title="Rate limits" says="As WorkOS documents them, or tight enough to be met by hand.">
        <Choices
          now={settings.rateLimits === false ? "off" : settings.rateLimits.reads.limit < 100 ? "tight" : "vendor"}
          choices={[
            { value: "off", label: "None", method: "PUT", path: "/_emulator/rate-limits", body: false },
            { value: "vendor", label: "WorkOS's", method: "PUT", path: "/_emulator/rate-limits", body: {} },
            {
              ...{ value: "tight", label: "5 in 10 s", method: "PUT", path: "/_emulator/rate-limits" },
              body: { reads: { limit: 5, windowMs: 10_000 }, writes: { limit: 5, windowMs: 10_000 } },
            },
          ]}
        />
      </Card>
      <Card title="Deletes" says="Users and organizations go at once, or are answered 202 and go later.">
        <Choices
          now={settings.asyncDeletes === false ? 0 : settings.asyncDeletes.delayMs}
          choices={[0, 5000, 60_000].map((delayMs) => ({
            ...{ value: delayMs, label: delayMs === 0 ? "At once" : `${delayMs / 1000} s later` },
            ...{ method: "PUT", path: "/_emulator/async-deletes", body: delayMs === 0 ? false : { delayMs } },
          }))}
        />
      </Card>
      <Card
        title="Clock"
        says={
          <>
            It is <Time at={now} /> here. Invitations, keys, codes and sessions expire by it.
          </>
        }
      >
        <Clicks
          clicks={[
            ...(
              [
                ["+1 minute", hour / 60],
                ["+1 hour", hour],
                ["+1 day", 24 * hour],
                ["+7 days", 7 * 24 * hour],
                ["+30 days", 30 * 24 * hour],
              ] as const
            ).map(([label, advanceMs]) => ({ label, method: "POST", path: "/_emulator/clock", body: { advanceMs } })),
            { label: "Back to now", method: "POST", path: "/_emulator/clock", body: { reset: true } },
          ]}
        />
      </Card>
      <Card title="Switches" says="What WorkOS's documents leave open. A program that works in every position works.">
        <div class="switches">
          {Object.entries(settings.switches).map(([name, value]) => (
            <Switch key={name} name={name} value={value} />
          ))}
        </div>
      </Card>
    </>
  );
}

function Card({
  title,
  says,
  children,
}: {
  title: string;
  says: ComponentChildren;
  children: ComponentChildren;
}): VNode {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <p>{says}</p>
      {children}
    </section>
  );
}

export function Press({ label, danger, ...call }: Click & { danger?: string }): VNode {
  const page = usePage();
  const press = async () => {
    if (danger !== undefined && !confirm(`${label}?\n\n${danger}`)) return;
    const sent = await send(page, call);
    page.announce(sent.ok ? `${label}: done` : sent.problem);
  };
  return (
    <button type="button" class={danger === undefined ? "" : "danger"} onClick={() => void press()}>
      {label}
    </button>
  );
}

function Clicks({ clicks }: { clicks: readonly Click[] }): VNode {
  return (
    <div class="clicks">
      {clicks.map((click) => (
        <Press key={click.label} {...click} />
      ))}
    </div>
  );
}

function Choices({
  now,
  choices,
}: {
  now: string | number;
  choices: readonly (Click & { value: string | number })[];
}): VNode {
  const page = usePage();
  return (
    <div class="choices">
      {choices.map(({ value, label, ...call }) => (
        <button
          type="button"
          key={value}
          aria-pressed={value === now}
          onClick={() => void send(page, call).then(() => page.announce(`${label}: done`))}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function FaultRules({ faults: rules }: { faults: StatusAnswer["settings"]["faults"] }): VNode | null {
  if (rules.length === 0) return null;
  return (
    <ul class="faults" aria-label="Fault rules">
      {rules.map(({ id, rule, matched, hit }) => (
        <li key={id}>
          <code>{JSON.stringify(rule)}</code>
          <span class="badge soft">
            matched {matched}, hit {hit}
          </span>
          <Press label="Remove" method="DELETE" path={`/_emulator/faults/${id}`} />
        </li>
      ))}
    </ul>
  );
}

/** Written as a test would send it. */
function OwnFault(): VNode {
  const page = usePage();
  const [text, setText] = useState('{ "method": "POST", "path": "/user_management/users", "status": 503 }');
  const [problem, setProblem] = useState("");
  const add = async (event: Event) => {
    event.preventDefault();
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return setProblem("This is not JSON.");
    }
    const sent = await send(page, { method: "POST", path: "/_emulator/faults", body });
    return setProblem(sent.problem);
  };
  return (
    <details>
      <summary>A rule of your own</summary>
      <form onSubmit={(event) => void add(event)}>
        <div class="field">
          <label htmlFor="fault">Rule (JSON)</label>
          <textarea
            {...{ id: "fault", rows: 3, value: text }}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        {problem === "" ? null : (
          <p role="alert" class="problem">
            {problem}
          </p>
        )}
        <p>
          <button type="submit" class="main">
            Add rule
          </button>
        </p>
      </form>
      <Code text={curlOf({ method: "POST", path: "/_emulator/faults", body: safe(text) })} label="curl" />
    </details>
  );
}

function safe(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}

function Switch({ name, value }: { name: string; value: unknown }): VNode {
  const page = usePage();
  const choices = switchChoices[name];
  const set = (next: unknown) => send(page, { method: "PUT", path: "/_emulator/switches", body: { [name]: next } });
  if (choices === undefined) return <TypedSwitch key={typedText(value)} name={name} value={value} />;
  return (
    <div class="switch" role="group" aria-label={name}>
      <span>{name}</span>
      <div class="choices">
        {choices.map((choice) => (
          <button
            type="button"
            key={String(choice)}
            aria-pressed={choice === value}
            onClick={() => void set(choice).then(() => page.announce(`${name}: ${String(choice)}`))}
          >
            {String(choice)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** One that takes what somebody types. */
function TypedSwitch({ name, value }: { name: string; value: unknown }): VNode {
  const page = usePage();
  const kind = switchTexts[name] ?? "text";
  const [text, setText] = useState(typedText(value));
  const [problem, setProblem] = useState("");
  const call = { method: "PUT", path: "/_emulator/switches", body: { [name]: typedPosition(kind, text) } };
  const set = async (event: Event) => {
    event.preventDefault();
    const sent = await send(page, call);
    setProblem(sent.problem);
    if (sent.ok) page.announce(`${name}: ${text.trim() === "" ? "none" : text.trim()}`);
  };
  const id = `switch-${name}`;
  return (
    <form class="switch typed" onSubmit={(event) => void set(event)}>
      <label htmlFor={id}>
        {name} <small>{kind === "list" ? "with commas between" : "or nothing"}</small>
      </label>
      <div class="choices">
        <input {...{ id, type: "text", value: text }} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit" aria-label={`Set ${name}`}>
          Set
        </button>
        <Copy text={curlOf(call)} label={`curl for ${name}`} />
      </div>
      {problem === "" ? null : (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
    </form>
  );
}
