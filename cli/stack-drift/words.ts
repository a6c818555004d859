/** What it means that somebody has changed or removed a thing outside of the program, kind by kind. */
import type { Api } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import type { Kind } from "../../provider/resources";
import { entriesOf, type Entry } from "../../provider/roster/state";
import { named } from "../../provider/wording";
import { type Item, type Meaning } from "../comment/item";
import { nameOf, type PreviewStep, recordedOf, textOf, textsOf, type Values } from "../comment/preview";
import { itemsOf, type Scene } from "../comment/resources";

interface Words {
  /** Whether it says what somebody may do, or how they are let in. */
  readonly access: boolean;
  /** What is no longer there, and what that means. */
  readonly gone: (recorded: Values, step: PreviewStep, scene: Scene) => string;
  /** What has changed, where a reviewer's words for such a change do not fit what has happened already. */
  readonly changed?: (step: PreviewStep, scene: Scene) => readonly string[];
  /** Why it cannot be compared, where the vendor has no operation that reads it, or none that tells as it is now. */
  readonly unread?: (recorded: Values, api: Api) => Promise<string | undefined>;
}

type Named = (recorded: Values, step: PreviewStep) => string;
const by =
  (property: string): Named =>
  (recorded, step) =>
    textOf(recorded[property]) ?? nameOf(step);
const [name, slug, email] = [by("name"), by("slug"), by("email")];

const place = ({ oldState }: PreviewStep, { directory }: Scene) => {
  const where = directory.organization(oldState);
  return where === undefined ? "" : ` in ${where}`;
};
const member = ({ oldState }: PreviewStep, { directory }: Scene) => directory.member(oldState) ?? "somebody";
const groupOf = (step: PreviewStep, { directory }: Scene) => directory.group(step.oldState) ?? nameOf(step);
const person = (step: PreviewStep, { directory }: Scene) => directory.email(step.oldState) ?? nameOf(step);

