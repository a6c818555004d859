/** Says what is wrong with a declared roster: every mistake, with the person it is about. */
import { z } from "zod";
import type { Checked, Surroundings } from "../lifecycle/check";
import { secretMark } from "../declare/secrecy";
import { containsUnknown } from "../declare/unknown";
import { isForeign, outsideAllowed } from "../lifecycle/domains";
import type { Failure, Inputs } from "../declare/resource";
import * as shapes from "../declare/shapes";
import { foldAddress } from "../declare/address";
import { plainly } from "../../api/issues";
import { didYouMean } from "../wording";
import { memberShapes, optionNames } from "./roster";

const strict = <Fields extends z.ZodRawShape>(fields: Fields) =>
  z.strictObject(fields, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `must be an object with ${Object.keys(fields).join(", ")}`;
      return issue.keys.map((key) => `does not know ${key}; ${didYouMean(key, Object.keys(fields))}`).join("; ");
    },
  });

const memberSchema = strict(
  Object.fromEntries(Object.entries(memberShapes).map(([name, shape]) => [name, shape.schema(z).optional()])),
);

const fraction = z
  .number({ error: "must be a share from 0 to 1" })
  .min(0)
  .max(1, { error: "must be a share from 0 to 1, such as 0.1" });

const optionSchemas = {
  mode: shapes.oneOf(["additive", "authoritative"]).schema(z),
  onRemove: shapes.oneOf(["deactivate", "delete"]).schema(z),
  onDestroy: shapes.oneOf(["retain", "remove"]).schema(z),
  manageProfiles: shapes.flag().schema(z),
  guards: strict({
    minAdmins: shapes.integer(0, 1_000_000).schema(z).optional(),
    requiredAdmins: shapes.listOf(shapes.emailAddress(), "email address").schema(z).optional(),
    maxRemovals: strict({
      people: shapes.integer(0, 1_000_000).schema(z).optional(),
      fraction: fraction.optional(),
    }).optional(),
  }),
};

const email = shapes.emailAddress().schema(z);
const organizationId = shapes.idOf("org_").schema(z);

/** What is unknown yet passes, at any depth; a preview sees it again when it is known. */
export function check(_olds: Inputs, news: Inputs, { allowedDomains }: Pick<Surroundings, "allowedDomains">): Checked {
  const given = Object.entries(news).filter(
    ([name, value]) => (name === secretMark || !name.startsWith("__")) && value !== null,
  );
  const inputs = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const known = ["organizationId", "members", ...optionNames];
  const failures: Failure[] = [
    ...Object.keys(inputs)
      .filter((name) => !known.includes(name) && name !== secretMark)
      .map((name) => ({ property: name, reason: `is not an input of OrganizationRoster; ${didYouMean(name, known)}` })),
    ...["organizationId", "members"]
      .filter((name) => inputs[name] === undefined)
      .map((name) => ({ property: name, reason: "is required: no roster can be without it" })),
    ...misshapen("organizationId", organizationId, inputs.organizationId),
    ...optionNames.flatMap((name) => misshapen(name, optionSchemas[name], inputs[name])),
    ...checkMembers(inputs.members, allowedDomains),
  ];
  return { inputs, failures };
}

function misshapen(property: string, schema: z.ZodType, value: unknown): Failure[] {
  if (value === undefined || containsUnknown(value)) return [];
  const { error } = schema.safeParse(value, { error: plainly });
  return (error?.issues ?? []).map(({ path, message }) => ({
    property: [property, ...path.map(String)].join("."),
    reason: message,
  }));
}

/** How many people are complained about at once; the rest would only hide them. */
const most = 20;

function checkMembers(members: unknown, allowedDomains: readonly string[] | undefined): Failure[] {
  if (members === undefined || containsUnknown(members)) return [];
  if (typeof members !== "object" || members === null || Array.isArray(members)) {
    return [{ property: "members", reason: 'must be a map from email to member, as in { "ann@example.com": {} }' }];
  }
  const failures: Failure[] = [];
  const seen = new Map<string, string>();
  for (const [address, member] of Object.entries(members)) {
    const property = `members[${JSON.stringify(address)}]`;
    const say = (reason: string) => failures.push({ property, reason });
    const spelled = email.safeParse(address);
    if (!spelled.success) say(spelled.error.issues[0]?.message ?? "is not an email address");
    const other = seen.get(foldAddress(address));
    if (other !== undefined) say(`is the same address as "${other}", written differently; keep one of the two`);
    seen.set(foldAddress(address), address);
    if (spelled.success && allowedDomains && isForeign(address, allowedDomains)) say(outsideAllowed(allowedDomains));
    failures.push(...misshapen(property, memberSchema, member));
  }
  const rest = failures.length - most;
  return rest > 0
    ? [...failures.slice(0, most), { property: "members", reason: `has ${rest} more mistakes like these` }]
    : failures;
}
