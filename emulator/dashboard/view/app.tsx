/** Around every page: the way to the others, what is switched on, and what has just happened. */
import { type VNode } from "preact";
import { kindOf } from "../kinds";
import { send, usePage } from "./data";
import { Controls } from "./controls";
import { DeliveryPage } from "./deliveries";
import { ListPage } from "./lists";
import { Mailbox } from "./mailbox";
import { ObjectPage } from "./object";
import { Overview } from "./overview";
import { Empty, Icon, type IconName } from "./parts";
import { RequestPage } from "./requests";
import { Snapshots } from "./snapshots";
import { useStatus } from "./status";

type Link = readonly [path: string, title: string, icon: IconName];

const navigation: readonly (readonly [title: string, links: readonly Link[]])[] = [
  [
    "Activity",
    [
      ["/", "Overview", "home"],
      ["/dashboard/requests", "Requests", "requests"],
      ["/dashboard/mails", "Mailbox", "mail"],
      ["/dashboard/events", "Events", "events"],
    ],
  ],
  [
    "People",
    [
      ["/dashboard/users", "Users", "user"],
      ["/dashboard/organizations", "Organizations", "organization"],
      ["/dashboard/memberships", "Memberships", "link"],
      ["/dashboard/invitations", "Invitations", "mail"],
      ["/dashboard/sessions", "Sessions", "clock"],
    ],
  ],
  [
    "Access",
    [
      ["/dashboard/roles", "Roles", "shield"],
      ["/dashboard/permissions", "Permissions", "shield"],
      ["/dashboard/groups", "Groups", "user"],
      ["/dashboard/api-keys", "API keys", "key"],
      ["/dashboard/flags", "Feature flags", "flag"],
    ],
  ],
  [
    "Environment",
    [
      ["/dashboard/applications", "Applications", "app"],
      ["/dashboard/webhooks", "Webhooks", "webhook"],
      ["/dashboard/deliveries", "Deliveries", "webhook"],
      ["/dashboard/domains", "Domains", "link"],
      ["/dashboard/connections", "Connections", "link"],
      ["/dashboard/directories", "Directories", "organization"],
      ["/dashboard/redirect-uris", "Redirect URIs", "link"],
      ["/dashboard/cors-origins", "CORS origins", "link"],
    ],
  ],
  [
    "This server",
    [
      ["/dashboard/controls", "Controls", "controls"],
      ["/dashboard/snapshots", "Snapshots", "camera"],
    ],
  ],
];

interface AppProps {
  readonly live: boolean;
  readonly said: string;
  readonly onTheme: () => void;
  readonly onSeen: (id: string) => void;
}

export function App({ live, said, onTheme, onSeen }: AppProps): VNode {
  const page = usePage();
  const [path = ""] = page.location.split("?");
  const here = path === "/dashboard" || path === "/_emulator" ? "/" : path;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <aside>
        <a class="brand" href="/">
          <span aria-hidden="true">A</span> Local AuthKit
        </a>
        <details class="menu">
          <summary>
            <Icon name="menu" /> Menu
          </summary>
          <Navigation here={here} label="Menu" />
        </details>
        <div class="wide">
          <Navigation here={here} label="Main" />
        </div>
        <div class="foot">
          <span class={`live ${live ? "on" : ""}`}>{live ? "Live" : "Not live"}</span>
          <button type="button" class="quiet" onClick={onTheme} aria-label="Theme: change between light and dark">
            <Icon name={page.theme === "dark" ? "sun" : "moon"} /> Theme
          </button>
        </div>
      </aside>
      <div class="page">
        <Signs />
        <main id="content" tabIndex={-1}>
          <Route path={here} onSeen={onSeen} />
        </main>
      </div>
      <p role="status" class={`said ${said === "" ? "hidden" : ""}`}>
        {said}
      </p>
    </>
  );
}

function Navigation({ here, label }: { here: string; label: string }): VNode {
  const { seenMail } = usePage();
  const status = useStatus();
  const isHere = (path: string) => here === path || (path !== "/" && here.startsWith(`${path}/`));
  const fresh = status !== undefined && status.lastMail > seenMail;
  return (
    <nav aria-label={label}>
      {navigation.map(([title, links]) => (
        <div key={title} class="links">
          <h2>{title}</h2>
          <ul>
            {links.map(([path, name, icon]) => (
              <li key={path}>
                <a href={path} aria-current={isHere(path) ? "page" : undefined}>
                  <Icon name={icon} /> <span>{name}</span>
                  {path === "/dashboard/mails" && fresh ? <span class="badge new">new</span> : null}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** What is on, on every page, each with the way to end it. */
function Signs(): VNode | null {
  const page = usePage();
  const signs = useStatus()?.signs ?? [];
  if (signs.length === 0) return null;
  return (
    <section class="signs" aria-label="Switched on">
      {signs.map(({ name, says, off }) => (
        <span key={name} class="sign">
          <a href="/dashboard/controls">{says}</a>
          <button type="button" onClick={() => void send(page, off)} aria-label={`End: ${says}`}>
            End
          </button>
        </span>
      ))}
    </section>
  );
}

function Route({ path, onSeen }: { path: string; onSeen: (id: string) => void }): VNode {
  if (path === "/") return <Overview />;
  const [slug = "", id] = path
    .replace(/^\/dashboard\//, "")
    .split("/")
    .map(decodeURIComponent);
  if (slug === "controls") return <Controls />;
  if (slug === "snapshots") return <Snapshots />;
  const kind = kindOf(slug);
  if (kind === undefined) {
    return (
      <>
        <h1>Not here</h1>
        <Empty>
          There is no such page. <a href="/">Overview</a>
        </Empty>
      </>
    );
  }
  if (slug === "mails") return <Mailbox kind={kind} id={id} onSeen={onSeen} />;
  if (id === undefined) return <ListPage key={slug} kind={kind} />;
  if (slug === "requests") return <RequestPage key={id} id={id} />;
  return slug === "deliveries" ? <DeliveryPage key={id} id={id} /> : <ObjectPage key={id} kind={kind} id={id} />;
}

/** What a page is called in its tab. */
export function titleOf(location: string): string {
  const [, , slug] = (location.split("?")[0] ?? "").split("/");
  const named = navigation.flatMap(([, links]) => links).find(([path]) => path === `/dashboard/${slug ?? ""}`);
  const title = named?.[1] ?? kindOf(slug ?? "")?.title;
  return title === undefined ? "Local AuthKit" : `${title} · Local AuthKit`;
}

/** Whether there is such a page. */
export function isPage(location: string): boolean {
  const [path = ""] = location.split("?");
  if (["/", "/dashboard", "/_emulator"].includes(path)) return true;
  const [, , slug = ""] = path.split("/");
  return ["controls", "snapshots"].includes(slug) || kindOf(slug) !== undefined;
}
