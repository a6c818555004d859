/**
 * What the vendor limits, once: for requests, resources, rosters and the local AuthKit. Without zod, which programs that
 * only declare resources do without. `tests/contract/limits.test.ts` holds it against the specification.
 */
export const limits = {
  metadata: { keys: 50, keyLength: 40, valueLength: 600 },
  externalId: 128,
  group: { name: 256, description: 150, roleAssignments: 100 },
  /** Days; in words, not by the specification's schema. */
  auditLogRetentionDays: [30, 365],
  authorizationResource: { name: 48, description: 150 },
  role: { slug: 48, name: 48, description: 150, resourceTypeSlug: 48 },
  permission: { slug: 48, name: 48, description: 150, resourceTypeSlug: 48 },
  vault: { name: 200, contextKeys: 10, contextValue: 500 },
  portalContacts: 20,
  /** Refused by a code of their own, not by the specification's schema. */
  invitationDays: { least: 1, most: 30 },
} as const;

/** The external ids that the vendor takes: ASCII, at least one character of it. */
// eslint-disable-next-line no-control-regex -- the specification's own pattern
export const externalIdPattern = /^[\x00-\x7F]+$/;

/** What the slugs of permissions are made of, as the vendor words it; the environment's roles are held to it too. */
export const slugPattern = /^[a-z0-9_:.*-]+$/;

/** How long a text is: in characters, as JSON Schema counts them, so that an emoji is one and not two. */
export function lengthOf(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}
