/** Look-ups of what a customer's administrator has connected, and the link by which they do. */
import type { ConnectionObject, DirectoryObject, DirectoryUserObject } from "../../api";
import { connectionTypes, portalIntents } from "../../api/schemas/directories";
import { sameAddress } from "../declare/address";
import { listOf, oneOf } from "../declare/shapes";
import { lookupOf, word } from "./lookup";

export type ConnectionLookup = {
  /** The connection's id (`conn_…`). */
  readonly id: string;
};
export type ListConnectionsArgs = {
  /** Those of this organization (`org_…`). */
  readonly organizationId?: string;
  /** Those of this type, such as `OktaSAML`. */
  readonly connectionType?: (typeof connectionTypes)[number];
  /** Those of this domain. */
  readonly domain?: string;
};
/** A way to sign in by a customer's own identity provider, which the customer's administrator has connected. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  /** None for one of the environment. */
  readonly organizationId?: string;
  /** `OktaSAML`, `EntraIdOIDC` and others. */
  readonly connectionType: string;
  /** Whether people can sign in by it: when it is `active`. */
  readonly state: ConnectionObject["state"];
  readonly domains: readonly string[];
}
export type DirectoryLookup = {
  /** The directory's id (`directory_…`). */
  readonly id: string;
};
export type ListDirectoriesArgs = {
  /** Those of this organization (`org_…`). */
  readonly organizationId?: string;
  /** Those of this domain. */
  readonly domain?: string;
};
/** A customer's own directory, which the customer's administrator has connected. */
export interface Directory {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  /** `okta scim v2.0`, `gsuite directory` and others. */
  readonly type: string;
  /** Whether it is in step with the customer's: when it is `linked`. */
  readonly state: DirectoryObject["state"];
  readonly domain?: string;
}
export type DirectoryGroupLookup =
  | {
      /** The group's id (`directory_group_…`). */
      readonly id: string;
    }
  | {
      /** Id of the directory that it is in (`directory_…`), with `name`. */
      readonly directoryId: string;
      /** The group's name, with `directoryId`. */
      readonly name: string;
    };
/** A group of a directory. */
export interface DirectoryGroup {
  readonly id: string;
  readonly name: string;
  readonly directoryId: string;
  readonly organizationId: string;
  /** Id in the customer's directory. */
  readonly idpId: string;
}
export type DirectoryUserLookup =
  | {
      /** The person's id in WorkOS (`directory_user_…`). */
      readonly id: string;
    }
  | {
      /** Id of the directory that they are in (`directory_…`), with `email`. */
      readonly directoryId: string;
      /** Their address, in any letter case, with `directoryId`. */
      readonly email: string;
    };
/** A person in a directory. */
export interface DirectoryUser {
  readonly id: string;
  readonly directoryId: string;
  readonly organizationId: string;
  /** Id in the customer's directory. */
  readonly idpId: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly state: DirectoryUserObject["state"];
  /** What the directory gives them, by the mapping of its groups. */
  readonly roleSlugs: readonly string[];
  /** What else the directory says of them. */
  readonly customAttributes: Readonly<Record<string, unknown>>;
}
export type PortalLink = {
  /** Whose administrator it is for (`org_…`). */
  readonly organizationId: string;
  /** What it is for. Default: what the administrator chooses there. */
  readonly intent?: (typeof portalIntents)[number];
  /** Where the portal's logo leads. Default: as set in the WorkOS dashboard. */
  readonly returnUrl?: string;
  /** Where the administrator comes once it is set up. Default: as set in the WorkOS dashboard. */
  readonly successUrl?: string;
  /** Whom the vendor lets in by mail, at most 20. */
  readonly itContactEmails?: readonly string[];
};

function connectionOf({ id, name, organization_id, connection_type, state, domains }: ConnectionObject): Connection {
  const named = { id, name, organizationId: organization_id, connectionType: connection_type, state };
  return { ...named, domains: domains.map(({ domain }) => domain) };
}

function directoryOf({ id, name, organization_id: organizationId, type, state, domain }: DirectoryObject): Directory {
  return { id, name, organizationId, type, state, domain };
}

