/**
 * What a customer's administrator connects, to be looked up and deleted: `ConnectionsController`, `DirectoriesController`,
 * `DirectoryGroupsController`, `DirectoryUsersController` and `PortalSessionsController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import {
  connection,
  connectionTypes,
  directory,
  directoryGroup,
  directoryUserWithGroups,
  emailAddress,
  listOf,
  page,
  portalIntents,
  portalLink,
} from "../schemas";
import { limits } from "../schemas/limits";

export const connections = {
  /** By organization, type, domain or a part of the name where given. */
  list: endpoint({
    operation: "ConnectionsController_list",
    method: "GET",
    path: "/connections",
    query: page.extend({
      connection_type: z.enum(connectionTypes).optional(),
      domain: z.string().optional(),
      organization_id: z.string().optional(),
      search: z.string().optional(),
    }),
    success: { 200: listOf(connection) },
    repeat: "safe",
    lane: "read",
  }),
  /** One connection. */
  get: endpoint({
    operation: "ConnectionsController_find",
    method: "GET",
    path: "/connections/{id}",
    success: { 200: connection },
    repeat: "safe",
    lane: "read",
  }),
  /** Deletes a connection, for good. */
  delete: endpoint({
    operation: "ConnectionsController_delete",
    method: "DELETE",
    path: "/connections/{id}",
    success: { 200: null, 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;

export const directories = {
  /** By organization, domain or a part of the name where given. */
  list: endpoint({
    operation: "DirectoriesController_list",
    method: "GET",
    path: "/directories",
    query: page.extend({
      organization_id: z.string().optional(),
      search: z.string().optional(),
      domain: z.string().optional(),
    }),
    success: { 200: listOf(directory) },
    repeat: "safe",
    lane: "read",
  }),
  /** One directory. */
  get: endpoint({
    operation: "DirectoriesController_find",
    method: "GET",
    path: "/directories/{id}",
    success: { 200: directory },
    repeat: "safe",
    lane: "read",
  }),
  /** Deletes a directory with its users and groups, for good; whom it provisioned stays a member. */
  delete: endpoint({
    operation: "DirectoriesController_deleteDirectory",
    method: "DELETE",
    path: "/directories/{id}",
    success: { 200: null, 202: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;

export const directoryGroups = {
  /** Of a directory, or of one of its users. */
  list: endpoint({
    operation: "DirectoryGroupsController_list",
    method: "GET",
    path: "/directory_groups",
    query: page.extend({ directory: z.string().optional(), user: z.string().optional() }),
    success: { 200: listOf(directoryGroup) },
    repeat: "safe",
    lane: "read",
  }),
  /** One group of a directory. */
  get: endpoint({
    operation: "DirectoryGroupsController_find",
    method: "GET",
    path: "/directory_groups/{id}",
    success: { 200: directoryGroup },
    repeat: "safe",
    lane: "read",
  }),
} as const;

export const directoryUsers = {
  /** Of a directory, or of one of its groups. */
  list: endpoint({
    operation: "DirectoryUsersController_list",
    method: "GET",
    path: "/directory_users",
    query: page.extend({
      directory: z.string().optional(),
      group: z.string().optional(),
      idp_id: z.string().optional(),
      email: z.string().optional(),
    }),
    success: { 200: listOf(directoryUserWithGroups) },
    repeat: "safe",
    lane: "read",
  }),
  /** One user of a directory. */
  get: endpoint({
    operation: "DirectoryUsersController_find",
    method: "GET",
    path: "/directory_users/{id}",
    success: { 200: directoryUserWithGroups },
    repeat: "safe",
    lane: "read",
  }),
} as const;

export const portal = {
  /** A link for a customer's administrator, to be opened within minutes. */
  generateLink: endpoint({
    operation: "PortalSessionsController_create",
    method: "POST",
    path: "/portal/generate_link",
    body: z.object({
      organization: z.string(),
      intent: z.enum(portalIntents).optional(),
      return_url: z.string().optional(),
      success_url: z.string().optional(),
      it_contact_emails: z.array(emailAddress).max(limits.portalContacts).optional(),
    }),
    success: { 201: portalLink },
    repeat: "safe",
    lane: "write",
  }),
} as const;
