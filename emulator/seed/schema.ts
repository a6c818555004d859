/** What an emulator starts with. Ids may be given, so that programs and tests can name them. */
import { redirectUriProblem, registeredUriProblem } from "../../api/redirect-uris";
import {
  connectionStates,
  directoryStates,
  directoryTypes,
  directoryUserState,
  emailAddress,
  externalId,
  metadataCreate,
  textUpTo,
} from "../../api/schemas";
import { limits } from "../../api/schemas/limits";
import { z } from "zod";
import { isSlug } from "../handlers/fields";

const idOf = (prefix: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}_[A-Za-z0-9_]{1,64}$`),
      `must start with ${prefix}_ and go on with letters and digits`,
    );

const metadata = metadataCreate.refine((map) => Object.keys(map).length <= limits.metadata.keys, {
  error: `must have at most ${limits.metadata.keys} keys`,
});
const slug = z
  .string()
  .refine((text) => isSlug(text, limits.role.slug), "must be a slug: lower-case letters, digits and _:.*-");

const redirectUri = z.string().superRefine((uri, check) => {
  const message = redirectUriProblem(uri);
  if (message !== undefined) check.addIssue({ code: "custom", message });
});

const environmentUri = z.string().superRefine((uri, check) => {
  const message = registeredUriProblem(uri);
  if (message !== undefined) check.addIssue({ code: "custom", message });
});

export const seedSchema = z.strictObject({
  organizations: z
    .array(
      z.strictObject({
        id: idOf("org").optional(),
        name: z.string().min(1),
        external_id: externalId.optional(),
        domains: z.array(z.string()).default([]),
        metadata: metadata.default({}),
      }),
    )
    .default([]),
  permissions: z
    .array(
      z.strictObject({
        slug,
        name: textUpTo(limits.permission.name).optional(),
        description: textUpTo(limits.permission.description).optional(),
        /** One of the vendor's own, which can be neither changed nor deleted. */
        system: z.boolean().default(false),
      }),
    )
    .default([]),
  /** What permissions they name need not be listed above. */
  roles: z
    .array(
      z.strictObject({
        slug,
        name: textUpTo(limits.role.name).optional(),
        permissions: z.array(slug).default([]),
        /** An organization's id or external id; without it a role of the environment. */
        organization: z.string().optional(),
      }),
    )
    .default([]),
  users: z
    .array(
      z.strictObject({
        id: idOf("user").optional(),
        email: emailAddress,
        first_name: z.string().optional(),
        last_name: z.string().optional(),
        /** Default true: a person to sign in with. */
        email_verified: z.boolean().default(true),
        password: z.string().min(10).optional(),
        external_id: externalId.optional(),
        metadata: metadata.default({}),
        memberships: z
          .array(
            z.strictObject({
              id: idOf("om").optional(),
              organization: z.string(),
              role: slug.default("member"),
              status: z.enum(["active", "inactive"]).default("active"),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  groups: z
    .array(
      z.strictObject({
        id: idOf("group").optional(),
        organization: z.string(),
        name: textUpTo(limits.group.name).min(1),
        description: textUpTo(limits.group.description).optional(),
        /** Addresses of users above who have a membership in the organization. */
        members: z.array(emailAddress).default([]),
        /** What the group lets its members do in the organization. */
        roles: z.array(slug).default([]),
      }),
    )
    .default([]),
  api_keys: z
    .array(
      z.strictObject({
        id: idOf("api_key").optional(),
        organization: z.string(),
        /** The address of a member, whose key it is then; without it a key of the organization. */
        user: z.string().optional(),
        name: z.string().min(1),
        /** Default a random one, which nobody is told. */
        value: z
          .string()
          .regex(/^sk_\w{8,}/, "must start with sk_ and be longer")
          .optional(),
        permissions: z.array(slug).default([]),
      }),
    )
    .default([]),
  applications: z
    .array(
      z.strictObject({
        id: idOf("conn_app").optional(),
        client_id: idOf("client").optional(),
        name: z.string().min(1),
        redirect_uris: z.array(redirectUri).min(1),
        scopes: z.array(z.string()).default([]),
        /** Whether its codes are bound to it by PKCE, always; if not, it proves itself by its secret. */
        uses_pkce: z.boolean().default(true),
        first_party: z.boolean().default(true),
        organization: z.string().optional(),
        secret: z.string().min(8).optional(),
      }),
    )
    .default([]),
  /** Where sign-ins of the environment's own client lead; the first is the default. Without any, they lead anywhere. */
  redirect_uris: z.array(environmentUri).default([]),
  connections: z
    .array(
      z.strictObject({
        id: idOf("conn").optional(),
        organization: z.string(),
        name: z.string().min(1),
        type: z.string().default("GenericSAML"),
        state: z.enum(connectionStates).default("active"),
        domains: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  directories: z
    .array(
      z.strictObject({
        id: idOf("directory").optional(),
        organization: z.string(),
        name: z.string().min(1),
        type: z.enum(directoryTypes).default("okta scim v2.0"),
        state: z.enum(directoryStates).default("linked"),
        domain: z.string().optional(),
        groups: z
          .array(
            z.strictObject({
              id: idOf("directory_group").optional(),
              /** What the directory itself calls it. Default: its name. */
              idp_id: z.string().min(1).optional(),
              name: z.string().min(1),
              /** What its members get. */
              role: slug.optional(),
            }),
          )
          .default([]),
        users: z
          .array(
            z.strictObject({
              id: idOf("directory_user").optional(),
              /** What the directory itself calls them. Default: the address. */
              idp_id: z.string().min(1).optional(),
              email: emailAddress,
              first_name: z.string().optional(),
              last_name: z.string().optional(),
              state: directoryUserState.default("active"),
              role: slug.optional(),
              /** Names of groups of this directory. */
              groups: z.array(z.string()).default([]),
              custom_attributes: z.record(z.string(), z.unknown()).default({}),
            }),
          )
          .default([]),
        /** Whether its active users are users and members here from the start. */
        provision: z.boolean().default(false),
      }),
    )
    .default([]),
  feature_flags: z
    .array(
      z.strictObject({
        id: idOf("flag").optional(),
        slug: z.string().min(1),
        name: z.string().min(1).optional(),
        description: z.string().optional(),
        tags: z.array(z.string()).default([]),
        enabled: z.boolean().default(true),
        /** What it says to users and organizations that are no targets. */
        default_value: z.boolean().default(false),
        /** Ids or external ids of organizations, and addresses of users, for which it is on. */
        targets: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

/** As it is written, with what may be left out. */
export type SeedInput = z.input<typeof seedSchema>;
export type Seed = z.output<typeof seedSchema>;

export interface SeedProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What the schema cannot say: names that name nothing, and things given twice. */
export function seedProblems(seed: Seed): SeedProblem[] {
  const problems: SeedProblem[] = [];
  const say = (path: readonly (string | number)[], message: string) => problems.push({ path, message });
  const once = () => {
    const seen = new Set<string>();
    return (value: string | undefined, path: readonly (string | number)[]) => {
      if (value !== undefined && seen.has(value)) say(path, `${value} is given twice`);
      if (value !== undefined) seen.add(value);
    };
  };
  const [ids, emails, userExternals, organizationExternals] = [once(), once(), once(), once()];
  const permissions = once();
  const known = new Set(seed.organizations.flatMap(({ id, external_id }) => [id ?? [], external_id ?? []].flat()));
  const organization = (name: string | undefined, path: readonly (string | number)[]) => {
    if (name !== undefined && !known.has(name)) say(path, `no organization has the id or external id ${name}`);
  };
  const roles = new Set(["admin", "member", ...seed.roles.map((role) => role.slug)]);

  seed.organizations.forEach(({ id, external_id }, index) => {
    ids(id, ["organizations", index, "id"]);
    organizationExternals(external_id, ["organizations", index, "external_id"]);
  });
  seed.permissions.forEach(({ slug: one }, index) => permissions(one, ["permissions", index, "slug"]));
  seed.roles.forEach((role, index) => organization(role.organization, ["roles", index, "organization"]));
  seed.users.forEach((user, index) => {
    ids(user.id, ["users", index, "id"]);
    emails(user.email.toLowerCase(), ["users", index, "email"]);
    userExternals(user.external_id, ["users", index, "external_id"]);
    const member = once();
    user.memberships.forEach((membership, at) => {
      const path = ["users", index, "memberships", at] as const;
      ids(membership.id, [...path, "id"]);
      member(membership.organization, [...path, "organization"]);
      organization(membership.organization, [...path, "organization"]);
      if (!roles.has(membership.role)) say([...path, "role"], `there is no role ${membership.role}`);
    });
  });
  const names = once();
  seed.groups.forEach((group, index) => {
    const path = ["groups", index] as const;
    ids(group.id, [...path, "id"]);
    organization(group.organization, [...path, "organization"]);
    names(`${group.name} of ${group.organization}`, [...path, "name"]);
    const member = once();
    group.members.forEach((email, at) => {
      member(email.toLowerCase(), [...path, "members", at]);
      if (!isMember(seed, email, group.organization)) {
        say([...path, "members", at], `no user above has the email ${email} and a membership in ${group.organization}`);
      }
    });
    group.roles.forEach((role, at) => {
      if (!roles.has(role)) say([...path, "roles", at], `there is no role ${role}`);
    });
  });
  seed.api_keys.forEach((key, index) => {
    ids(key.id, ["api_keys", index, "id"]);
    ids(key.value, ["api_keys", index, "value"]);
    organization(key.organization, ["api_keys", index, "organization"]);
    if (key.user !== undefined && !isActiveMember(seed, key.user, key.organization)) {
      say(["api_keys", index, "user"], `${key.user} is no active member of ${key.organization}`);
    }
  });
  seed.connections.forEach((connection, index) => {
    ids(connection.id, ["connections", index, "id"]);
    organization(connection.organization, ["connections", index, "organization"]);
  });
  seed.directories.forEach((directory, index) => {
    ids(directory.id, ["directories", index, "id"]);
    organization(directory.organization, ["directories", index, "organization"]);
    directory.groups.forEach(({ id, role }, at) => {
      ids(id, ["directories", index, "groups", at, "id"]);
      if (role !== undefined && !roles.has(role)) {
        say(["directories", index, "groups", at, "role"], `there is no role ${role}`);
      }
    });
    const groups = new Set(directory.groups.map(({ name }) => name));
    directory.users.forEach((user, at) => {
      const path = ["directories", index, "users", at] as const;
      ids(user.id, [...path, "id"]);
      if (user.role !== undefined && !roles.has(user.role)) say([...path, "role"], `there is no role ${user.role}`);
      for (const name of user.groups) if (!groups.has(name)) say([...path, "groups"], `there is no group ${name}`);
    });
  });
  seed.applications.forEach((application, index) => {
    ids(application.id, ["applications", index, "id"]);
    ids(application.client_id, ["applications", index, "client_id"]);
    organization(application.organization, ["applications", index, "organization"]);
    if (!application.first_party && application.organization === undefined) {
      say(["applications", index], "an application that is not first party needs an organization");
    }
  });
  const slugs = once();
  const addresses = new Set(seed.users.map(({ email }) => email.toLowerCase()));
  seed.feature_flags.forEach((flag, index) => {
    slugs(flag.slug, ["feature_flags", index, "slug"]);
    flag.targets.forEach((name, at) => {
      const path = ["feature_flags", index, "targets", at] as const;
      if (!name.includes("@")) organization(name, path);
      else if (!addresses.has(name.toLowerCase())) say(path, `no user has the address ${name}`);
    });
  });
  return problems;
}

/** Whether a user of the seed has a membership in the organization, by whichever of its names. */
function isMember({ users, organizations }: Seed, email: string, organization: string): boolean {
  const named = organizations.find(({ id, external_id }) => id === organization || external_id === organization);
  const names = [organization, named?.id, named?.external_id];
  return users.some(
    (user) =>
      user.email.toLowerCase() === email.toLowerCase() &&
      user.memberships.some((membership) => names.includes(membership.organization)),
  );
}

/** Organizations go by two names. */
function isActiveMember({ users, organizations }: Seed, email: string, organization: string): boolean {
  const names = organizations.find(({ id, external_id }) => id === organization || external_id === organization);
  return users.some(
    (user) =>
      user.email.toLowerCase() === email.toLowerCase() &&
      user.memberships.some(
        ({ organization: where, status }) =>
          status === "active" && (where === organization || where === names?.id || where === names?.external_id),
      ),
  );
}
