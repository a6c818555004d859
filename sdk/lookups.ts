/**
 * Look-ups of what exists already, for programs that refer to it without managing it: someone who came by SSO and is to
 * get a membership, say. They ask the vendor when they are called, in previews too, with the same settings as resources.
 */
import type { Api, FeatureFlagObject, RoleObject } from "../api";
import { sameAddress } from "../provider/declare/address";
import type { connectApplication } from "../provider/resources/connect-application";
import type { invitation } from "../provider/resources/invitation";
import type { organization } from "../provider/resources/organization";
import type { organizationMembership } from "../provider/resources/organization-membership";
import type { AnyResource, OutputValues, RemoteObject } from "../provider/declare/resource";
import type { user } from "../provider/resources/user";
import { programConfig, stopped } from "./preconditions";
import * as pulumi from "./pulumi";

type Found<D extends { inputs: unknown; outputs: unknown }> = { readonly id: string } & OutputValues<
  D["inputs"],
  D["outputs"]
>;
/** `T` with at most the given keys: secrets are not handed out by look-ups. */
type Without<T, K extends PropertyKey> = { readonly [P in keyof T as P extends K ? never : P]: T[P] };

export type UserLookup = { readonly id: string } | { readonly email: string } | { readonly externalId: string };
export type OrganizationLookup = { readonly id: string } | { readonly externalId: string };
export type OrganizationMembershipLookup =
  { readonly id: string } | { readonly userId: string; readonly organizationId: string };
export type InvitationLookup =
  | { readonly id: string }
  | {
      readonly email: string;
      /** Only invitations to this organization; without it, only invitations to the environment. */
      readonly organizationId?: string;
    };
export type ConnectApplicationLookup = { readonly id: string } | { readonly clientId: string };
export type ListRolesArgs = { readonly organizationId?: string };

export type ListFeatureFlagsArgs =
  { readonly userId: string } | { readonly organizationId: string } | Readonly<Record<string, never>>;

export type GetUserResult = Found<typeof user>;
export type GetOrganizationResult = Found<typeof organization>;
export type GetOrganizationMembershipResult = Found<typeof organizationMembership>;
export type GetInvitationResult = Without<Found<typeof invitation>, "token" | "acceptInvitationUrl">;
export type GetConnectApplicationResult = Found<typeof connectApplication>;
export type Role = {
  readonly id: string;
  /** What memberships and invitations name the role by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly type: "EnvironmentRole" | "OrganizationRole";
  readonly permissions: readonly string[];
};

export type FeatureFlag = {
  readonly id: string;
  /** What programs name the flag by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Whether it is on for anybody. */
  readonly enabled: boolean;
  /** Whether an enabled flag is on for those who are no targets. */
  readonly defaultValue: boolean;
};

/**
 * The user with this id, email (in any letter case) or external id.
 * @throws when there is none.
 */
export function getUser(by: UserLookup): Promise<GetUserResult> {
  return lookUp("User", "getUser", by, ["id", "email", "externalId"], async (api) => {
    if ("id" in by) return api.users.get({ id: by.id });
    if ("externalId" in by) return api.users.getByExternalId({ external_id: by.externalId });
    const { findUser } = await import("../provider/people.js");
    return findUser(api, by.email);
  });
}

/** @see getUser */
export const getUserOutput = outputForm(getUser);

/**
 * The organization with this id or external id.
 * @throws when there is none.
 */
export function getOrganization(by: OrganizationLookup): Promise<GetOrganizationResult> {
  return lookUp("Organization", "getOrganization", by, ["id", "externalId"], (api) =>
    "id" in by
      ? api.organizations.get({ id: by.id })
      : api.organizations.getByExternalId({ external_id: by.externalId }),
  );
}

/** @see getOrganization */
export const getOrganizationOutput = outputForm(getOrganization);

/**
 * The membership with this id, or of this user in this organization, whatever its status.
 * @throws when there is none.
 */
export function getOrganizationMembership(by: OrganizationMembershipLookup): Promise<GetOrganizationMembershipResult> {
  return lookUp(
    "OrganizationMembership",
    "getOrganizationMembership",
    by,
    ["id", "userId", "organizationId"],
    async (api) => {
      if ("id" in by) return api.organizationMemberships.get({ id: by.id });
      const { findMembership } = await import("../provider/people.js");
      return findMembership(api, by.userId, by.organizationId);
    },
  );
}

/** @see getOrganizationMembership */
export const getOrganizationMembershipOutput = outputForm(getOrganizationMembership);

/**
 * The invitation with this id, or the newest one to this address. Without its token: what accepts it is only known to
 * the `Invitation` that sent it.
 * @throws when there is none.
 */
export function getInvitation(by: InvitationLookup): Promise<GetInvitationResult> {
  return lookUp("Invitation", "getInvitation", by, ["id", "email", "organizationId"], async (api) => {
    if ("id" in by) return api.invitations.get({ id: by.id });
    const { email, organizationId } = by;
    // The vendor lists the newest first.
    for await (const found of api.invitations.list({ email, organization_id: organizationId })) {
      if (sameAddress(found.email, email) && found.organization_id === (organizationId ?? null)) return found;
    }
    return undefined;
  });
}

