/** Takes over a page that the server has made: follows links without a reload, and listens for what has changed. */
import { hydrate, type VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { App, titleOf } from "./view/app";
import { type Answer, Answers, type Page, PageContext, type Topic } from "./view/data";
import { type PageRequest } from "./render";

async function fetchAnswer(url: string): Promise<Answer> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return { status: answer.status, body: answer.ok ? await answer.json() : null };
}

const keep = (name: string, value: string) => {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; SameSite=Strict`;
};

const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

function Root({ begun, answers }: { begun: PageRequest; answers: Answers }): VNode {
  const [location, setLocation] = useState(begun.location);
  const [theme, setTheme] = useState(begun.theme);
  const [seenMail, setSeenMail] = useState(begun.seenMail);
  const [said, setSaid] = useState("");
  const [live, setLive] = useState(false);

  const go = (next: string, replace = false) => {
    if (replace) history.replaceState(null, "", next);
    else history.pushState(null, "", next);
    setLocation(next);
    if (replace) return;
    scrollTo(0, 0);
    // For whoever listens to the page, and for the next press of a key.
    document.getElementById("content")?.focus({ preventScroll: true });
    for (const menu of document.querySelectorAll("details.menu")) menu.removeAttribute("open");
  };

  useEffect(() => {
    const back = () => setLocation(window.location.pathname + window.location.search);
    const follow = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest("a");
      const href = link?.getAttribute("href") ?? "";
      const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && event.button === 0;
      const own = href === "/" || href.startsWith("/dashboard/");
      if (!plain || !own || link?.hasAttribute("target") || link?.hasAttribute("download")) return;
      event.preventDefault();
      go(href);
    };
    addEventListener("popstate", back);
    document.addEventListener("click", follow);
    return () => {
      removeEventListener("popstate", back);
      document.removeEventListener("click", follow);
    };
  }, []);

  useEffect(() => {
    let stream: EventSource | undefined;
    let missed = false;
    const listen = () => {
      // A browser has few connections to one server: a page that nobody sees gives up its own.
      if (document.hidden) {
        stream?.close();
        stream = undefined;
        missed = true;
        setLive(false);
        return;
      }
      if (stream !== undefined) return;
      stream = new EventSource("/_emulator/dashboard/stream");
      stream.onopen = () => {
        setLive(true);
        if (missed) answers.changed("all");
        missed = false;
      };
      stream.onerror = () => {
        missed = true;
        setLive(false);
      };
      stream.onmessage = (message) => answers.changed(JSON.parse(String(message.data)) as Topic[]);
    };
    listen();
    document.addEventListener("visibilitychange", listen);
    return () => {
      stream?.close();
      document.removeEventListener("visibilitychange", listen);
    };
  }, []);

  useEffect(() => {
    document.title = titleOf(location);
  }, [location]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    if (said === "") return undefined;
    const timer = setTimeout(() => setSaid(""), 4000);
    return () => clearTimeout(timer);
  }, [said]);

  const page = useMemo<Page>(
    () => ({ answers, settings: begun.settings, theme, seenMail, location, go, announce: setSaid }),
    [theme, seenMail, location],
  );
  return (
    <PageContext.Provider value={page}>
      <App
        live={live}
        said={said}
        onTheme={() => {
          const next = (theme === "auto" ? isDark() : theme === "dark") ? "light" : "dark";
          keep("local_authkit_theme", next);
          setTheme(next);
        }}
        onSeen={(id) => {
          if (id <= seenMail) return;
          keep("local_authkit_seen", id);
          setSeenMail(id);
        }}
      />
    </PageContext.Provider>
  );
}

const root = document.getElementById("app");
const data = document.getElementById("data")?.textContent;
if (root !== null && data !== null && data !== undefined) {
  const begun = JSON.parse(data) as PageRequest & { readonly answers: Readonly<Record<string, Answer>> };
  hydrate(<Root begun={begun} answers={new Answers(begun.answers, fetchAnswer)} />, root);
}
