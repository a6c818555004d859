/** An environment as the files of a program: each kind where a person would look for it, in the order of what needs what. */
import type { DataIntegrationObject, PermissionObject, RoleObject } from "../../api";
import { jwtTemplateId } from "../../provider/resources/jwt-template";
import { counted, plural } from "../../provider/wording";
import { dashed, Names } from "../program/names";
import { type Module, Program, type Reference, type TakesOver } from "../program/program";
import { expression, fromJson, type Value } from "../program/source-text";
import type { Enrolled } from "../../provider/roster/enrolled";
import { rosterText } from "../roster-text";
import type { LeftOut } from "./left-out";
import { filled, isGood, oneComment, organizationFile, roleInputs, typeIfOther } from "./organization-file";
import { compared, type EnvironmentThere } from "./read";

export interface EnvironmentFiles {
  readonly program: Program;
  /** Texts by path, the file that reads the others last. */
  readonly files: ReadonlyMap<string, string>;
  /** How many people are in the rosters. */
  readonly people: number;
  /** Keys of the stack's configuration that the program reads, whose values are secrets. */
  readonly secrets: readonly string[];
  readonly skipped: Enrolled["skipped"];
  readonly directoryManaged: readonly string[];
}

const adopt = "require";

export interface WrittenAs {
  readonly profiles: boolean;
  readonly takesOver: TakesOver;
}

export function filesOf(
  there: EnvironmentThere,
  { profiles, takesOver }: WrittenAs,
  leftOut: LeftOut,
): EnvironmentFiles {
  const program = new Program((what, reason) => leftOut.say(what, reason), takesOver);
  const secrets: string[] = [];
  const { permissions, roles } = rolesFile(program, there.permissions, there.roles, leftOut);
  // Of an organization alone they are not the program's, and compared with all the same.
  const integrations = dataIntegrationsFile(program, there.only ? [] : there.integrations, secrets);
  const texts = new Map<string, string>();
  const organizations = new Map<string, Reference>();
  const names = new Names(["index"]);
  const rosters: Enrolled[] = [];
  const elsewhere = { permissions, roles, integrations, shared: there.integrations };
  for (const one of there.organizations) {
    const { id, name, external_id: externalId } = one.organization;
    const file = names.file(name, dashed(externalId ?? "", "organization"));
    const { organization, people } = organizationFile({ program, there: one, file, elsewhere, profiles, leftOut });
    if (organization) organizations.set(id, organization);
    if (people) {
      rosters.push(people);
      texts.set(`rosters/${file}.yaml`, rosterText(id, name, people));
    }
  }
  const organizationFiles = program.modules.filter(({ path }) => path.startsWith("organizations/"));
  usersFile(program, there, profiles);
  applicationsFile(program, there, organizations, leftOut);
  settingsFile(program, there);
  flagsFile(program, there, organizations, leftOut);
  auditLogsFile(program, there);
  vaultFile(program, there, organizations, secrets);
  sayWhatCannotBeRead(there, takesOver, leftOut);

  for (const module of program.modules) texts.set(module.path, module.text);
  const others = program.modules.filter((one) => !organizationFiles.includes(one)).map(({ path }) => `./${path}`);
  if (organizationFiles.length > 0) {
    const paths = organizationFiles.map(({ path }) => path.replace("organizations/", "./"));
    texts.set("organizations/index.ts", readingAll("Every organization.", paths));
    const at = others.findIndex((path) => !["./roles.ts", "./data-integrations.ts"].includes(path));
    others.splice(at < 0 ? others.length : at, 0, "./organizations");
  }
  texts.set("index.ts", readingAll("Everything that this program declares of the WorkOS environment.", others));
  return {
    program,
    files: texts,
    people: rosters.reduce((sum, { members }) => sum + members.length, 0),
    secrets,
    skipped: rosters.flatMap(({ skipped }) => skipped),
    directoryManaged: rosters.flatMap(({ directoryManaged }) => directoryManaged),
  };
}

function readingAll(comment: string, paths: readonly string[]): string {
  const lines = paths.map((path) => `import "${path.replace(/\.ts$/, "")}";`);
  return `// ${comment}\n${lines.length > 0 ? lines.join("\n") : "export {};"}\n`;
}