/** @see getInvitation */
export const getInvitationOutput = outputForm(getInvitation);

/**
 * The Connect application with this id or client id. Without its secrets: each is only known to whoever made it.
 * @throws when there is none.
 */
export function getConnectApplication(by: ConnectApplicationLookup): Promise<GetConnectApplicationResult> {
  return lookUp("ConnectApplication", "getConnectApplication", by, ["id", "clientId"], (api) =>
    api.connectApplications.get({ id: "id" in by ? by.id : by.clientId }),
  );
}

/** @see getConnectApplication */
export const getConnectApplicationOutput = outputForm(getConnectApplication);

/** The roles of the environment; with an organization, its own roles too, in order of priority. */
export async function listRoles(args: ListRolesArgs = {}): Promise<Role[]> {
  const { data } = await withApi((api) =>
    args.organizationId === undefined
      ? api.roles.list()
      : api.roles.listForOrganization({ organization_id: args.organizationId }),
  );
  return data.map(roleOf);
}

/** @see listRoles */
export const listRolesOutput = outputForm(listRoles);

function roleOf({ id, slug, name, description, type, permissions }: RoleObject): Role {
  return { id, slug, name, description: description ?? undefined, type, permissions: permissions ?? [] };
}

/**
 * The feature flags of the environment; with a user or an organization those that are on for them, by targets, by default
 * and, of a user, by organizations.
 */
export async function listFeatureFlags(args: ListFeatureFlagsArgs = {}): Promise<FeatureFlag[]> {
  const flags = await withApi((api) => {
    if ("userId" in args) return api.featureFlags.listForUser({ user_id: args.userId }).all();
    if ("organizationId" in args) {
      return api.featureFlags.listForOrganization({ organization_id: args.organizationId }).all();
    }
    return api.featureFlags.list().all();
  });
  return flags.map(flagOf);
}

/** @see listFeatureFlags */
export const listFeatureFlagsOutput = outputForm(listFeatureFlags);

function flagOf({ id, slug, name, description, tags, enabled, default_value }: FeatureFlagObject): FeatureFlag {
  return { id, slug, name, description: description ?? undefined, tags, enabled, defaultValue: default_value };
}

/** Looks one object up and gives it the names that the resource's outputs have, secrets left out. */
async function lookUp<Result>(
  kind: "User" | "Organization" | "OrganizationMembership" | "Invitation" | "ConnectApplication",
  name: string,
  by: object,
  keys: readonly string[],
  find: (api: Api) => Promise<object | undefined>,
): Promise<Result> {
  const given = Object.entries(by).filter(([, value]) => value !== undefined);
  const unknown = given.find(([key, value]) => !keys.includes(key) || typeof value !== "string" || value === "");
  if (given.length === 0 || unknown) {
    throw stopped(
      `${name} takes ${keys.join(", ")} as text${unknown ? `, and was given ${unknown[0]}: ${typeof unknown[1]}` : ", and was given nothing"}.`,
    );
  }
  const wanted = given.map(([key, value]) => `${key} ${String(value)}`).join(", ");
  const { undefinedIfMissing } = await import("../api/http/missing.js");
  const object = await withApi((api) => find(api).catch(undefinedIfMissing));
  if (!object) {
    throw stopped(`${name}: there is no such object in this environment (${wanted}).`);
  }
  const [{ resources }, { readable }] = await Promise.all([
    import("../provider/resources/index.js"),
    import("../provider/lifecycle/bodies.js"),
  ]);
  const resource: AnyResource = resources[kind];
  const values = Object.entries(readable(resource, object as RemoteObject));
  const shown = values.filter(([output]) => !resource.outputs[output]?.traits.secret);
  // The names are the declaration's, by construction of `readable`.
  return { id: (object as RemoteObject).id, ...Object.fromEntries(shown) } as Result;
}

let shared: Promise<Api> | undefined;

/** The client is loaded with the first look-up: most programs make none. */
async function withApi<Result>(call: (api: Api) => Promise<Result>): Promise<Result> {
  const config = programConfig();
  shared ??= import("../provider/host.js").then(({ apiFor }) => apiFor(config));
  try {
    return await call(await shared);
  } catch (error) {
    throw error instanceof Error && error.name === "WorkosError" ? stopped(error.message) : error;
  }
}

/** The form of a look-up that takes and gives outputs: it waits for what it needs, and is skipped while that is unknown. */
function outputForm<Given, Result>(
  call: (given: Given) => Promise<Result>,
): (given: pulumi.Input<Given> | { [K in keyof Given]: pulumi.Input<Given[K]> }) => pulumi.Output<Result> {
  return (given) => pulumi.output(given).apply<Result>((resolved) => call(resolved as Given));
}
