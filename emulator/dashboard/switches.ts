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
