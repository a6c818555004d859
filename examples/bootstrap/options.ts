import { parseArgs, type ParseArgsConfig } from "node:util";

export const usage = `Usage: npm run bootstrap -- --organization NAME --admin EMAIL [options]

Brings up a new AuthKit environment: an organization, its first admin and an API key. It can be interrupted and run
again at any time: what is there stays as it is, and what is missing is done.

  --organization NAME   name of the organization
  --id ID               its external id, and the name of the stack; default: made from the name
  --domain DOMAIN       a domain that is known to be the organization's; may be repeated
  --admin EMAIL         the first admin
  --role SLUG           the role that makes an admin; default: admin
  --expect-role SLUG    a role that the environment must have before anything is made; may be repeated
  --password            makes the admin a user with the password in BOOTSTRAP_PASSWORD, instead of inviting them
  --env FILE            where ids and key go, readable by you alone; default: .env
  --json                prints ids and key on standard output instead
  --wait SECONDS        how long to wait while another run holds the stack; default: 60
  --adopt               takes over what exists already, instead of refusing
  --destroy             removes what was made; takes --organization or --id, --env and --wait
  --help                prints this

Environment: WORKOS_API_KEY, and Pulumi's own, such as PULUMI_BACKEND_URL and PULUMI_CONFIG_PASSPHRASE.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Example: npm run bootstrap -- --organization Acme --domain acme.example --admin ann@acme.example`;

const known = {
  organization: { type: "string" },
  id: { type: "string" },
  domain: { type: "string", multiple: true, default: [] },
  admin: { type: "string" },
  role: { type: "string", default: "admin" },
  "expect-role": { type: "string", multiple: true, default: [] },
  password: { type: "boolean", default: false },
  env: { type: "string", default: ".env" },
  json: { type: "boolean", default: false },
  wait: { type: "string", default: "60" },
  adopt: { type: "boolean", default: false },
  destroy: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const satisfies ParseArgsConfig["options"];

/** What the environment is to have. */
export interface Wanted {
  readonly id: string;
  readonly organization: string;
  readonly domains: readonly string[];
  readonly admin: string;
  readonly role: string;
  readonly expectedRoles: readonly string[];
  /** Undefined: the admin is invited. */
  readonly password: string | undefined;
  readonly adopt: boolean;
}

export type Task =
  | { readonly kind: "help" }
  | {
      readonly kind: "up";
      readonly wanted: Wanted;
      /** Undefined: standard output. */
      readonly envFile: string | undefined;
      readonly waitSeconds: number;
    }
  | { readonly kind: "destroy"; readonly id: string; readonly envFile: string; readonly waitSeconds: number };

/** Something in the command line or the environment that its author has to change. */
export class UsageError extends Error {}

export function parseOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Task {
  const given = parse(args);
  if (given.help) return { kind: "help" };
  const id = given.id ?? idOf(given.organization ?? "");
  if (!id)
    throw new UsageError("Name the organization: --organization NAME, or --id ID where the name has no letters.");
  if (!/^[\w.-]{1,100}$/.test(id)) {
    throw new UsageError(`--id ${id} may have letters, digits, "-", "_" and "." only, at most 100: it names a stack.`);
  }
  if (!environment.WORKOS_API_KEY) {
    throw new UsageError("Set WORKOS_API_KEY to the environment's key; it is in the WorkOS dashboard under API Keys.");
  }
  if (!/^\d{1,6}$/.test(given.wait)) throw new UsageError(`--wait ${given.wait} is no number of seconds, such as 60.`);
  const waitSeconds = Number(given.wait);
  if (given.destroy) return { kind: "destroy", id, envFile: given.env, waitSeconds };
  if (!given.organization) throw new UsageError("Name the organization: --organization NAME.");
  if (!given.admin) throw new UsageError("Say who is the first admin: --admin EMAIL.");
  if (!/^.+@[^\s@]+$/.test(given.admin)) {
    throw new UsageError(`--admin ${given.admin} is not an email address; write it like ann@acme.example.`);
  }
  const password = given.password ? environment.BOOTSTRAP_PASSWORD : undefined;
  if (given.password && !password) {
    throw new UsageError(
      "Set BOOTSTRAP_PASSWORD to the admin's first password, in this run and in later ones. (As an argument every user of this machine could read it.)",
    );
  }
  return {
    kind: "up",
    envFile: given.json ? undefined : given.env,
    waitSeconds,
    wanted: {
      id,
      organization: given.organization,
      domains: given.domain,
      admin: given.admin,
      role: given.role,
      expectedRoles: [...new Set([given.role, ...given["expect-role"]])],
      password,
      adopt: given.adopt,
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function idOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
