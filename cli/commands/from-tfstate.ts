import { readFileSync } from "node:fs";
import { command, pathIn, UsageError } from "../command";
import { convert, type TerraformState } from "../tfstate";

export const fromTfstate = command({
  usage: "FILE [--json]",
  about: `Reads a Terraform or OpenTofu state and writes a TypeScript program to standard output that takes over its users,
organizations, their domains, and memberships: nothing is created twice. Standard error lists what is not taken along.
Secrets in the state are not; a password stays as it is at WorkOS.`,
  options: {
    json: {
      type: "boolean",
      says: "the program in a JSON object, with the addresses of what it adopts and of what it does not",
    },
  },
  operand: true,
  examples: [
    "terraform state pull > state.json && pulumi-workos from-tfstate state.json > index.ts",
    "tofu state pull > state.json && pulumi-workos from-tfstate state.json --json",
  ],
  after:
    "Once `pulumi up` has adopted everything, let Terraform forget it with `terraform state rm`, or it manages it too.",
  exits: { done: "done", failed: "failed" },
  run({ json }, io, file) {
    if (file === undefined) throw new UsageError("from-tfstate needs the path of a state file.");
    const converted = convert(parseState(pathIn(io, file)));
    if (json) {
      io.out(JSON.stringify(converted, undefined, 2));
      return "done";
    }
    io.out(converted.program);
    for (const { address, reason } of converted.skipped) io.err(`Not taken along: ${address}: ${reason}.`);
    io.err(`${converted.adopted.length} of ${converted.adopted.length + converted.skipped.length} are taken over.`);
    return "done";
  },
});

function parseState(file: string): TerraformState {
  const text = readFileSync(file, "utf8");
  try {
    const state: unknown = JSON.parse(text);
    if (typeof state === "object" && state !== null && "resources" in state && Array.isArray(state.resources)) {
      return state as TerraformState;
    }
  } catch {
    // Said below.
  }
  throw new Error(
    `${file} is no Terraform state of version 4. Write one with \`terraform state pull > ${file}\`; \`terraform show -json\` is another format.`,
  );
}
