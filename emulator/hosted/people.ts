/** People to sign in as with one click, so that nobody has to remember the passwords of a seed. */
import { foldAddress } from "../../api/address";
import { type Context } from "../context";
import { rolesOf } from "../handlers/roles";
import { type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { type Face } from "./page";

const mostShown = 6;

export interface TestPeople {
  readonly faces: readonly Face[];
  /** How many there are besides. */
  readonly more: number;
}

interface Asked {
  readonly organizationId: string | null;
  /** Who is shown first. */
  readonly email: string;
}

/** The first, or those of the organization that was asked for; nobody where the emulator was started without them. */
export function testPeople({ organizationId, email }: Asked, context: Context): TestPeople {
  const { store, pages } = context;
  if (!pages.testPeople) return { faces: [], more: 0 };
  const ids =
    organizationId === null
      ? store.users.ids()
      : store.memberships.idsBy("organization_status", pairKey(organizationId, "active"));
  const userOf = (id: string) => store.users.get(store.memberships.get(id)?.user_id ?? id);
  const users = new Map<string, StoredUser>();
  const hinted = store.users.by("email", foldAddress(email))[0];
  if (hinted !== undefined) users.set(hinted.id, hinted);
  for (let index = 0; users.size < mostShown && index < ids.size; index += 1) {
    const user = userOf(ids.at(index) ?? "");
    if (user !== undefined) users.set(user.id, user);
  }
  return { faces: [...users.values()].map((user) => faceOf(user, context)), more: Math.max(0, ids.size - users.size) };
}

/** Of the first person that the pages would show, whether they show anybody or not. */
export function firstPerson(organizationId: string | null, { store }: Context): StoredUser | undefined {
  if (organizationId === null) return store.users.get(store.users.ids().at(0) ?? "");
  const first = store.memberships.idsBy("organization_status", pairKey(organizationId, "active")).at(0);
  return store.users.get(store.memberships.get(first ?? "")?.user_id ?? "");
}

export function faceOf(user: StoredUser, context: Context): Face {
  const detail = placeOf(user, context);
  return { id: user.id, name: nameOf(user), email: user.email, ...(detail === undefined ? {} : { detail }) };
}

export function nameOf({ name, first_name, last_name }: StoredUser): string {
  const parts = [first_name, last_name].filter((part) => part !== null && part !== "");
  return name ?? parts.join(" ");
}

/** Where the person is a member, with the role: `Acme, Admin`. */
function placeOf({ id }: StoredUser, context: Context): string | undefined {
  const { store } = context;
  const memberships = store.memberships.by("user", id).filter(({ status }) => status === "active");
  const [first, ...others] = memberships;
  if (first === undefined) return undefined;
  const organization = store.organizations.get(first.organization_id)?.name ?? first.organization_id;
  const known = rolesOf(first.organization_id, context);
  const roles = first.role_slugs.map((slug) => known.find((role) => role.slug === slug)?.name ?? slug);
  const place = [organization, ...roles].join(", ");
  return others.length === 0 ? place : `${place}, and ${others.length} more`;
}