/** What there is to be allowed, and the environment's roles. */
function rolesFile(
  program: Program,
  permissions: readonly PermissionObject[],
  roles: readonly RoleObject[],
  leftOut: LeftOut,
) {
  const module = program.module("roles.ts", "What there is to be allowed, and the roles of every organization.");
  const references = { permissions: new Map<string, Reference>(), roles: new Map<string, Reference>() };
  const own = permissions.filter(({ system }) => !system);
  if (own.length < permissions.length) {
    const count = plural(permissions.length - own.length, "permission");
    leftOut.say(`${count} of WorkOS's own`, "nobody can change them, and roles name them by their slugs");
  }
  for (const one of own) {
    const { slug, name } = one;
    const reference = module.declare("Permission", {
      title: slug,
      variable: slug,
      isExported: true,
      inputs: {
        slug,
        name,
        description: filled(one.description),
        resourceTypeSlug: typeIfOther(one.resource_type_slug),
        adopt,
      },
      id: one.id,
    });
    if (reference) references.permissions.set(slug, reference);
  }
  for (const role of roles) {
    const reference = module.declare("EnvironmentRole", {
      title: role.slug,
      variable: `${role.slug} role`,
      isExported: true,
      inputs: { ...roleInputs(module, role, references.permissions), adopt },
      id: role.id,
    });
    if (reference) references.roles.set(role.slug, reference);
  }
  return references;
}

/** Whoever is in no organization, and who is invited to none. */
function usersFile(program: Program, { users, invitations }: EnvironmentThere, profiles: boolean): void {
  const module = program.module("users.ts", "People who are in no organization.");
  for (const user of users) {
    const profile = profiles
      ? {
          firstName: filled(user.first_name),
          lastName: filled(user.last_name),
          externalId: filled(user.external_id),
          metadata: filled(user.metadata),
        }
      : {};
    const inputs = { email: user.email, ...profile, adopt };
    module.declare("User", { title: personTitle(user.email), inputs, id: user.id });
  }
  for (const { id, email } of invitations) {
    module.declare("Invitation", { title: personTitle(email), inputs: { email, adopt }, id });
  }
}

const personTitle = (address: string) => address.replace(/@.*$/, "");

function applicationsFile(
  program: Program,
  { applications, applicationSecrets }: EnvironmentThere,
  organizations: ReadonlyMap<string, Reference>,
  leftOut: LeftOut,
): void {
  const module = program.module("applications.ts", "Other programs that people, or organizations, let in.");
  for (const one of applications) {
    const { id, name, scopes } = one;
    const oauth = one.application_type === "oauth" ? one : undefined;
    const organizationId = "organization_id" in one ? filled(one.organization_id) : undefined;
    if (oauth && !oauth.is_first_party && organizationId === undefined) {
      leftOut.say(`application "${name}"`, "it has registered itself, and belongs to no organization");
      continue;
    }
    const uris = oauth?.redirect_uris ?? [];
    const secrets = program.takesOver === "import" ? (applicationSecrets.get(id) ?? []) : [];
    const application = module.declare("ConnectApplication", {
      title: name,
      variable: secrets.length > 0 ? name : undefined,
      inputs: {
        name,
        applicationType: one.application_type,
        organizationId: organizationId === undefined ? undefined : referred(module, organizations, organizationId),
        isFirstParty: oauth && !oauth.is_first_party ? false : undefined,
        usesPkce: oauth?.uses_pkce ? true : undefined,
        description: filled(one.description),
        scopes: filled(scopes),
        redirectUris: filled(
          uris.map(({ uri, default: isDefault }): Value => ({
            uri,
            default: isDefault && uris.length > 1 ? true : undefined,
          })),
        ),
        adopt: "require",
        adoptId: id,
      },
      id,
    });
    for (const secret of secrets) {
      const inputs = { applicationId: application ? module.refer(application, "id") : id };
      module.declare("ConnectApplicationSecret", { title: name, inputs, id: secret.id });
    }
  }
}

/** An organization's id, or the resource's that stands for it. */
function referred(module: Module, organizations: ReadonlyMap<string, Reference>, id: string): Value {
  const reference = organizations.get(id);
  return reference ? module.refer(reference, "id") : id;
}

