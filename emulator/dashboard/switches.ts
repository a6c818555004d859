/** The positions of the switches that have some; the browser knows nothing of the schema that has them. */
type Position = string | number | boolean;

export const switchChoices: Readonly<Record<string, readonly Position[]>> = {
  metadata: ["merge", "replace"],
  userDelete: [200, 202, 204],
  activeDuplicateMembership: ["conflict", "return"],
  multipleRoles: [true, false],
  inviteCreatesUser: [true, false],
  acceptCreatesUser: [true, false],
  unknownPermissions: ["accept", "refuse"],
  resend: ["new-token", "same"],
  idempotency: ["ignore", "honour"],
  emailVerification: ["required", "optional"],
  mfa: ["off", "optional", "required"],
  passwordSignIn: [true, false],
  signUp: [true, false],
  listSessions: ["active", "all"],
  refreshReplay: ["refuse", "same-tokens", "end-session"],
  domainVerification: ["when-asked", "by-control"],
  domainSso: ["required", "offered"],
  authorize: ["page", "redirect"],
  directoryProvisioning: [true, false],
  inactiveDirectoryUsers: ["delete", "keep"],
  webhookTargets: ["this-machine", "anywhere", "nowhere"],
  webhookRetries: ["staging", "production"],
  radarChallenge: ["off", "email", "sms"],
};

/** The switches that take what somebody types: a list, or a text that may be left empty. */
export const switchTexts: Readonly<Record<string, "list" | "text">> = {
  providers: "list",
  ssoRequired: "list",
  loginUri: "text",
};

/** What is typed, as the switch takes it. */
export function typedPosition(kind: "list" | "text", text: string): readonly string[] | string | null {
  const trimmed = text.trim();
  if (kind === "text") return trimmed === "" ? null : trimmed;
  return trimmed.split(/[\s,]+/).filter((one) => one !== "");
}

/** The position as it would be typed. */
export const typedText = (position: unknown): string =>
  Array.isArray(position) ? position.join(", ") : typeof position === "string" ? position : "";