/** A new kind is asked for here by the compiler. */
export const words: Readonly<Record<Kind | "OrganizationRoster", Words>> = {
  Organization: {
    access: true,
    gone: (old, step) => `${name(old, step)} was deleted: nobody has access to it any more`,
  },
  OrganizationDomain: {
    access: false,
    gone: (old, step, scene) => `the domain ${by("domain")(old, step)} was taken away${place(step, scene)}`,
  },
  User: { access: true, gone: (old, step) => `${email(old, step)} was deleted, and has access nowhere` },
  OrganizationMembership: {
    access: true,
    gone: (old, step, scene) =>
      `${person(step, scene)} is no member any more${place(step, scene)}, where the stack has the roles ${named(rolesOf(old)) || "of nobody"}`,
  },
  Invitation: {
    access: true,
    gone: (old, step, scene) =>
      `${email(old, step)} is not invited any more${place(step, scene)}: the invitation was revoked, or has expired`,
    changed: (step) => [
      `the invitation of ${email(recordedOf(step), step)} is ${textOf(nowOf(step).state) ?? "another"} now`,
    ],
  },
  Group: {
    access: true,
    gone: (old, step, scene) =>
      `the group ${name(old, step)} was deleted${place(step, scene)}: whoever was in it has lost its roles`,
  },
  GroupMembership: {
    access: true,
    gone: (_old, step, scene) => `${member(step, scene)} is not in the group ${groupOf(step, scene)} any more`,
  },
  GroupMembers: {
    access: true,
    gone: (_old, step, scene) => `the group ${groupOf(step, scene)} was deleted, and nobody is in it`,
    changed: (step, scene) => moved(step, scene, "organizationMembershipIds"),
  },
  GroupRoleAssignments: {
    access: true,
    gone: (_old, step, scene) => `the group ${groupOf(step, scene)} was deleted, and gives nobody a role`,
  },
  Permission: {
    access: true,
    gone: (old, step) => `the permission ${slug(old, step)} was deleted, and taken from every role that had it`,
  },
  EnvironmentRole: {
    access: true,
    gone: (old, step) => `the role ${slug(old, step)} was deleted: it allows nobody anything`,
  },
  OrganizationRole: {
    access: true,
    gone: (old, step, scene) =>
      `the role ${slug(old, step)} was deleted${place(step, scene)}: it allows nobody anything`,
  },
  AuthorizationResource: {
    access: true,
    gone: (old, step, scene) =>
      `${by("resourceTypeSlug")(old, step)} ${by("externalId")(old, step)} was deleted${place(step, scene)}, with every role on it`,
  },
  RoleAssignment: {
    access: true,
    gone: (old, step, scene) =>
      `${member(step, scene)} has lost ${textOf(old.roleSlug) ?? "a role"} on ${named(whereOf(old))}`,
  },
  OrganizationApiKey: {
    access: true,
    gone: (old, step, scene) => `the API key ${name(old, step)} was deleted${place(step, scene)}: it opens nothing`,
  },
  UserApiKey: {
    access: true,
    gone: (old, step, scene) =>
      `the API key ${name(old, step)} of ${person(step, scene)} was deleted${place(step, scene)}: it opens nothing`,
  },
  ConnectApplication: {
    access: true,
    gone: (old, step) => `the application ${name(old, step)} was deleted with its secrets: nobody gets tokens for it`,
  },
  ConnectApplicationSecret: {
    access: true,
    gone: (_old, step, { directory }) =>
      `the secret of ${directory.application(step.oldState) ?? "an application"} was deleted: it proves nothing`,
  },
  RedirectUri: {
    access: true,
    gone: (old, step) => `sign-ins do not lead to ${by("uri")(old, step)} any more`,
  },
  CorsOrigin: {
    access: true,
    gone: (old, step) => `pages of ${by("origin")(old, step)} may not call WorkOS any more`,
  },
  WebhookEndpoint: {
    access: false,
    gone: (old, step) => `${by("endpointUrl")(old, step)} is not told of events any more`,
  },
  JwtTemplate: { access: true, gone: () => "the environment has no template of access tokens any more" },
  FeatureFlagState: {
    access: false,
    gone: (old, step) => `the feature flag ${slug(old, step)} was deleted in the dashboard`,
  },
  FeatureFlagTarget: {
    access: false,
    gone: (old, step, { directory }) => {
      const [user, where] = [
        directory.email(step.oldState, "resourceId"),
        directory.organization(step.oldState, "resourceId"),
      ];
      return `${slug(old, step)} is not on for ${user ?? where ?? "its target"} any more`;
    },
    async unread({ slug: flag }, api) {
      const which = textOf(flag) ?? "";
      const found = await api.featureFlags.get({ slug: which }).catch(undefinedIfMissing);
      return found?.enabled === false ? `${which} is disabled, and tells nothing of its targets then` : undefined;
    },
  },
  AuditLogSchema: {
    access: false,
    gone: (old, step) => `audit logs take no ${by("action")(old, step)} any more`,
  },
  AuditLogRetention: {
    access: false,
    gone: (_old, step, scene) => `nothing says how long the audit log keeps events${place(step, scene)}`,
  },
  VaultObject: {
    access: false,
    gone: (old, step) => `${name(old, step)} was deleted with its value`,
    changed: (step) => [`${name(recordedOf(step), step)} has another value`],
  },
  RadarListEntry: {
    access: true,
    gone: (old, step) => `${by("entry")(old, step)} is not on Radar's list any more`,
    unread: () => Promise.resolve("WorkOS has no operation that reads Radar's lists"),
  },
  DataIntegration: {
    access: false,
    gone: (old, step) => `nobody can connect an account of ${by("provider")(old, step)} any more`,
  },
  OrganizationDataIntegration: {
    access: false,
    gone: (old, step, scene) => `nothing is set for ${slug(old, step)}${place(step, scene)} any more`,
  },
  OrganizationRoster: {
    access: true,
    gone: (old, step, scene) => `nobody has access any more${place(step, scene)}, which was deleted: ${nameOf(step)}`,
    changed: (step) => peopleChanged(step),
  },
};

export const isKnown = (kind: string): kind is Kind | "OrganizationRoster" => Object.hasOwn(words, kind);

