/** Tells open pages what has changed, so that they look again: server-sent events. */

/** By topic, a value that is another one once something has changed. */
export type Topics = Readonly<Record<string, string | number>>;

/** Faster than anybody reads; however much happens, a page is told so often at most. */
const everyMs = 150;
/** So that nothing between takes the connection for dead. */
const quietTicks = 100;

/** Costs the requests nothing: only an open page looks, by itself. */
export function changeStream(topics: () => Topics, closing: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = () => undefined as void;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let before = topics();
      let quiet = 0;
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const timer = setInterval(() => {
        const now = topics();
        const changed = Object.keys(now).filter((topic) => now[topic] !== before[topic]);
        before = now;
        quiet = changed.length > 0 ? 0 : quiet + 1;
        if (changed.length > 0) say(`data: ${JSON.stringify(changed)}\n\n`);
        else if (quiet % quietTicks === 0) say(": still here\n\n");
      }, everyMs);
      timer.unref();
      const end = () => {
        stop();
        controller.close();
      };
      closing.addEventListener("abort", end, { once: true });
      stop = () => {
        clearInterval(timer);
        closing.removeEventListener("abort", end);
      };
      say("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" } });
}