/** Addresses that browsers and events may be sent to, and what is in tokens. */
function settingsFile(program: Program, there: EnvironmentThere): void {
  const module = program.module("settings.ts", "Where sign-ins, pages and events may lead, and what is in tokens.");
  for (const { id, uri } of there.redirectUris)
    module.declare("RedirectUri", { title: addressTitle(uri), inputs: { uri, adopt }, id });
  for (const { id, origin } of there.corsOrigins) {
    module.declare("CorsOrigin", { title: addressTitle(origin), inputs: { origin, adopt }, id });
  }
  for (const { id, endpoint_url: endpointUrl, events, status } of there.webhookEndpoints) {
    module.declare("WebhookEndpoint", {
      title: addressTitle(endpointUrl),
      inputs: { endpointUrl, events: [...events].sort(), status, adopt },
      id,
    });
  }
  if (there.jwtTemplate !== undefined) {
    module.declare("JwtTemplate", { title: "claims", inputs: { content: there.jwtTemplate }, id: jwtTemplateId });
  }
}

const addressTitle = (url: string) => url.replace(/^https?:\/\//, "");

function flagsFile(
  program: Program,
  there: EnvironmentThere,
  organizations: ReadonlyMap<string, Reference>,
  leftOut: LeftOut,
): void {
  const module = program.module(
    "feature-flags.ts",
    "Which feature flags are on, and for whom. The dashboard makes them.",
  );
  for (const flag of there.flags) {
    const { slug, enabled } = flag;
    const targets = there.targets.filter((one) => one.flag === slug);
    const state = {
      title: slug,
      variable: targets.length > 0 ? slug : undefined,
      inputs: { slug, enabled },
      id: flag.id,
    };
    const reference = there.only ? undefined : module.declare("FeatureFlagState", state);
    const shown = targets.map(({ resourceId }) => ({
      resourceId,
      title:
        there.addresses.get(resourceId)?.replace(/@.*$/, "") ?? fileOf(organizations.get(resourceId)) ?? resourceId,
    }));
    for (const { resourceId, title } of shown.sort((one, other) => compared(one.title, other.title))) {
      const address = there.addresses.get(resourceId);
      module.declare("FeatureFlagTarget", {
        title: `${slug} ${title}`,
        comment: address === undefined ? undefined : oneComment(address),
        inputs: {
          slug: reference ? module.refer(reference, "slug") : slug,
          resourceId: referred(module, organizations, resourceId),
        },
        // It has no id of its own.
        id: resourceId,
      });
    }
  }
  const silent = there.flags.filter((flag) => !flag.enabled || flag.default_value);
  if (silent.length > 0) {
    leftOut.say(
      `targets of ${plural(silent.length, "feature flag")} (${silent.map(({ slug }) => slug).join(", ")})`,
      "WorkOS does not tell them of a flag that is off, or on by default",
    );
  }
}

const fileOf = (reference: Reference | undefined) => /([^/]+)\.ts$/.exec(reference?.module.path ?? "")?.[1];

function auditLogsFile(program: Program, { auditLogActions }: EnvironmentThere): void {
  const module = program.module("audit-logs.ts", "Which events audit logs take.");
  for (const { name: action, schema } of auditLogActions) {
    module.declare("AuditLogSchema", {
      title: action,
      inputs: {
        action,
        targets: schema.targets.map(({ type, metadata }): Value => ({
          type,
          metadata: metadata === undefined ? undefined : fromJson(metadata),
        })),
        actor: schema.actor && { metadata: fromJson(schema.actor.metadata) },
        metadata: schema.metadata === undefined ? undefined : fromJson(schema.metadata),
        adopt,
      },
      id: action,
    });
  }
}

/** Values that are in no file, but in the stack's configuration: what needs one is declared once that has it. */
class Secrets {
  readonly #keys = new Names();
  #config: string | undefined;

  constructor(
    readonly module: Module,
    readonly heading: string,
    readonly all: string[],
  ) {}

  /** What stands before a resource, and around it. */
  of(title: string): { before: string; where: string } {
    if (this.#config === undefined) {
      this.module.import('import * as pulumi from "@pulumi/pulumi";');
      this.#config = this.module.variable("config");
      this.module.add(`const ${this.#config} = new pulumi.Config("${this.heading}");`);
    }
    const key = this.#keys.resource(title, "value");
    const where = this.module.variable(key);
    this.all.push(`${this.heading}:${key}`);
    return { before: `const ${where} = ${this.#config}.getSecret("${key}");`, where };
  }
}

function vaultFile(
  program: Program,
  { vaultObjects }: EnvironmentThere,
  organizations: ReadonlyMap<string, Reference>,
  all: string[],
): void {
  const module = program.module(
    "vault.ts",
    "What is kept encrypted: each object is declared once its value is in the stack's configuration.",
  );
  const secrets = new Secrets(module, "vault", all);
  for (const { id, name, metadata } of vaultObjects) {
    const secret = secrets.of(name);
    const context = Object.entries(metadata.context).map(([key, value]) => [
      key,
      referred(module, organizations, value),
    ]);
    module.declare("VaultObject", {
      title: name,
      inputs: {
        name,
        value: expression(secret.where),
        keyContext: Object.fromEntries(context) as Record<string, Value>,
        adopt,
      },
      id,
      ...secret,
    });
  }
}

/** By slug, those that others can name. */
function dataIntegrationsFile(program: Program, all: readonly DataIntegrationObject[], secretKeys: string[]) {
  const module = program.module("data-integrations.ts", "Other services that people connect their accounts of.");
  const secrets = new Secrets(module, "dataIntegrations", secretKeys);
  const references = new Map<string, Reference>();
  for (const one of all) {
    const { slug, credentials } = one;
    const isCustom = credentials?.type === "custom";
    const secret = isCustom ? secrets.of(`${slug} client secret`) : undefined;
    const custom = one.custom_provider;
    const reference = module.declare("DataIntegration", {
      title: slug,
      variable: isCustom ? undefined : slug,
      isExported: true,
      inputs: {
        provider: slug,
        description: filled(one.description),
        enabled: one.enabled,
        scopes: filled(one.scopes),
        authMethods: one.auth_methods.join() === "oauth" ? undefined : filled(one.auth_methods),
        config: filled(one.config),
        credentialsType: credentials?.type,
        clientId: isCustom ? filled(credentials.client_id) : undefined,
        clientSecret: secret && expression(secret.where),
        customProvider: custom
          ? {
              name: custom.name,
              authorizationUrl: filled(custom.authorization_url),
              tokenUrl: filled(custom.token_url),
              refreshTokenUrl: filled(custom.refresh_token_url),
              pkceEnabled: custom.pkce_enabled,
              requestScopeSeparator: filled(custom.request_scope_separator),
              scopesRequired: custom.scopes_required,
              clientSecretRequired: custom.client_secret_required,
              additionalAuthorizationParameters: filled(custom.additional_authorization_parameters),
              tokenBodyContentType: filled(custom.token_body_content_type),
              authenticateVia: custom.authenticate_via,
            }
          : undefined,
        adopt,
      },
      id: one.id,
      ...secret,
    });
    if (reference && !isCustom) references.set(slug, reference);
  }
  return references;
}

/** What the vendor tells once, or nobody. */
function sayWhatCannotBeRead(there: EnvironmentThere, takesOver: TakesOver, leftOut: LeftOut): void {
  const { organizations, applications, only } = there;
  if (!only)
    leftOut.say("Radar's lists", "WorkOS lets nobody read them; a program declares their entries as RadarListEntry");
  if (takesOver === "import") {
    sayWhatIsInNoImport(there, leftOut);
    return;
  }
  const once = "WorkOS tells a key once, when it is made: they go on working, and a program makes new ones";
  for (const { organization, apiKeys } of organizations) {
    if (apiKeys.length > 0) leftOut.say("API keys", once, `${organization.name} (${counted(apiKeys.length)})`);
  }
  leftOut.say("API keys of single people", `no list has them, and ${once}`);
  if (applications.length > 0) {
    leftOut.say(
      "secrets of Connect applications",
      "WorkOS tells one once, when it is made: they go on working, and a program makes new ones",
    );
  }
}

/** Values that an import cannot find out of what it does take over, and what it leaves alone. */
function sayWhatIsInNoImport({ organizations, applicationSecrets }: EnvironmentThere, leftOut: LeftOut): void {
  const keys = organizations.flatMap(({ apiKeys, userApiKeys }) => [...apiKeys, ...userApiKeys]);
  const good = keys.filter(isGood).length;
  const secrets = [...applicationSecrets.values()].flat().length;
  const once = "WorkOS tells one once, when it is made: the output stays empty, and what uses it goes on working";
  if (good > 0) leftOut.say(`values of ${plural(good, "API key")}`, once);
  if (secrets > 0) leftOut.say(`values of ${plural(secrets, "client secret")}`, once);
  if (good < keys.length) leftOut.say(plural(keys.length - good, "API key"), "they have ended");
  leftOut.say("passwords", "WorkOS tells them nobody: they stay as they are");
}
