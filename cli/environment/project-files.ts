/** What makes a folder a Pulumi project: written where there is none yet, and never over what is there. */
import { packageVersion } from "../../api/http/version";
import { dashed } from "../program/names";
import type { TakesOver } from "../program/program";

export type Language = "typescript" | "yaml";

interface Project {
  readonly takesOver: TakesOver;
  readonly language: Language;
}

/** Where a package manager puts what packages bring as commands, the plugin among them. */
const plugin = `plugins:
  providers:
    - name: workos
      path: node_modules/.bin
`;

/** @param folder the name of the folder. */
export function projectFiles(folder: string, { takesOver, language }: Project): ReadonlyMap<string, string> {
  const name = dashed(folder, "workos");
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  const isTypescript = language === "typescript";
  const runtime = `runtime: ${isTypescript ? "nodejs" : "yaml"}\n`;
  const project = `name: ${name}\ndescription: The WorkOS environment, as a program\n${runtime}`;
  const packages = {
    name,
    private: true,
    ...(isTypescript ? { main: "index.ts" } : {}),
    dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-workos": `^${packageVersion()}` },
    ...(isTypescript ? { devDependencies: { typescript: "~5.9.3" } } : {}),
  };
  return new Map([
    ["Pulumi.yaml", takesOver === "import" ? project + plugin : project],
    ["package.json", json(packages)],
    ...(isTypescript ? ([["tsconfig.json", compilerOptions]] as const) : []),
  ]);
}

const compilerOptions = `{
  "compilerOptions": {
    "strict": true,
    "target": "es2022",
    "module": "commonjs",
    "moduleResolution": "node",
    "skipLibCheck": true,
    "noEmit": true
  },
  "files": ["index.ts"]
}
`;
