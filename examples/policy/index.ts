import {
  type PolicyConfigSchema,
  PolicyPack,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
} from "@pulumi/policy";

// Five rules about access. Change what they allow here, or per organization in Pulumi Cloud; run them with
// `pulumi preview --policy-pack examples/policy`.

type Kind = "Organization" | "User" | "OrganizationMembership" | "Invitation" | "OrganizationApiKey";

interface Rule<Config> {
  readonly name: string;
  readonly description: string;
  readonly kinds: readonly Kind[];
  /** What the rule allows unless it is configured otherwise. */
  readonly standard: Config;
  readonly schema?: PolicyConfigSchema;
  readonly check: (resource: ResourceValidationArgs, allowed: Config, report: ReportViolation) => void;
}

/** A rule about some kinds of resources, by the types that they have as dynamic ones and as the native plugin's. */
function rule<Config extends object>(given: Rule<Config>): ResourceValidationPolicy {
  const types = new Set(
    given.kinds.flatMap((kind) => [`pulumi-nodejs:dynamic/workos:${kind}`, `workos:index:${kind}`]),
  );
  return {
    name: given.name,
    description: given.description,
    enforcementLevel: "mandatory",
    configSchema: given.schema,
    validateResource: (resource, report) => {
      if (types.has(resource.type)) {
        given.check(resource, { ...given.standard, ...resource.getConfig<Partial<Config>>() }, report);
      }
    },
  };
}

const listOfText = { type: "array", items: { type: "string" } } as const;

/** The text of an input. One that is not known yet ends the rule: it is judged by `pulumi up`, once it is. */
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const allowedDomains = rule({
  name: "allowed-domains",
  description: "Users and invitations are of these email domains.",
  kinds: ["User", "Invitation"],
  standard: { domains: ["acme.example"] },
  schema: { properties: { domains: listOfText } },
  check: ({ props }, { domains }, report) => {
    const email = textOf(props.email)?.trim().toLowerCase();
    if (email !== undefined && !domains.includes(email.slice(email.lastIndexOf("@") + 1))) {
      report(`${email} is of none of the domains ${domains.join(", ")}.`);
    }
  },
});

const noAdminByInvitation = rule({
  name: "no-admin-by-invitation",
  description: "Whoever reads the mail of an invitation gets its role, so nobody is invited as an admin.",
  kinds: ["Invitation"],
  standard: { adminRoles: ["admin"] },
  schema: { properties: { adminRoles: listOfText } },
  check: ({ props }, { adminRoles }, report) => {
    const role = textOf(props.roleSlug);
    if (role !== undefined && adminRoles.includes(role)) {
      report(
        `Invite with another role than ${role}, and give it by an OrganizationMembership once the person is there.`,
      );
    }
  },
});

const dayMs = 24 * 60 * 60 * 1_000;

const expiringKeys = rule({
  name: "expiring-keys",
  description: "Every API key ends, and soon enough that its rotation is exercised.",
  kinds: ["OrganizationApiKey"],
  standard: { days: 90 },
  schema: { properties: { days: { type: "integer", minimum: 1 } } },
  check: ({ props }, { days }, report) => {
    if (props.expiresAt === undefined || props.expiresAt === null) {
      report(`Set expiresAt, at most ${days} days ahead.`);
      return;
    }
    const end = Date.parse(textOf(props.expiresAt) ?? "");
    if (end > Date.now() + days * dayMs) {
      report(`expiresAt is more than ${days} days ahead.`);
    }
  },
});

const noPlainPasswords = rule({
  name: "no-plain-passwords",
  description: "A program never holds a password; only its hash, taken over from another system, may be declared.",
  kinds: ["User"],
  standard: {},
  check: ({ props }, _none, report) => {
    if (props.password !== undefined && props.password !== null) {
      report("Leave password out, or give passwordHash: a program should not hold what somebody signs in with.");
    }
  },
});

const protectedOrganizations = rule({
  name: "protected-organizations",
  description: "Deleting an organization ends everything in it, so every one is protected.",
  kinds: ["Organization"],
  standard: { except: [] as string[] },
  schema: { properties: { except: listOfText } },
  check: ({ name, opts }, { except }, report) => {
    if (!opts.protect && !except.includes(name)) {
      report("Add the resource option protect: true.");
    }
  },
});

new PolicyPack("workos-access", {
  policies: [allowedDomains, noAdminByInvitation, expiringKeys, noPlainPasswords, protectedOrganizations],
});