/** What has happened to whom, in a sentence each. */
export function whatChanged(kind: Kind | "OrganizationRoster", step: PreviewStep, scene: Scene): readonly string[] {
  return (
    words[kind].changed?.(step, scene) ??
    itemsOf(step, scene)
      .filter((item) => !saysNamesOnly(item, step))
      .map(sentence)
  );
}

/** Names of what has changed stand in the report with their values. */
function saysNamesOnly({ effect, detail }: Item, { oldState, newState }: PreviewStep): boolean {
  const names = { ...oldState?.inputs, ...newState?.inputs };
  return (
    happened[effect] === "" && (detail ?? "").split(", ").every((part) => part === "" || Object.hasOwn(names, part))
  );
}

/** What each meaning says of somebody when it has happened; nothing where the rest of the line tells it. */
const happened: Readonly<Record<Meaning, string>> = {
  "ends organization": "was deleted",
  "removes admin": "has lost access, and was an admin",
  "suspends admin": "was suspended, and was an admin",
  demotes: "is no admin any more",
  "readmits admin": "is active again, as an admin",
  "grants admin": "has become an admin",
  removes: "has lost access",
  suspends: "was suspended",
  readmits: "is active again",
  "changes roles": "has other roles",
  adds: "has got access",
  invites: "was invited",
  "takes back": "is not invited any more",
  profile: "has another profile",
  "joins groups": "is in groups",
  "leaves groups": "is in groups no more",
  end: "has access for another time",
  "api key": "",
  application: "",
  feature: "",
  role: "",
  group: "",
  "sign-ins": "",
  resource: "",
  permission: "",
  setting: "",
  other: "",
};

function sentence({ effect, who, where, roles, detail }: Item): string {
  const [before, after] = [roles?.before.join(", ") ?? "", roles?.after?.join(", ") ?? ""];
  const change = after === "" || after === before ? "" : `(${before === "" ? "" : `${before} → `}${after})`;
  const what = [who, happened[effect], change, where === undefined ? "" : `in ${where}`].filter((part) => part !== "");
  return detail === undefined ? what.join(" ") : `${what.join(" ")}: ${detail}`;
}

const nowOf = ({ newState }: PreviewStep): Values => newState?.outputs ?? {};

const rolesOf = ({ roleSlug, roleSlugs }: Values): string[] => {
  const several = textsOf(roleSlugs);
  return several.length > 0 ? several : textsOf([roleSlug]);
};

const whereOf = ({ resourceTypeSlug, resourceExternalId, resourceId }: Values) => [
  [resourceTypeSlug, textOf(resourceExternalId) ?? resourceId].flatMap((part) => textOf(part) ?? []).join(" "),
];

/** Who has come into a group and who has left it, whoever brought them. */
function moved(step: PreviewStep, scene: Scene, property: string): readonly string[] {
  const [before, after] = [textsOf(recordedOf(step)[property]), textsOf(step.newState?.inputs?.[property])];
  const names = (ids: readonly string[]) => named(ids.map((id) => scene.directory.memberById(id)));
  const [came, left] = [after.filter((id) => !before.includes(id)), before.filter((id) => !after.includes(id))];
  const group = groupOf(step, scene);
  return [
    ...(came.length > 0 ? [`${names(came)} ${came.length === 1 ? "is" : "are"} in the group ${group} now`] : []),
    ...(left.length > 0
      ? [`${names(left)} ${left.length === 1 ? "is" : "are"} not in the group ${group} any more`]
      : []),
  ];
}

/** One line a person. */
function peopleChanged(step: PreviewStep): readonly string[] {
  const [before, after] = [entriesOf(recordedOf(step)), entriesOf(nowOf(step))];
  const of = (entry: Entry | undefined) =>
    entry === undefined || entry.status === "missing"
      ? "without access"
      : [entry.status, ...(entry.roles.length > 0 ? [`as ${entry.roles.join(" and ")}`] : [])].join(" ");
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((one) => [one, of(before.get(one)), of(after.get(one))] as const)
    .filter(([, had, has]) => had !== has)
    .map(([one, had, has]) => `${one} is ${has}, and was ${had}`);
}
