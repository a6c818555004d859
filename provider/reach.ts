/**
 * Whom a role reaches: everybody who has it, by a membership or by a group, as the vendor's lists tell. Each list is
 * read to its end once, and shared by whoever asks in the same run.
 */
import type { Api, GroupRoleAssignmentObject, OrganizationMembershipObject, RoleObject } from "../api";
import { undefinedIfMissing } from "../api/http/missing";
import type { AccessReach, ChangedAccess, ReachedPeople } from "./context";
import { organizationType } from "./groups";
import { isAdmin, rolesOf } from "./people";
import { oneLine, plural } from "./wording";

/** A role, as far as it matters who has it. */
export interface WhichRole {
  readonly slug: string;
  /** The type of resource that it is held on. Default: `organization`. */
  readonly resourceTypeSlug?: string;
}

/** A group with what it gives. */
export interface GivingGroup {
  readonly id: string;
  readonly name: string;
  readonly given: readonly GroupRoleAssignmentObject[];
}

/** Ids of active memberships, with the users whose they are. */
export type Holders = ReadonlyMap<string, string>;

/** How many people something reaches, by organization. */
export type Reached = ReachedPeople;

interface Where {
  readonly where?: string;
  readonly most?: number;
}

/** Organizations of an environment that a preview looks at: each costs two lists or more. */
export const organizationsShown = 200;

export class Reach implements AccessReach {
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(private readonly api: Api) {}

  /** What is asked once and shared; what failed is asked again. */
  #once<T>(what: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#known.get(what);
    if (known) return known as Promise<T>;
    const asked = ask();
    this.#known.set(what, asked);
    asked.catch(() => this.#known.delete(what));
    return asked;
  }

