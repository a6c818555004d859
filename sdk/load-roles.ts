import { createRequire } from "node:module";
import { stopped } from "./preconditions";
import type * as pulumi from "./pulumi";
import { EnvironmentRole, OrganizationRole, Permission } from "./resources";

export interface LoadRolesOptions {
  /** Ids of the organizations whose own roles the files have, by the names that these give them. */
  readonly organizations?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Options of all resources that are made: a `parent`, say. */
  readonly resources?: pulumi.CustomResourceOptions;
}

/** The resources that roles files have become. */
export interface LoadedRoles {
  /** By slug. */
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Roles of the environment, by slug. */
  readonly roles: Readonly<Record<string, EnvironmentRole>>;
  /** Roles of organizations' own, by the organization as the files name it, and by slug. */
  readonly organizations: Readonly<Record<string, Readonly<Record<string, OrganizationRole>>>>;
  /** Slugs of all roles, for `loadRoster(path, { roles })`. */
  readonly slugs: readonly string[];
  /** All resources, for `dependsOn` of a roster, which then comes after its roles. */
  readonly all: readonly pulumi.Resource[];
  /** The files that were read. */
  readonly files: readonly string[];
}

/**
 * Reads roles and permissions from a YAML file, or from all of a folder, and declares them: a `Permission`, an
 * `EnvironmentRole` or an `OrganizationRole` each, under its slug (`acme/org-billing` for an organization's own). Roles of
 * the environment have `onDestroy: "retain"`, since WorkOS cannot delete one.
 * @throws (a `RunError`) that lists every mistake with its file, line and column, before anything is contacted.
 *
 * @example
 * const roles = workos.loadRoles("roles.yaml", { organizations: { acme: acme.id } });
 * const roster = workos.loadRoster("roster.yaml", { roles: roles.slugs });
 * new workos.OrganizationRoster(
 *   "acme",
 *   { organizationId: acme.id, members: roster.members },
 *   { dependsOn: [...roles.all] },
 * );
 */
export function loadRoles(path: string, options?: LoadRolesOptions): LoadedRoles {
  return declareRoles({ Permission, EnvironmentRole, OrganizationRole }, path, options);
}

interface RoleClasses {
  readonly Permission: typeof Permission;
  readonly EnvironmentRole: typeof EnvironmentRole;
  readonly OrganizationRole: typeof OrganizationRole;
}

/** The same with these classes: each entry has its own. */
export function declareRoles(
  classes: RoleClasses,
  path: string,
  { organizations = {}, resources = {} }: LoadRolesOptions = {},
): LoadedRoles {
  // With its libraries, which only programs with such files need.
  const files = createRequire(__filename)("../provider/roles-files") as typeof import("../provider/roles-files");
  const read = () => {
    try {
      return files.rolesForProgram(path, Object.keys(organizations));
    } catch (error) {
      throw stopped((error as Error).message);
    }
  };
  const said = read();
  const permissions = made(said.permissions, (slug, one) => new classes.Permission(slug, { slug, ...one }, resources));
  // By its output, so that a permission is made before the roles that have it.
  const given = (slugs: readonly string[] | undefined) =>
    slugs && { permissions: slugs.map((slug) => permissions[slug]?.slug ?? slug) };
  const roles = made(
    said.roles,
    (slug, { permissions: some, ...one }) =>
      new classes.EnvironmentRole(slug, { slug, ...one, ...given(some), onDestroy: "retain" }, resources),
  );
  const own = made(said.organizations, (name, some) =>
    made(some, (slug, { permissions: allowed, ...one }) => {
      const organizationId = Object.hasOwn(organizations, name) ? (organizations[name] ?? name) : name;
      return new classes.OrganizationRole(
        `${name}/${slug}`,
        { slug, ...one, ...given(allowed), organizationId },
        resources,
      );
    }),
  );
  const all = [
    ...Object.values(permissions),
    ...Object.values(roles),
    ...Object.values(own).flatMap((some) => Object.values(some)),
  ];
  return { permissions, roles, organizations: own, slugs: said.slugs, all, files: said.files };
}

const made = <T, R>(said: ReadonlyMap<string, T>, make: (name: string, one: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries([...said].map(([name, one]) => [name, make(name, one)]));
