/** A program with every input of every kind, each of them an output of something that is not created yet. */
import { kinds } from "../../../provider/resources";
import { rows } from "../../kinds";

/** What only the dashboard makes. */
export const dashboardSeed = { feature_flags: [{ slug: "beta" }, { slug: "gamma" }] };

export function programOfEverything(): string {
  const isOutput = (value: unknown): value is string => typeof value === "string" && /^[A-Z]\w*\d\.\w+$/.test(value);
  const inputOf = (value: unknown) => {
    if (isOutput(value)) return value;
    const outputs = Array.isArray(value) && value.length > 0 && value.every(isOutput);
    return outputs ? `[${value.join(", ")}]` : `later(${JSON.stringify(value)} as const)`;
  };
  const lines = kinds.flatMap((kind) =>
    rows[kind].everything.map((inputs, index) => {
      const args = Object.entries(inputs).map(([name, value]) => `${name}: ${inputOf(value)}`);
      return `const ${kind}${index} = new workos.${kind}("${kind}${index}", { ${args.join(", ")} } as never);`;
    }),
  );
  return `import * as workos from "pulumi-workos";
    const base = new workos.Organization("base", { name: "Base" });
    const later = <T>(value: T) => base.id.apply(() => value);\n${lines.join("\n")}`;
}
