/** One organization as a file of the program: what it is, what its roles allow, who is in it, and what they have. */
import type { DataIntegrationObject, GroupRoleAssignmentObject, RoleObject } from "../../api";
import { systemClock } from "../../api/clock";
import { unordered } from "../../provider/declare/comparisons";
import { organizationType } from "../../provider/groups";
import type { Module, Program, Reference } from "../program/program";
import { call, expression, isEmpty, type Value } from "../program/source-text";
import { type Enrolled, enrolled } from "../../provider/roster/enrolled";
import type { LeftOut } from "./left-out";
import type { GroupThere, OrganizationThere } from "./read";

/** What the file names that stands in others, by slugs. */
export interface Elsewhere {
  readonly permissions: ReadonlyMap<string, Reference>;
  readonly roles: ReadonlyMap<string, Reference>;
  readonly integrations: ReadonlyMap<string, Reference>;
  /** The environment's own data integrations, of which an organization has what it has not set otherwise. */
  readonly shared: readonly DataIntegrationObject[];
}

export interface OrganizationFile {
  readonly organization: Reference | undefined;
  /** Who goes into the roster; nothing where there is none. */
  readonly people?: Enrolled;
}

interface Given {
  readonly program: Program;
  readonly there: OrganizationThere;
  /** What files of the organization are called, without an ending. */
  readonly file: string;
  readonly elsewhere: Elsewhere;
  readonly profiles: boolean;
  readonly leftOut: LeftOut;
}

/** What an input is where there is nothing to say. */
export const filled = <T>(value: T | null | undefined): T | undefined =>
  isEmpty(value) ? undefined : (value ?? undefined);

const adopt = "require";

export function organizationFile(given: Given): OrganizationFile {
  const { program, there, file, elsewhere, profiles, leftOut } = given;
  const { organization: object } = there;
  const module = program.module(`organizations/${file}.ts`, oneComment(object.name));
  const organization = module.declare("Organization", {
    title: file,
    variable: "organization",
    isExported: true,
    inputs: {
      name: object.name,
      externalId: filled(object.external_id),
      metadata: filled(object.metadata),
      stripeCustomerId: filled(object.stripe_customer_id),
      // Deprecated, and false unless somebody wanted it.
      allowProfilesOutsideOrganization: object.allow_profiles_outside_organization === true ? true : undefined,
      adopt,
      adoptId: object.id,
    },
    id: object.id,
  });
  const organizationId = organization ? module.refer(organization, "id") : object.id;
  for (const { id, domain } of object.domains) {
    module.declare("OrganizationDomain", { title: domain, inputs: { organizationId, domain, adopt }, id });
  }
  const roles = new Map(elsewhere.roles);
  for (const role of there.roles) {
    const slug = role.slug.replace(/^org-/, "");
    const reference = module.declare("OrganizationRole", {
      title: `${file} ${slug}`,
      variable: `${slug} role`,
      inputs: { organizationId, ...roleInputs(module, role, elsewhere.permissions), adopt },
      id: role.id,
    });
    if (reference) roles.set(role.slug, reference);
  }
  const people = there.live && enrolled(there.live);
  const roster = people && people.members.length > 0 ? declareRoster(module, given, people, profiles) : undefined;
  const everybody = new People(module, there, people, roster);
  const roleSlug = (slug: string): Value => {
    const reference = roles.get(slug);
    return reference ? module.refer(reference, "slug") : slug;
  };
  const groups = there.groups.filter((one) => !isAmbiguous(one, there.groups));
  for (const { group } of there.groups.filter((one) => isAmbiguous(one, there.groups))) {
    leftOut.say(
      `group "${group.name}"`,
      `the organization has several of that name, and nothing tells them apart`,
      object.name,
    );
  }
  const resources = declareResources(module, file, organizationId, there);
  const onResource = ({ resource }: Pick<GroupRoleAssignmentObject, "resource">): Record<string, Value> => {
    const reference = resources.get(resource.id);
    if (reference) return { resourceId: module.refer(reference, "id") };
    return { resourceExternalId: resource.external_id, resourceTypeSlug: resource.resource_type_slug };
  };
  for (const { group, members, roles: assigned } of groups) {
    const title = `${file} ${group.name}`;
    const reference = module.declare("Group", {
      title,
      variable: members.length + assigned.length > 0 ? `${group.name} group` : undefined,
      inputs: { organizationId, name: group.name, description: filled(group.description), adopt },
      id: group.id,
    });
    const groupId = reference ? module.refer(reference, "id") : group.id;
    if (members.length > 0) {
      const organizationMembershipIds = everybody.membershipIds(members, "organizationMembershipIds");
      const inputs = { organizationId, groupId, organizationMembershipIds };
      module.declare("GroupMembers", { title, inputs, id: group.id });
    }
    if (assigned.length > 0) {
      const roleAssignments = assigned.map((one) => ({
        roleSlug: roleSlug(one.role.slug),
        ...(one.resource.resource_type_slug === organizationType ? {} : onResource(one)),
      }));
      const inputs = { organizationId, groupId, roleAssignments };
      module.declare("GroupRoleAssignments", { title, inputs, id: group.id });
    }
  }
  for (const assignment of there.assignments) {
    const { organization_membership_id: id, role, resource } = assignment;
    const name = there.resources.find((one) => one.id === resource.id)?.name ?? resource.external_id;
    module.declare("RoleAssignment", {
      title: `${everybody.called(id)} ${name} ${role.slug.replace(/^org-/, "")}`,
      inputs: {
        organizationMembershipId: everybody.membershipId(id, "organizationMembershipId"),
        roleSlug: roleSlug(role.slug),
        ...onResource(assignment),
        adopt,
      },
      id: assignment.id,
    });
  }
  if (there.retention !== undefined) {
    module.declare("AuditLogRetention", {
      title: file,
      inputs: { organizationId, retentionPeriodInDays: there.retention, onDestroy: "retain" },
      id: object.id,
    });
  }
  declareIntegrations(module, given, organizationId);
  declareKeys(module, given, organizationId);
  return { organization, people: roster && people };
}