export const getConnection = lookupOf<ConnectionLookup>()({
  name: "getConnection",
  finds: "one",
  takes: { id: word },
  by: [["id"]],
  ask: async (api, { id }) => connectionOf(await api.connections.get({ id })),
});

export const listConnections = lookupOf<ListConnectionsArgs>()({
  name: "listConnections",
  finds: "all",
  answers: "connections",
  takes: { organizationId: word, connectionType: oneOf(connectionTypes), domain: word },
  async ask(api, { organizationId: organization_id, connectionType: connection_type, domain }) {
    const query = { organization_id, connection_type, domain, order: "asc" as const };
    return (await api.connections.list(query).all()).map(connectionOf);
  },
});

export const getDirectory = lookupOf<DirectoryLookup>()({
  name: "getDirectory",
  finds: "one",
  takes: { id: word },
  by: [["id"]],
  ask: async (api, { id }) => directoryOf(await api.directories.get({ id })),
});

export const listDirectories = lookupOf<ListDirectoriesArgs>()({
  name: "listDirectories",
  finds: "all",
  answers: "directories",
  takes: { organizationId: word, domain: word },
  async ask(api, { organizationId: organization_id, domain }) {
    return (await api.directories.list({ organization_id, domain, order: "asc" }).all()).map(directoryOf);
  },
});

export const getDirectoryGroup = lookupOf<DirectoryGroupLookup>()({
  name: "getDirectoryGroup",
  finds: "one",
  takes: { id: word, directoryId: word, name: word },
  by: [["id"], ["directoryId", "name"]],
  async ask(api, by): Promise<DirectoryGroup | undefined> {
    const named = async (directoryId: string, wanted: string) => {
      for await (const group of api.directoryGroups.list({ directory: directoryId, order: "asc" })) {
        if (group.name === wanted) return group;
      }
      return undefined;
    };
    const found = await ("id" in by ? api.directoryGroups.get({ id: by.id }) : named(by.directoryId, by.name));
    if (!found) return undefined;
    const { id, idp_id: idpId, directory_id: directoryId, organization_id: organizationId, name } = found;
    return { id, idpId, directoryId, organizationId, name };
  },
});

export const getDirectoryUser = lookupOf<DirectoryUserLookup>()({
  name: "getDirectoryUser",
  finds: "one",
  takes: { id: word, directoryId: word, email: word },
  by: [["id"], ["directoryId", "email"]],
  async ask(api, by): Promise<DirectoryUser | undefined> {
    const addressed = async (directoryId: string, email: string) => {
      for await (const user of api.directoryUsers.list({ directory: directoryId, email })) {
        if (user.email !== null && sameAddress(user.email, email)) return user;
      }
      return undefined;
    };
    const found = await ("id" in by ? api.directoryUsers.get({ id: by.id }) : addressed(by.directoryId, by.email));
    if (!found) return undefined;
    const { id, role, roles, state } = found;
    return {
      ...{ id, directoryId: found.directory_id, organizationId: found.organization_id, idpId: found.idp_id },
      email: found.email ?? undefined,
      firstName: found.first_name ?? undefined,
      lastName: found.last_name ?? undefined,
      state,
      roleSlugs: (roles ?? (role ? [role] : [])).map(({ slug }) => slug),
      customAttributes: found.custom_attributes,
    };
  },
});

export const generatePortalLink = lookupOf<PortalLink>()({
  name: "generatePortalLink",
  finds: "made",
  answers: "link",
  takes: {
    organizationId: word,
    intent: oneOf(portalIntents),
    returnUrl: word,
    successUrl: word,
    itContactEmails: listOf(word, "email address"),
  },
  by: [["organizationId"]],
  async ask(api, { organizationId: organization, intent, returnUrl, successUrl, itContactEmails }) {
    const where = { organization, intent, return_url: returnUrl, success_url: successUrl };
    const { link } = await api.portal.generateLink({
      ...where,
      it_contact_emails: itContactEmails && [...itContactEmails],
    });
    return link;
  },
});
