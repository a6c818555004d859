/** The first page: how to connect, what is here, and what happened last. */
import { type VNode } from "preact";
import { sdkPreamble } from "../call";
import { kindOf, textOf } from "../kinds";
import { usePage } from "./data";
import { RequestRows, useList } from "./lists";
import { Empty, Tabs, Time } from "./parts";
import { useStatus } from "./status";

const tiles = [
  "users",
  "organizations",
  "memberships",
  "invitations",
  "sessions",
  "api-keys",
  "applications",
  "webhooks",
];

export function Overview(): VNode {
  const { settings } = usePage();
  const status = useStatus();
  const env = `export WORKOS_BASE_URL=${settings.url}
export WORKOS_API_KEY=${settings.apiKey}
export WORKOS_CLIENT_ID=${settings.clientId}`;
  return (
    <>
      <header class="head">
        <div>
          <h1>Local AuthKit</h1>
          <p>
            <code>{settings.url}</code> · <Time at={status?.now} />
          </p>
        </div>
      </header>
      <ul class="tiles" aria-label="What is here">
        {tiles.map((slug) => (
          <li key={slug}>
            <a href={`/dashboard/${slug}`}>
              <strong>{status?.counts[slug]?.toLocaleString("en") ?? "–"}</strong>
              <span>{kindOf(slug)?.title}</span>
            </a>
          </li>
        ))}
      </ul>
      <Latest slug="requests" />
      <div class="halves">
        <Latest slug="mails" />
        <Latest slug="events" />
      </div>
      <section class="card" aria-label="Connect">
        <h2>Connect your program</h2>
        <Tabs
          tabs={[
            ["Environment", env],
            ["Node SDK", sdkPreamble(settings.url)],
            ["curl", `curl "$WORKOS_BASE_URL/user_management/users" \\\n  -H "Authorization: Bearer $WORKOS_API_KEY"`],
          ]}
        />
      </section>
    </>
  );
}

function Latest({ slug }: { slug: "requests" | "mails" | "events" }): VNode | null {
  const kind = kindOf(slug);
  return kind === undefined ? null : <LatestOf slug={slug} title={kind.title} />;
}

function LatestOf({ slug, title }: { slug: "requests" | "mails" | "events"; title: string }): VNode | null {
  const kind = kindOf(slug);
  if (kind === undefined) throw new Error(`no kind ${slug}`);
  const { data } = useList(kind, new URLSearchParams({ limit: slug === "requests" ? "8" : "5" }));
  return (
    <section class="card" aria-label={title}>
      <header class="head">
        <h2>{title}</h2>
        <a href={`/dashboard/${slug}`}>All</a>
      </header>
      {data === undefined || data.total === 0 ? (
        <Empty>None yet.</Empty>
      ) : slug === "requests" ? (
        <RequestRows requests={data.data} />
      ) : (
        <ul class="short">
          {data.data.map(({ id, subject, to, event, created_at: at }) => (
            <li key={String(id)}>
              <a href={`/dashboard/${slug}/${String(id)}`}>{String(subject ?? event)}</a>
              {to === undefined ? <Time at={at} /> : <span>{textOf(to)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
