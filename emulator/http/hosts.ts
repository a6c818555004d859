/**
 * Under which names the emulator answers. A page in a browser may have a name of its own resolve to this machine, and
 * would then pass for the same origin: only names that cannot lead elsewhere are answered.
 */
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/** @param allowed further names: in a network of containers, say. */
export function knownHosts(allowed: readonly string[]): MiddlewareHandler {
  const names = new Set(["localhost", ...allowed.map((name) => name.toLowerCase())]);
  // An address is no name that somebody could let lead here.
  const isKnown = (name: string) =>
    names.has(name) || name.endsWith(".localhost") || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  // One client calls many times.
  let lastKnown: string | undefined;
  return (http, next) => {
    const host = http.req.header("host");
    if (host !== undefined && host === lastKnown) return next();
    const name = nameOf(host);
    if (!isKnown(name)) {
      const message = `This server does not answer to the name ${name.slice(0, 100) || "(none)"}: use localhost, or start it with allowedHosts.`;
      return Promise.resolve(http.json({ message }, 403));
    }
    lastKnown = host;
    return next();
  };
}

/** Without the port, in small letters; nothing for what is no host. */
function nameOf(host: string | undefined): string {
  if (host === undefined || !URL.canParse(`http://${host}`)) return "";
  return new URL(`http://${host}`).hostname.toLowerCase();
}
