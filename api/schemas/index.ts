/**
 * The vendor's object shapes, in the vendor's own spelling. A field that every edition of the specification calls
 * required is still accepted when it is missing and nullable, since other implementations of this API (emulators,
 * older editions) leave such fields out; a known field of the wrong type is refused.
 */
export * from "./access";
export * from "./audit-logs";
export * from "./authentication";
export * from "./connect";
export * from "./environment";
export * from "./data-integrations";
export * from "./directories";
export * from "./feature-flags";
export * from "./mfa";
export * from "./organizations";
export * from "./shapes";
export * from "./sign-in-steps";
export * from "./vault";
