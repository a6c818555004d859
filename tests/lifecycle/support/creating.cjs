// A provider process that creates one object and says what came of it, and then lives on as if the engine had not yet
// been told. Arguments: the address of AuthKit, its key, the journal's directory, the stack, the kind, the inputs.
const { createApi } = require("../../../dist/api");
const { contextOf, create, journalIn } = require("../../../dist/provider/lifecycle");
const { resources } = require("../../../dist/provider/resources");

const [baseUrl, apiKey, directory, stack, kind, inputs] = process.argv.slice(2);
const journal = journalIn(directory, "test", { project: "acme", stack: () => Promise.resolve(stack) });

create(resources[kind], JSON.parse(inputs), contextOf({ api: createApi({ apiKey, baseUrl }), journal })).then(
  ({ id, outs }) => console.log(JSON.stringify({ id, value: outs.value })),
  ({ message }) => console.log(JSON.stringify({ error: message })),
);
process.stdin.resume();
