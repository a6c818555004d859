/** What makes a folder a Pulumi project: written where there is none yet, and never over what is there. */
import { packageVersion } from "../../api/http/version";
import { dashed } from "../program/names";

/** @param folder the name of the folder. */
export function projectFiles(folder: string): ReadonlyMap<string, string> {
  const name = dashed(folder, "workos");
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    ["Pulumi.yaml", `name: ${name}\ndescription: The WorkOS environment, as a program\nruntime: nodejs\n`],
    [
      "package.json",
      json({
        name,
        private: true,
        main: "index.ts",
        dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-workos": `^${packageVersion()}` },
        devDependencies: { typescript: "~5.9.3" },
      }),
    ],
    [
      "tsconfig.json",
      `{
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
`,
    ],
  ]);
}
