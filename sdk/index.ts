/** `pulumi-workos`: access to a WorkOS AuthKit environment as Pulumi resources. */
export * from "./resources";
export * from "./roster";
export * from "./load-roster";
export { type LoadedRoles, loadRoles, type LoadRolesOptions } from "./load-roles";
export * from "./lookups";
export type { GroupRole } from "../provider/resources/group-roles";
export type { DomainDetails } from "../provider/resources/organization";
