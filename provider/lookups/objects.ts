/** Look-ups of what programs declare as resources: they answer by the names of a resource's outputs, and no secrets. */
import { sameAddress } from "../declare/address";
import type { AnyResource, OutputValues, RemoteObject } from "../declare/resource";
import { readable } from "../lifecycle/bodies";
import { findMembership, findUser } from "../people";
import { connectApplication } from "../resources/connect-application";
import { environmentRole } from "../resources/environment-role";
import { invitation } from "../resources/invitation";
import { organization } from "../resources/organization";
import { organizationMembership } from "../resources/organization-membership";
import { findOrganizationRole, organizationRole } from "../resources/organization-role";
import { findPermission, permission } from "../resources/permission";
import { user } from "../resources/user";
import { lookupOf, word } from "./lookup";

/** What a resource's outputs say, but for what is only known to whoever made the object. */
type Found<D extends { inputs: unknown; outputs: unknown }, Unknown extends PropertyKey = never> = {
  /** The vendor's id of it. */
  readonly id: string;
} & Without<OutputValues<D["inputs"], D["outputs"]>, "adopted" | Unknown>;
type Without<T, K extends PropertyKey> = { readonly [P in keyof T as P extends K ? never : P]: T[P] };

export type UserLookup =
  | {
      /** The user's id (`user_…`). */
      readonly id: string;
    }
  | {
      /** Their email address, in any letter case. */
      readonly email: string;
    }
  | {
      /** Their id in your own system. */
      readonly externalId: string;
    };
export type OrganizationLookup =
  | {
      /** The organization's id (`org_…`). */
      readonly id: string;
    }
  | {
      /** Its id in your own system. */
      readonly externalId: string;
    };
export type OrganizationMembershipLookup =
  | {
      /** The membership's id (`om_…`). */
      readonly id: string;
    }
  | {
      /** Id of the user whose it is (`user_…`), with `organizationId`. */
      readonly userId: string;
      /** Id of the organization that it is in (`org_…`), with `userId`. */
      readonly organizationId: string;
    };
export type InvitationLookup =
  | {
      /** The invitation's id (`invitation_…`). */
      readonly id: string;
    }
  | {
      /** The address that it was sent to, in any letter case. */
      readonly email: string;
      /** Only invitations to this organization (`org_…`); without it, only invitations to the environment. */
      readonly organizationId?: string;
    };
export type EnvironmentRoleLookup = {
  /** The role's slug, such as `member`. */
  readonly slug: string;
};
export type OrganizationRoleLookup = {
  /** Id of the organization whose own role it is (`org_…`). */
  readonly organizationId: string;
  /** The role's slug, which begins with `org-`. */
  readonly slug: string;
};
export type PermissionLookup = {
  /** The permission's slug, such as `posts:read`. */
  readonly slug: string;
};
export type ConnectApplicationLookup =
  | {
      /** The application's id (`conn_app_…`). */
      readonly id: string;
    }
  | {
      /** Its client id (`client_…`). */
      readonly clientId: string;
    };

export type GetUserResult = Found<typeof user>;
export type GetOrganizationResult = Found<typeof organization>;
export type GetOrganizationMembershipResult = Found<typeof organizationMembership>;
export type GetInvitationResult = Found<typeof invitation, "token" | "acceptInvitationUrl">;
export type GetEnvironmentRoleResult = Found<typeof environmentRole>;
export type GetOrganizationRoleResult = Found<typeof organizationRole>;
export type GetPermissionResult = Found<typeof permission>;
export type GetConnectApplicationResult = Found<typeof connectApplication>;

/** What an object says, by the names that its resource's outputs have. */
function shown<Result>(resource: AnyResource, object: object | undefined): Result | undefined {
  if (object === undefined) return undefined;
  const remote = object as RemoteObject;
  const values = Object.entries(readable(resource, remote));
  const open = values.filter(([name]) => !resource.outputs[name]?.traits.secret);
  // The names are the declaration's, by construction of `readable`.
  return { id: remote.id, ...Object.fromEntries(open) } as Result;
}

export const getUser = lookupOf<UserLookup>()({
  name: "getUser",
  finds: "one",
  takes: { id: word, email: word, externalId: word },
  by: [["id"], ["email"], ["externalId"]],
  async ask(api, by) {
    const found =
      "id" in by
        ? api.users.get({ id: by.id })
        : "externalId" in by
          ? api.users.getByExternalId({ external_id: by.externalId })
          : findUser(api, by.email);
    return shown<GetUserResult>(user, await found);
  },
});

export const getOrganization = lookupOf<OrganizationLookup>()({
  name: "getOrganization",
  finds: "one",
  takes: { id: word, externalId: word },
  by: [["id"], ["externalId"]],
  async ask(api, by) {
    const found =
      "id" in by
        ? api.organizations.get({ id: by.id })
        : api.organizations.getByExternalId({ external_id: by.externalId });
    return shown<GetOrganizationResult>(organization, await found);
  },
});

export const getOrganizationMembership = lookupOf<OrganizationMembershipLookup>()({
  name: "getOrganizationMembership",
  finds: "one",
  takes: { id: word, userId: word, organizationId: word },
  by: [["id"], ["userId", "organizationId"]],
  async ask(api, by) {
    const found =
      "id" in by ? api.organizationMemberships.get({ id: by.id }) : findMembership(api, by.userId, by.organizationId);
    return shown<GetOrganizationMembershipResult>(organizationMembership, await found);
  },
});

export const getInvitation = lookupOf<InvitationLookup>()({
  name: "getInvitation",
  finds: "one",
  takes: { id: word, email: word, organizationId: word },
  by: [["id"], ["email"]],
  async ask(api, by) {
    if ("id" in by) return shown<GetInvitationResult>(invitation, await api.invitations.get({ id: by.id }));
    const { email, organizationId } = by;
    // The vendor lists the newest first.
    for await (const found of api.invitations.list({ email, organization_id: organizationId })) {
      const isIt = sameAddress(found.email, email) && found.organization_id === (organizationId ?? null);
      if (isIt) return shown<GetInvitationResult>(invitation, found);
    }
    return undefined;
  },
});

export const getEnvironmentRole = lookupOf<EnvironmentRoleLookup>()({
  name: "getEnvironmentRole",
  finds: "one",
  takes: { slug: word },
  by: [["slug"]],
  ask: async (api, { slug }) => shown<GetEnvironmentRoleResult>(environmentRole, await api.roles.get({ slug })),
});

export const getOrganizationRole = lookupOf<OrganizationRoleLookup>()({
  name: "getOrganizationRole",
  finds: "one",
  takes: { organizationId: word, slug: word },
  by: [["organizationId", "slug"]],
  ask: async (api, by) => shown<GetOrganizationRoleResult>(organizationRole, await findOrganizationRole(api, by)),
});

export const getPermission = lookupOf<PermissionLookup>()({
  name: "getPermission",
  finds: "one",
  takes: { slug: word },
  by: [["slug"]],
  ask: async (api, by) => shown<GetPermissionResult>(permission, await findPermission(api, by)),
});

export const getConnectApplication = lookupOf<ConnectApplicationLookup>()({
  name: "getConnectApplication",
  finds: "one",
  takes: { id: word, clientId: word },
  by: [["id"], ["clientId"]],
  async ask(api, by) {
    const found = api.connectApplications.get({ id: "id" in by ? by.id : by.clientId });
    return shown<GetConnectApplicationResult>(connectApplication, await found);
  },
});
