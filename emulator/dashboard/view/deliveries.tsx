/** The page about one delivery of a webhook: what is sent, each attempt with its answer, and a way to send it again. */
import { type VNode } from "preact";
import { type ShownDelivery } from "../objects";
import { useAnswer } from "./data";
import { Press } from "./controls";
import { took } from "./lists";
import { Code, Empty, State, Status, Time } from "./parts";

export function DeliveryPage({ id }: { id: string }): VNode | null {
  const { data, missing } = useAnswer<{ object: ShownDelivery }>(
    `/_emulator/dashboard/object/deliveries/${encodeURIComponent(id)}`,
    ["deliveries"],
  );
  if (missing) {
    return (
      <>
        <h1>Not here</h1>
        <Empty>
          This delivery is not kept any more. <a href="/dashboard/deliveries">All deliveries</a>
        </Empty>
      </>
    );
  }
  if (data === undefined) return null;
  const { name, url, state, createdAt, nextAttemptAt, webhookEndpointId, attempts, event } = data.object;
  return (
    <>
      <p class="crumbs">
        <a href="/dashboard/deliveries">Deliveries</a>
      </p>
      <header class="head">
        <div>
          <h1>{name}</h1>
          <p>
            <State value={state} /> to <a href={`/dashboard/webhooks/${webhookEndpointId}`}>{url}</a>
            {" · "}
            <Time at={createdAt} />
            {nextAttemptAt === null ? null : (
              <>
                {" · next attempt "}
                <Time at={nextAttemptAt} />
              </>
            )}
          </p>
        </div>
        <div class="actions">
          <Press label="Resend" method="POST" path={`/_emulator/webhook-deliveries/${id}/resend`} />
        </div>
      </header>
      <section class="card" aria-label="Attempts">
        <h2>
          Attempts <span class="count">{attempts.length}</span>
        </h2>
        {attempts.length === 0 ? <Empty>None yet.</Empty> : <Attempts attempts={attempts} />}
      </section>
      <section class="card" aria-label="What is sent">
        <header class="head">
          <h2>What is sent</h2>
          <a href={`/dashboard/events/${event.id}`}>The event</a>
        </header>
        <Code text={JSON.stringify(event, undefined, 2)} label="Body" />
      </section>
    </>
  );
}

/** The latest first. */
function Attempts({ attempts }: Pick<ShownDelivery, "attempts">): VNode {
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Answer</th>
          <th scope="col">Took</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {[...attempts].reverse().map(({ at, status, answer, error, durationMs }, index) => (
          <tr key={attempts.length - index}>
            <td data-label="Status">
              {status === null ? <span class="badge bad">no answer</span> : <Status status={status} cut={false} />}
            </td>
            <td data-label="Answer">
              {error === null ? null : <span>{error} </span>}
              {answer === "" ? null : <code>{answer}</code>}
              {error === null && answer === "" ? <span class="none">empty</span> : null}
            </td>
            <td data-label="Took" class="volatile">
              {took(durationMs)}
            </td>
            <td data-label="Time">
              <Time at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