/** As a comment, it is one line. */
export const oneComment = (text: string): string => text.replace(/[\s\u2028\u2029]+/g, " ").trim();

/** Of roles of the environment and of organizations alike. */
export function roleInputs(module: Module, role: RoleObject, permissions: ReadonlyMap<string, Reference>) {
  return {
    slug: role.slug,
    name: role.name,
    description: filled(role.description),
    resourceTypeSlug: typeIfOther(role.resource_type_slug),
    permissions: role.permissions?.map((slug): Value => {
      const reference = permissions.get(slug);
      return reference ? module.refer(reference, "slug") : slug;
    }),
  };
}

export const typeIfOther = (slug: string | undefined) => (slug === organizationType ? undefined : filled(slug));

const isAmbiguous = ({ group }: GroupThere, all: readonly GroupThere[]) =>
  all.filter((other) => other.group.name === group.name).length > 1;

function declareRoster(module: Module, { file, there }: Given, people: Enrolled, profiles: boolean): Reference {
  const { id } = there.organization;
  const roster = module.variable("roster");
  module.add(`const ${roster} = workos.loadRoster("rosters/${file}.yaml");`, true);
  const declared = {
    title: file,
    variable: "people",
    isExported: true,
    comment: "By the organization's id itself: a preview looks at who is there.",
    inputs: {
      organizationId: id,
      members: expression(`${roster}.members`, { value: Object.fromEntries(people.members) }),
      manageProfiles: profiles ? true : undefined,
      guards: { requiredAdmins: expression(`[...${roster}.requiredAdmins]`) },
    },
    id,
  };
  return module.construct("OrganizationRoster", declared, id);
}

/** Members by their memberships, as the file names them: by address, where the roster has them. */
class People {
  readonly #addresses = new Map<string, string>();
  readonly #roster: string;

  constructor(
    module: Module,
    { live }: OrganizationThere,
    people: Enrolled | undefined,
    roster: Reference | undefined,
  ) {
    const inRoster = new Set(roster ? people?.members.map(([email]) => email) : []);
    for (const { membershipId, email } of live?.people ?? []) {
      if (membershipId !== undefined && inRoster.has(email)) this.#addresses.set(membershipId, email);
    }
    this.#roster = roster?.variable ?? "";
  }

  /** In the name of a resource. */
  called(id: string): string {
    return this.#addresses.get(id)?.replace(/@.*$/, "") ?? id;
  }

  /** @param input what stands before it in its line. */
  membershipId(id: string, input: string): Value {
    const address = this.#addresses.get(id);
    return address === undefined
      ? id
      : call(`${this.#roster}.membershipId`, address, 1, input.length + 4, { value: id });
  }

