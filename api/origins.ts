/** Origins of pages (RFC 6454), for resources and the local AuthKit alike. */

/** Whether the text is an origin as a browser sends it: scheme, host, and a port where it is not the usual one. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#\\@\s]+$/i.test(text) && URL.canParse(text);
}
