/**
 * Where an application may have a browser sent (RFC 6749 3.1.2, RFC 9700 2.1): for resources, for the local AuthKit and
 * for its seeds alike.
 */

/** Schemes that a browser runs or shows by itself: no application is behind them. Those of native apps are others. */
const notOfApplications = new Set([
  ...["javascript", "data", "vbscript", "livescript", "mocha"],
  ...["about", "blob", "file", "filesystem", "jar", "view-source"],
]);

/** Why this is no redirect URI; nothing if it is one. It is judged as it was sent: parsers of URLs take too much. */
export function redirectUriProblem(uri: string): string | undefined {
  // A browser drops tabs and line ends wherever they are, and white space around: `java\nscript:` is a script to it.
  if (/[\p{Cc}\p{Cf}\p{Z}]/u.test(uri)) return "white space and control characters are not allowed";
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined || !URL.canParse(uri)) return "not an absolute URI";
  if (notOfApplications.has(scheme)) return `${scheme}: is not an address of an application`;
  if (/^https?$/.test(scheme) && !/^https?:\/\/[^/\\]/i.test(uri)) return "an http address needs a host";
  return uri.includes("#") ? "a fragment is not allowed" : undefined;
}

/** A `*` for the first part of a host name, or for a part of that, below a domain that somebody owns. */
const anyHost = /^https?:\/\/[a-z0-9-]*\*[a-z0-9-]*(?:\.[a-z0-9-]+){2,}(?::\d+)?(?:[/?]|$)/i;
/** A `*` for the port of one's own machine. */
const anyPort = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\*(?:[/?]|$)/i;

/** Why an environment does not take this as one of its redirect URIs, in which one `*` may stand; nothing if it does. */
export function registeredUriProblem(uri: string): string | undefined {
  const [before = "", after, another] = uri.split("*");
  if (after === undefined) return redirectUriProblem(uri);
  if (another !== undefined) return "only one * is allowed";
  return anyHost.test(uri) || anyPort.test(uri)
    ? redirectUriProblem(`${before}1${after}`)
    : "a * may stand in the first part of a host name, as in https://*.app.example.com, or for a port of localhost";
}

/** Whether a sign-in that asks to be sent there is sent there: a `*` is one part of a name, or one port. */
export function isRegisteredUri(registered: string, uri: string): boolean {
  const [before = "", after] = registered.split("*");
  if (after === undefined) return registered === uri;
  const between = uri.slice(before.length, uri.length - after.length);
  const fits = anyPort.test(registered) ? /^\d+$/ : /^[a-z0-9-]+$/i;
  return uri === before + between + after && fits.test(between);
}