  membershipIds(ids: readonly string[], input: string): Value {
    const addresses = ids.flatMap((id) => this.#addresses.get(id) ?? []).sort();
    return addresses.length < ids.length
      ? ids.map((id) => this.membershipId(id, ""))
      : call(`${this.#roster}.membershipIds`, addresses, 1, input.length + 4, { value: ids });
  }
}

/** What is below something comes after it. */
function declareResources(
  module: Module,
  file: string,
  organizationId: Value,
  { resources, assignments, groups }: OrganizationThere,
) {
  const named = new Set([
    ...resources.map((one) => one.parent_resource_id),
    ...[...assignments, ...groups.flatMap((one) => one.roles)].map(({ resource }) => resource.id),
  ]);
  const references = new Map<string, Reference>();
  const there = new Set(resources.map(({ id }) => id));
  const isAbove = (id: string | null | undefined) => id !== null && id !== undefined && there.has(id);
  const left = new Set(resources);
  while (left.size > 0) {
    const ready = [...left].filter(({ parent_resource_id: parent }) => ![...left].some(({ id }) => id === parent));
    // A circle cannot be; but this must end.
    for (const one of ready.length > 0 ? ready : left) {
      const parent = one.parent_resource_id ?? "";
      const above = references.get(parent);
      const reference = module.declare("AuthorizationResource", {
        title: `${file} ${one.resource_type_slug} ${one.name}`,
        variable: named.has(one.id) ? one.name : undefined,
        inputs: {
          organizationId,
          resourceTypeSlug: one.resource_type_slug,
          externalId: one.external_id,
          name: one.name,
          description: filled(one.description),
          parentResourceId: above ? module.refer(above, "id") : isAbove(parent) ? parent : undefined,
          adopt,
        },
        id: one.id,
      });
      if (reference) references.set(one.id, reference);
      left.delete(one);
    }
  }
  return references;
}

/** The vendor answers for every organization all integrations there are: what is as in the environment is not declared. */
function declareIntegrations(module: Module, { there, file, elsewhere }: Given, organizationId: Value): void {
  for (const one of there.integrations) {
    const shared = elsewhere.shared.find(({ slug }) => slug === one.slug);
    const own = {
      enabled: one.enabled === shared?.enabled ? undefined : one.enabled,
      scopes: unordered(one.scopes ?? [], shared?.scopes ?? []) ? undefined : filled(one.scopes),
      config: JSON.stringify(one.config) === JSON.stringify(shared?.config ?? {}) ? undefined : filled(one.config),
    };
    if (Object.values(own).every((value) => value === undefined)) continue;
    const reference = elsewhere.integrations.get(one.slug);
    module.declare("OrganizationDataIntegration", {
      title: `${file} ${one.slug}`,
      inputs: {
        organizationId,
        slug: reference ? module.refer(reference, "provider") : one.slug,
        ...own,
        onDestroy: "retain",
      },
      id: one.id,
    });
  }
}

/**
 * Keys go on working whatever becomes of the program; only an import takes one over, since nobody tells its value. One
 * that has ended is none.
 */
function declareKeys(module: Module, { program, there, file }: Given, organizationId: Value): void {
  if (program.takesOver !== "import") return;
  for (const { id, name, permissions, expires_at: expiresAt } of there.apiKeys.filter(isGood)) {
    const inputs = { organizationId, name, permissions: filled(permissions), expiresAt: filled(expiresAt) };
    module.declare("OrganizationApiKey", { title: `${file} ${name}`, inputs, id });
  }
  for (const { id, name, permissions, expires_at: expiresAt, owner } of there.userApiKeys.filter(isGood)) {
    const address = [...(there.live?.people ?? [])].find(({ userId }) => userId === owner.id)?.email;
    module.declare("UserApiKey", {
      title: `${file} ${address?.replace(/@.*$/, "") ?? owner.id} ${name}`,
      comment: address === undefined ? undefined : oneComment(address),
      inputs: {
        userId: owner.id,
        organizationId,
        name,
        permissions: filled(permissions),
        expiresAt: filled(expiresAt),
      },
      id,
    });
  }
}

/** Whether a key has not ended. */
export const isGood = ({ expires_at }: { readonly expires_at?: string | null }) =>
  expires_at === undefined || expires_at === null || Date.parse(expires_at) > systemClock.now();
