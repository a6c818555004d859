import { readFileSync } from "node:fs";
import { commentOf, type Preview } from "../comment";
import { type Command, parsed, processIo } from "../command";

export const comment: Command = {
  name: "comment",
  summary: "Render a preview as one Markdown comment, people and risk first",
  help: `Usage: pulumi preview --json | pulumi-workos comment [FILE] [--json]

Renders the JSON of a preview for reviewers: who gains, loses or changes what, the riskiest first, and what guards will
refuse. Under 65,536 characters however large the change. It begins with a marker by which it can be found and edited.

Options:
  --json   the Markdown in a JSON object, as GitHub's API takes it: {"body": …}

Examples:
  pulumi preview --json --refresh --run-program > preview.json && pulumi-workos comment preview.json
  pulumi preview --json | pulumi-workos comment --json

Exit codes: 0 done, 1 failed, 64 wrong usage.`,
  async run(args, io = processIo) {
    const { values, positionals } = parsed(args, { json: { type: "boolean" } });
    const [file] = positionals;
    const text = file === undefined ? await io.input() : readFileSync(file, "utf8");
    const body = commentOf(parsePreview(text));
    io.out(values.json ? JSON.stringify({ body }) : body);
    return 0;
  },
};

function parsePreview(text: string): Preview {
  try {
    return JSON.parse(text) as Preview;
  } catch {
    throw new Error(
      "That is no JSON of `pulumi preview --json`. What the preview printed instead may say what went wrong.",
    );
  }
}
