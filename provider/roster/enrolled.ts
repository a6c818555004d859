/** Who of an organization a roster would hold, and what it would say of them for everything to stay as it is. */
import { foldAddress, isAddress } from "../declare/address";
import type { Live, Person } from "./current-people";
import { type Member, profileFields } from "./roster";

/** Who has something that a roster could keep, in the order of addresses. */
export interface Enrolled {
  readonly members: readonly (readonly [email: string, member: Member])[];
  /** Who is not in the roster, as where their invitation has run out: putting them in would mail them again. */
  readonly skipped: readonly { readonly email: string; readonly reason: string }[];
  /** Whom a directory sync manages: they are in the roster, which leaves them alone. */
  readonly directoryManaged: readonly string[];
}

export function enrolled({ people }: Pick<Live, "people">): Enrolled {
  const all = [...people].sort((one, other) => (foldAddress(one.email) < foldAddress(other.email) ? -1 : 1));
  return {
    members: all.flatMap((person) => (whyNot(person) ? [] : [[person.email, memberOf(person)] as const])),
    skipped: all.flatMap((person) => {
      const reason = whyNot(person);
      return reason === undefined ? [] : [{ email: person.email, reason }];
    }),
    directoryManaged: all.filter(({ directoryManaged }) => directoryManaged).map(({ email }) => email),
  };
}

function whyNot({ email, status }: Person): string | undefined {
  if (status === "stale") return "three invitations were not answered";
  if (status === "expired") return "the invitation has expired";
  // One of them would make the whole roster unusable.
  return isAddress(email) ? undefined : "what they have for an address is none that a roster can hold";
}

function memberOf({ status, roles, profile = {} }: Person): Member {
  const told = profileFields.filter((field) => !isEmpty(profile[field]));
  return {
    ...(roles.length > 0 ? { roles } : {}),
    ...(status === "inactive" ? { status } : {}),
    ...(status === "pending" ? { via: "invitation" } : {}),
    ...Object.fromEntries(told.map((field) => [field, profile[field]])),
  };
}

const isEmpty = (value: string | object | undefined): boolean =>
  value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
