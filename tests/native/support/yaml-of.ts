/** A program in TypeScript that does nothing but declare resources, as the same in YAML. */
import { asYaml } from "./plugin";
import { runInNewContext } from "node:vm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

interface Declared {
  readonly type: string;
  readonly properties: unknown;
  readonly options?: object;
}

/** Stands for a resource and for each of its outputs, as YAML refers to them. */
const reference = (name: string): object =>
  new Proxy(
    {},
    {
      get: (_target, property) => {
        if (typeof property === "symbol") return undefined;
        return property === "toJSON" ? () => `\${${name}}` : `\${${name}.${property}}`;
      },
    },
  );

interface Options {
  readonly dependsOn?: object;
}

export function yamlOf(program: string): string {
  const { outputText } = transpileModule(program, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const resources: Record<string, Declared> = {};
  const classes = new Proxy(
    {},
    {
      get: (_target, kind) =>
        function (name: string, properties: object, { dependsOn, ...options }: Options = {}) {
          const after = dependsOn ? { dependsOn: [dependsOn].flat() } : {};
          resources[name] = { type: `workos:${String(kind)}`, properties, options: { ...options, ...after } };
          return reference(name);
        },
    },
  );
  const outputs: Record<string, unknown> = {};
  // The tests' own text: what it imports is this alone.
  runInNewContext(outputText, { require: () => classes, exports: outputs });
  const exported = Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "__esModule"));
  return asYaml({ resources, outputs: exported });
}
