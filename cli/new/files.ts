/** The files of a new project. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { packageVersion } from "../../api/http/version";
import { ownManifest } from "../doctor/manifest";
import { installCommand, type PackageManager, runCommand } from "../doctor/package-manager";
import { compilerOptions } from "../environment/project-files";
import { dashed } from "../program/names";

export type Template = "program" | "rosters";
export type Workflows = "none" | "github" | "gitlab";

export interface NewProject {
  /** The name of the folder. */
  readonly folder: string;
  readonly template: Template;
  readonly workflows: Workflows;
  readonly manager: PackageManager;
  readonly stack: string;
}

/** What a project from nothing is about: an organization of the local AuthKit. */
const local = { id: "org_01LOCALACME", name: "Acme" };

/** What every new project has besides its program. */
export function surroundings(project: NewProject): Map<string, string> {
  const { folder, template, workflows, stack } = project;
  const { devDependencies = {} } = ownManifest();
  const name = dashed(folder, "access");
  const manifest = {
    name,
    private: true,
    main: "index.ts",
    scripts: { start: `pulumi-workos start --stack ${stack}`, doctor: `pulumi-workos doctor --stack ${stack}` },
    // Those that the package is made and tested with.
    dependencies: {
      "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
      "pulumi-workos": packageVersion(),
      ...(workflows === "none" ? {} : { yaml: ownManifest().dependencies?.yaml }),
    },
    devDependencies: { typescript: devDependencies.typescript },
  };
  return new Map([
    ["package.json", `${JSON.stringify(manifest, undefined, 2)}\n`],
    ["tsconfig.json", compilerOptions],
    [
      "Pulumi.yaml",
      `name: ${name}\ndescription: ${template === "rosters" ? "Who may do what in our WorkOS organizations" : "The WorkOS environment, as a program"}\nruntime: nodejs\n`,
    ],
    [".gitignore", "node_modules/\n.local/\npreview.json\ncomment.md\ndrift.md\n"],
    ["README.md", readme(project)],
    ...workflowFiles(project),
  ]);
}

/** A program that runs against a local AuthKit as it is. */
export const sampleProgram = `import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });
const ann = new workos.User("ann", { email: "ann@example.com", firstName: "Ann" });

new workos.OrganizationMembership("ann-acme", {
  userId: ann.id,
  organizationId: acme.id,
  roleSlug: "admin",
});
new workos.Invitation("bob", {
  email: "bob@example.com",
  organizationId: acme.id,
  roleSlug: "member",
});

export const organizationId = acme.id;
`;

/** The program beside rosters: one stack an organization. */
const rosterProgram = `import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

// One stack per organization: rosters/STACK says who has access to it.
const folder = \`rosters/\${pulumi.getStack()}\`;
const { organization, members, requiredAdmins } = workos.loadRoster(folder);
if (organization === undefined) {
  throw new pulumi.RunError(\`Write organization: org_… into a file of \${folder}.\`);
}

const people = new workos.OrganizationRoster("people", {
  organizationId: organization,
  members,
  guards: { requiredAdmins: [...requiredAdmins] },
});

export const counts = people.counts;
`;

/** @param roster the text of the roster, where there is an organization already. */
export function rosterFiles({ stack }: NewProject, roster?: string): Map<string, string> {
  const schema = "# yaml-language-server: $schema=../../node_modules/pulumi-workos/schema/roster.schema.json";
  const sample = [
    schema,
    "# The organization of the local AuthKit. At WorkOS, its id there: `npx pulumi-workos init` names them.",
    `organization: ${local.id}`,
    "members:",
    "  ann@example.com: { roles: [admin] }",
    "  ben@example.com: { roles: [member] }",
    "  cleo@example.com: { roles: [member], via: invitation }",
    "",
  ].join("\n");
  return new Map([
    [`rosters/${stack}/organization.yaml`, roster?.replace(/^# yaml-language-server.*$/m, schema) ?? sample],
    ...(roster === undefined
      ? [
          [
            "authkit.yaml",
            `# What the local AuthKit has at its start.\norganizations:\n  - { id: ${local.id}, name: ${local.name} }\n`,
          ] as const,
        ]
      : []),
    ["index.ts", rosterProgram],
  ]);
}

/** Those of examples/gitops, which the build puts beside this; one forge's, for the project's own stack. */
function workflowFiles({ workflows, stack }: NewProject): (readonly [string, string])[] {
  if (workflows === "none") return [];
  const folder = join(dirname(createRequire(__filename).resolve("pulumi-workos/package.json")), "dist/cli/new/gitops");
  const other = workflows === "github" ? ".gitlab-ci.yml" : ".github";
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile() && path.split(sep)[0] !== other)
    .map((path) => [
      relative(folder, join(folder, path)).replaceAll(sep, "/"),
      readFileSync(join(folder, path), "utf8").replace(/^( *STACK:) acme$/m, `$1 ${stack}`),
    ]);
}

function readme({ folder, template, workflows, manager, stack }: NewProject): string {
  const run = runCommand(manager);
  const what =
    template === "rosters"
      ? `Who may do what, by organization: \`rosters/${stack}\` is everybody who has access, one line a person.`
      : "A WorkOS environment as a program: `index.ts` says what is there.";
  const flow =
    workflows === "none"
      ? []
      : [
          "",
          `A pull request gets a comment that says who gains and loses access; a merge applies it; every night both sides are compared. The workflows need \`WORKOS_API_KEY\` and where the state lives (\`PULUMI_ACCESS_TOKEN\`, or \`PULUMI_BACKEND_URL\` and \`PULUMI_CONFIG_PASSPHRASE\`)${workflows === "github" ? ", as secrets of the environments `preview`, `production` and `drift`" : ", as masked variables"}. Keep the repository private: comments name people.`,
        ];
  return `# ${folder}

${what}

\`\`\`sh
${installCommand(manager)}
${manager} start
\`\`\`

Until the stack has a key, \`${manager} start\` runs the program against a local AuthKit on this machine, which keeps what it has in \`.local\`. With a key it is \`pulumi up\`:

\`\`\`sh
pulumi stack init ${stack}
pulumi config set --secret workos:apiKey --stack ${stack}
${manager} start
\`\`\`

\`${run} pulumi-workos doctor\` says what keeps a program from running.
${flow.join("\n")}${flow.length > 0 ? "\n" : ""}`;
}
