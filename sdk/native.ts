/**
 * `pulumi-workos/native`: the same as `pulumi-workos`, with resources of the native plugin in place of dynamic ones, and
 * providers with settings of their own.
 */
import { nativeForm } from "./entry";
import { declareRoles, type LoadRolesOptions } from "./load-roles";
import * as resources from "./resources";
import { OrganizationRoster } from "./roster";

const kinds = { ...resources, OrganizationRoster };
const forms = Object.fromEntries(Object.entries(kinds).map(([kind, declared]) => [kind, nativeForm(declared)]));
const { Permission, EnvironmentRole, OrganizationRole } = { ...kinds, ...forms };
const loadRoles = (path: string, options?: LoadRolesOptions) =>
  declareRoles({ Permission, EnvironmentRole, OrganizationRole }, path, options);

// Types and documentation are those of the other entry, and so is every export but these: what a module exports already
// when it comes to `export *`, it keeps.
Object.assign(module.exports as object, forms, { loadRoles });

export * from "./index";
export { Provider, type ProviderArgs } from "./provider";
