import { readFileSync } from "node:fs";
import { commentOf, type Preview } from "../comment";
import { command, pathIn, type Outcome } from "../command";

export const comment = command({
  usage: "[FILE] [--json]",
  about: `Renders the JSON of a preview for reviewers: who gains, loses or changes what, the riskiest first, and what the guards
of the stack's configuration will refuse. Under 65,536 characters however large the change, ids last, secrets never. Its
first line is always the same, so that a workflow finds its own comment and edits it. A preview that failed becomes a
comment that says so. With --show-sames the preview tells the addresses of people whose user stays as it is; without,
their memberships are shown by the names of the resources. Without a FILE it reads standard input.`,
  options: {
    json: { type: "boolean", says: 'the Markdown in a JSON object, as GitHub\'s API takes it: {"body": …}' },
  },
  operand: true,
  examples: [
    "pulumi preview --json --show-sames --refresh --run-program > preview.json; pulumi-workos comment preview.json",
    "pulumi preview --json --show-sames | pulumi-workos comment --json",
  ],
  exits: { done: "done, also for a preview that failed", failed: "what was given is no preview" },
  async run({ json }, io, file): Promise<Outcome> {
    const text = file === undefined ? await io.input() : readFileSync(pathIn(io, file), "utf8");
    const body = commentOf(parsePreview(text), { env: io.env });
    io.out(json ? JSON.stringify({ body }) : body);
    return "done";
  },
});

function parsePreview(text: string): Preview {
  const no = "That is no JSON of `pulumi preview --json`. What the preview printed instead may say what went wrong.";
  try {
    const preview: unknown = JSON.parse(text);
    if (typeof preview === "object" && preview !== null && !Array.isArray(preview)) return preview;
  } catch {
    // Said below.
  }
  throw new Error(no);
}
