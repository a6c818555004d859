/** What was sent to webhook endpoints, attempt by attempt, with a way to send it again. */
import { type VNode } from "preact";
import { type Shown } from "../kinds";
import { useAnswer } from "./data";
import { Press } from "./controls";
import { Code, Empty, State, Time } from "./parts";

/** Deliveries go on by themselves, so that nothing else tells when to look again. */
const everyMs = 2000;

export function Deliveries(): VNode {
  const { data, missing } = useAnswer<{ data: readonly Shown[] }>(
    "/_emulator/webhook-deliveries",
    ["events", "objects"],
    everyMs,
  );
  const rows = [...(data?.data ?? [])].slice(-200).reverse();
  return (
    <>
      <header class="head">
        <div>
          <h1>Deliveries</h1>
          <p>
            What was sent to <a href="/dashboard/webhooks">webhook endpoints</a>, the latest first.
          </p>
        </div>
      </header>
      {missing || rows.length === 0 ? (
        <Empty>{missing ? "This server does not deliver webhooks." : "Nothing was delivered yet."}</Empty>
      ) : (
        <ul class="deliveries">
          {rows.map((delivery) => (
            <Delivery key={String(delivery.id)} delivery={delivery} />
          ))}
        </ul>
      )}
    </>
  );
}

/** The first of these fields that a delivery has, in whichever spelling. */
const pick = (delivery: Shown, ...names: readonly string[]) =>
  names.map((name) => delivery[name]).find((value) => value !== undefined && value !== null);

function Delivery({ delivery }: { delivery: Shown }): VNode {
  const id = String(delivery.id);
  const event = pick(delivery, "event", "eventName", "event_name");
  const name = typeof event === "object" ? pick(event as Shown, "event", "name") : event;
  const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
  return (
    <li class="card">
      <details>
        <summary>
          <State value={text(pick(delivery, "state", "status", "outcome")) || "sent"} /> <code>{text(name)}</code>{" "}
          <span>{text(pick(delivery, "url", "endpointUrl", "endpoint_url"))}</span>{" "}
          <Time at={pick(delivery, "createdAt", "created_at", "time", "sentAt", "at")} />
        </summary>
        <Code text={JSON.stringify(delivery, undefined, 2)} label={`Delivery ${id}`} />
      </details>
      <Press label="Send again" method="POST" path={`/_emulator/webhook-deliveries/${id}/resend`} />
    </li>
  );
}