  /** Active members of an organization; nobody where it is gone. */
  members(organizationId: string): Promise<readonly OrganizationMembershipObject[]> {
    return this.#once(`members ${organizationId}`, async () => {
      const query = { organization_id: organizationId, statuses: ["active" as const] };
      return (await this.api.organizationMemberships.list(query).all().catch(undefinedIfMissing)) ?? [];
    });
  }

  /** The groups of an organization, with what each gives. */
  groups(organizationId: string): Promise<readonly GivingGroup[]> {
    return this.#once(`groups of ${organizationId}`, async () => {
      const all = await this.api.groups.list({ organization_id: organizationId }).all().catch(undefinedIfMissing);
      return Promise.all((all ?? []).map(async ({ id, name }) => ({ id, name, given: await this.givenBy(id) })));
    });
  }

  /** What a group lets its members do; nothing where it is gone. */
  givenBy(groupId: string): Promise<readonly GroupRoleAssignmentObject[]> {
    return this.#once(`group gives ${groupId}`, async () => {
      const given = await this.api.groupRoleAssignments.list({ group_id: groupId }).all().catch(undefinedIfMissing);
      return given ?? [];
    });
  }

  /** The roles of an organization, the environment's included. */
  roles(organizationId: string): Promise<readonly RoleObject[]> {
    return this.#once(`roles ${organizationId}`, async () => {
      const found = await this.api.roles
        .listForOrganization({ organization_id: organizationId })
        .catch(undefinedIfMissing);
      return found?.data ?? [];
    });
  }

  /** Who is in a group and active. */
  inGroup(organizationId: string, groupId: string): Promise<Holders> {
    return this.#once(`group has ${groupId}`, async () => {
      const which = { organization_id: organizationId, group_id: groupId };
      const all = await this.api.groupMemberships
        .list({ ...which, order: "asc" })
        .all()
        .catch(undefinedIfMissing);
      return new Map((all ?? []).filter(({ status }) => status === "active").map((one) => [one.id, one.user_id]));
    });
  }

  /** Who has any of these roles in an organization. */
  async holders(organizationId: string, roles: readonly WhichRole[]): Promise<Holders> {
    const slugs = new Set(roles.map(({ slug }) => slug));
    const direct = async () =>
      (await this.members(organizationId)).filter((one) => rolesOf(one).some((slug) => slugs.has(slug)));
    const [members, byGroup, onResources] = await Promise.all([
      direct(),
      this.#byGroup(organizationId, ({ role }) => slugs.has(role.slug)),
      Promise.all(
        roles
          .filter(({ resourceTypeSlug = organizationType }) => resourceTypeSlug !== organizationType)
          .map((role) => this.#onResources(organizationId, role)),
      ),
    ]);
    return new Map([...members.map((one) => [one.id, one.user_id] as const), ...byGroup, ...onResources.flat()]);
  }

  /** Who is in a group that gives what is wanted. */
  async #byGroup(organizationId: string, wanted: (given: GroupRoleAssignmentObject) => boolean) {
    const groups = (await this.groups(organizationId)).filter(({ given }) => given.some(wanted));
    return (await Promise.all(groups.map(({ id }) => this.inGroup(organizationId, id)))).flatMap((one) => [...one]);
  }

  /** Who has a role on a resource of its type. */
  #onResources(
    organizationId: string,
    { slug, resourceTypeSlug = "" }: WhichRole,
  ): Promise<readonly (readonly [string, string])[]> {
    return this.#once(`on ${resourceTypeSlug} ${slug} ${organizationId}`, async () => {
      const query = { organization_id: organizationId, resource_type_slug: resourceTypeSlug };
      const resources = await this.api.authorizationResources.list(query).all().catch(undefinedIfMissing);
      const lists = (resources ?? []).map(({ id }) =>
        this.api.roleAssignments.listForResource({ resource_id: id, role_slug: slug }).all().catch(undefinedIfMissing),
      );
      const holding = new Set((await Promise.all(lists)).flat().map((one) => one?.organization_membership_id));
      return (await this.members(organizationId)).flatMap(({ id, user_id }) =>
        holding.has(id) ? [[id, user_id] as const] : [],
      );
    });
  }

  /**
   * Who has any of these roles.
   * @param where one organization; every one of the environment where it is left out.
   * @param most organizations to look at.
   */
  reached(roles: readonly WhichRole[], { where, most = Infinity }: Where = {}): Promise<Reached> {
    return this.#everywhere((id) => this.holders(id, roles), { where, most });
  }

  /** Who has a permission, by a role of the environment or of an organization's own. */
  havingPermission(permission: string, most = Infinity): Promise<Reached> {
    return this.#everywhere(
      async (id) => {
        const roles = (await this.roles(id)).filter(({ permissions = [] }) => permissions.includes(permission));
        if (roles.length === 0) return new Map<string, string>();
        return this.holders(
          id,
          roles.map((role) => ({ slug: role.slug, resourceTypeSlug: role.resource_type_slug })),
        );
      },
      { most },
    );
  }

  async #everywhere(
    holdersIn: (organizationId: string) => Promise<Holders>,
    { where, most = Infinity }: Where,
  ): Promise<Reached> {
    const all = where === undefined ? await this.organizations(most + 1) : [where];
    const people = new Map<string, Holders>();
    const looked = all.slice(0, most);
    for (let at = 0; at < looked.length; at += atOnce) {
      await Promise.all(
        looked.slice(at, at + atOnce).map(async (id) => {
          const holders = await holdersIn(id);
          if (holders.size > 0) people.set(id, holders);
        }),
      );
    }
    return { people, ...(looked.length < all.length ? { lookedAt: looked.length } : {}) };
  }

  /** Ids of the environment's organizations, as many as are wanted at most. */
  async organizations(most: number): Promise<readonly string[]> {
    const first = await this.#once("organizations", () => this.#firstOrganizations(organizationsShown + 1));
    if (first.length <= organizationsShown || most <= first.length) return first.slice(0, most);
    return this.#once("all organizations", () => this.#firstOrganizations(Infinity));
  }

  async #firstOrganizations(most: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for await (const { id } of this.api.organizations.list({ order: "asc" })) {
      if (ids.push(id) >= most) break;
    }
    return ids;
  }

  /** Ids of the active memberships that make an admin by a group, with the groups by which they do. */
  async adminsByGroup(
    organizationId: string,
    settings: { readonly adminRoles: readonly string[] },
    stays: (group: string, role: string) => boolean = () => true,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const groups = (await this.groups(organizationId)).filter(({ id, given }) =>
      given.some((one) => makesAdmin(one, settings) && stays(id, one.role.slug)),
    );
    const admins = new Map<string, string[]>();
    for (const { id } of groups) {
      for (const member of (await this.inGroup(organizationId, id)).keys()) {
        admins.set(member, [...(admins.get(member) ?? []), id]);
      }
    }
    return admins;
  }

  forget(what: ChangedAccess): void {
    const prefix = { everything: "", groups: "group", "members of groups": "group has " }[what];
    for (const known of this.#known.keys()) if (known.startsWith(prefix)) this.#known.delete(known);
  }
}

