/** Where an application may have a browser sent (RFC 6749 3.1.2, RFC 9700 2.1). */

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
