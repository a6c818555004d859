import { readFileSync } from "node:fs";
import { command, pathIn, UsageError } from "../command";
import { convert } from "../terraform";

export const fromTfstate = command({
  usage: "FILE [--json]",
  about: `Reads a Terraform or OpenTofu state and writes a TypeScript program to standard output that takes over everything of
WorkOS's in it that an API can make: nothing is created twice, and the first run writes nothing to WorkOS. Standard error
lists what is not taken along, and why. Secrets in the state are written nowhere: a password stays as it is at WorkOS, and
what Terraform marks as sensitive is read from the stack's configuration.`,
  options: {
    json: {
      type: "boolean",
      says: "the program in a JSON object, with the addresses of what it adopts and of what it does not, and notes",
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
    const path = pathIn(io, file);
    const converted = convert(readFileSync(path, "utf8"), path);
    if (json) {
      io.out(JSON.stringify(converted, undefined, 2));
      return "done";
    }
    const { program, adopted, skipped, notes } = converted;
    io.out(program);
    for (const { address, reason } of skipped) io.err(`Not taken along: ${address}: ${reason}.`);
    for (const { address, note } of notes) io.err(`To know: ${address}: ${note}.`);
    io.err(`${adopted.length} of ${adopted.length + skipped.length} are taken over.`);
    return "done";
  },
});