/** So many organizations are asked about at once. */
const atOnce = 16;

/** Whether a group makes admins of its members by this: in the organization as a whole, and not on one resource. */
export const makesAdmin = (
  { role, resource }: Pick<GroupRoleAssignmentObject, "role" | "resource">,
  settings: { readonly adminRoles: readonly string[] },
): boolean => resource.resource_type_slug === organizationType && isAdmin([role.slug], settings);

/** `41 people`, `41 people in 2 organizations`, `at least 41 people, in the first 200 organizations`. */
export function reachText({ people, lookedAt }: Reached): string {
  const count = new Set([...people.values()].flatMap((holders) => [...holders.values()])).size;
  const text = plural(count, "person", "people");
  if (lookedAt !== undefined) return `at least ${text}, in the first ${plural(lookedAt, "organization")}`;
  if (count === 0) return "nobody";
  return people.size > 1 ? `${text} in ${plural(people.size, "organization")}` : text;
}

/** Whom a change of rights is for, in the words of a plan, and what tells them from others. */
export type Beneficiaries =
  { readonly role: string; readonly organizationId?: string } | { readonly groupId: string; readonly title?: string };

export interface ChangedRights {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Whether there is more that the plan does not know yet. */
  readonly more?: boolean;
}

/** What tells them from others in such a line. */
const theirMark = (who: Beneficiaries): string =>
  "groupId" in who
    ? `(${who.groupId})`
    : `everybody with the role ${who.role}${who.organizationId === undefined ? "" : ` of ${who.organizationId}`}`;

const whomText = (who: Beneficiaries): string =>
  "groupId" in who ? `everybody in the group ${who.title ?? ""} ${theirMark(who)}` : theirMark(who);

/**
 * `GRANTS billing:write to everybody with the role editor, and TAKES billing:read from them: 41 people`, as a plan says
 * it; nothing where nothing changes.
 */
export function rightsLine(rights: ChangedRights, who: Beneficiaries, reached: Reached): string | undefined {
  const text = rightsText(rights, whomText(who));
  return text === undefined ? undefined : `${text}: ${reachText(reached)}`;
}

/** The same without a number, of whoever is meant. */
export function rightsText({ gained, lost, more = false }: ChangedRights, whom: string): string | undefined {
  const grants = [
    ...(gained.length > 0 ? [oneLine(gained.join(", "))] : []),
    ...(more ? ["what is not known yet"] : []),
  ];
  const [gives, takes] = [grants.join(" and "), oneLine(lost.join(", "))];
  if (gives !== "" && takes !== "") return `GRANTS ${gives} to ${whom}, and TAKES ${takes} from them`;
  if (gives !== "") return `GRANTS ${gives} to ${whom}`;
  return takes === "" ? undefined : `TAKES ${takes} from ${whom}`;
}

/** How many people such a line tells of, where one of these lines is about them. */
export function reachSaid(lines: readonly string[], who: Beneficiaries): string | undefined {
  const mark = theirMark(who);
  const line = lines.find(
    (one) => /^(GRANTS|TAKES) /.test(one) && (one.includes(`${mark}: `) || one.includes(`${mark}, and TAKES `)),
  );
  return line?.slice(line.lastIndexOf(": ") + 2);
}
