/**
 * Notices that the engine is gone. A provider's process lives on when its engine is killed, and would finish what it is
 * doing, and start the next write of it, while another run may be under way already.
 */
import { connect } from "node:net";

/** How long requests under way may take to end once the engine is gone, in milliseconds. */
const graceMs = 5_000;

/**
 * Watches an engine.
 * @param drain ends what is under way once nothing further may start.
 * @param address of the engine, as `HOST:PORT`; without one nobody is watched.
 * @returns a signal that is aborted when the engine is gone; the process ends when all is drained, or soon after.
 */
export function watchEngine(drain: () => Promise<unknown>, address = ""): AbortSignal {
  const gone = new AbortController();
  const [, host, port] = addressParts.exec(address) ?? [];
  if (host !== undefined) {
    watch(host, Number(port), () => {
      gone.abort(new Error("The Pulumi engine has ended; nothing further is sent."));
      const end = () => process.exit(1);
      setTimeout(end, graceMs);
      drain().then(end, end);
    });
  }
  return gone.signal;
}

const addressParts = /^(.+):(\d+)$/;

/** `HOST:PORT` of the engine that has started this process as the host of dynamic resources: its only argument. */
export function engineAddress([, script = "", address = ""]: readonly string[] = process.argv): string | undefined {
  return /cmd[\\/]dynamic-provider/.test(script) && addressParts.test(address) ? address : undefined;
}

/** An idle connection closes with its engine. The engine closes one that says nothing as well: then it answers anew. */
function watch(host: string, port: number, lost: () => void): void {
  let connected = false;
  const socket = connect({ host, port }, () => {
    connected = true;
  });
  socket.unref();
  // What the engine says first would lie unread before the end of the connection, which then would never be seen.
  socket.resume();
  socket.on("error", () => undefined);
  socket.on("close", () => {
    if (connected) {
      watch(host, port, lost);
    } else {
      lost();
    }
  });
}
