import { readFileSync } from "node:fs";
import { type Command, parsed, processIo, UsageError } from "../command";
import { convert, type TerraformState } from "../tfstate";

export const fromTfstate: Command = {
  name: "from-tfstate",
  summary: "Turn the Terraform provider's resources into a program that adopts them",
  help: `Usage: pulumi-workos from-tfstate FILE [--json]

Reads a Terraform or OpenTofu state and writes a TypeScript program to standard output that takes over its users,
organizations, their domains, and memberships: nothing is created twice. Standard error lists what is not taken along.
Secrets in the state are not; a password stays as it is at WorkOS.

Options:
  --json   the program in a JSON object, with the addresses of what it adopts and of what it does not

Examples:
  terraform state pull > state.json && pulumi-workos from-tfstate state.json > index.ts
  tofu state pull > state.json && pulumi-workos from-tfstate state.json --json

Once \`pulumi up\` has adopted everything, let Terraform forget it with \`terraform state rm\`, or it manages it too.

Exit codes: 0 done, 1 failed, 64 wrong usage.`,
  run(args, io = processIo) {
    const { values, positionals } = parsed(args, { json: { type: "boolean" } });
    const [file] = positionals;
    if (file === undefined) throw new UsageError("from-tfstate needs the path of a state file.");
    const converted = convert(parseState(file));
    if (values.json) {
      io.out(JSON.stringify(converted, undefined, 2));
      return Promise.resolve(0);
    }
    io.out(converted.program);
    for (const { address, reason } of converted.skipped) io.err(`Not taken along: ${address}: ${reason}.`);
    io.err(`${converted.adopted.length} of ${converted.adopted.length + converted.skipped.length} are taken over.`);
    return Promise.resolve(0);
  },
};

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
