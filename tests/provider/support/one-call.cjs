// A process that asks AuthKit one thing, as the provider or as the client, and prints what came of it as JSON.
const [as] = process.argv.slice(2);

async function asProvider() {
  const provider = require("../../../dist/provider").dynamicProvider("Organization");
  await provider.configure({ config: { get: () => undefined } });
  return (await provider.create({ name: "Acme" })).id;
}

async function asClient() {
  const { createWorkos } = require("../../../dist/client");
  const { WORKOS_API_KEY: apiKey, WORKOS_BASE_URL: baseUrl } = process.env;
  const workos = createWorkos({ apiKey, baseUrl });
  try {
    return (await workos.organizations.create({ name: "Acme" })).id;
  } finally {
    await workos.close();
  }
}

(as === "provider" ? asProvider() : asClient()).then(
  (id) => finish({ id }),
  (error) => finish({ error: error.message }),
);

function finish(result) {
  console.log(JSON.stringify(result));
  process.exit(0);
}
