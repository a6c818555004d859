// The requests that docs/local-authkit.md shows are carried out, as they are written there.
import { type Emulator, startEmulator } from "../../emulator";
import { shellCommands } from "../support/markdown";
import { read } from "../support/repository";

const requests = shellCommands(read("docs/local-authkit.md")).filter((command) => command.startsWith("curl "));

let authKit: Emulator;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  authKit = await startEmulator({
    seed: {
      organizations: [{ id: "org_acme", name: "Acme" }],
      roles: [{ slug: "editor" }],
      connections: [{ id: "conn_acme", organization: "org_acme", name: "Entra" }],
      directories: [{ id: "directory_acme", organization: "org_acme", name: "Entra" }],
    },
  });
  const told = { endpoint_url: `${authKit.url}/nobody`, events: ["user.created"] };
  await api("/webhook_endpoints", told);
  const { id: user } = await api("/user_management/users", { email: "ann@example.com" });
  const { id: organization } = await api("/organizations", { name: "Acme" });
  const membership = { user_id: user, organization_id: organization };
  const { id } = await api("/user_management/organization_memberships", membership);
  const added = { organization_id: organization, domain: "acme.example" };
  const { id: domain } = await api("/organization_domains", added);
  const { id: origin } = await api("/user_management/cors_origins", { origin: "https://app.example.com" });
  const [delivery] = authKit.control.deliveries.list();
  ids = {
    ...{ USER_ID: user, MEMBERSHIP_ID: id, DOMAIN_ID: domain, ORIGIN_ID: origin },
    ...{ CONNECTION_ID: "conn_acme", DIRECTORY_ID: "directory_acme", DELIVERY_ID: delivery?.id ?? "" },
  };
});
afterAll(() => authKit.close());

async function api(path: string, body: Readonly<Record<string, string | string[]>>): Promise<{ id: string }> {
  const answer = await fetch(authKit.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${authKit.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { id: string };
}

/** What curl would do with the few options that the page uses. */
function curl(command: string): Promise<Response> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const variables: Readonly<Record<string, string>> = { AUTHKIT: authKit.url, ...ids };
  const address = words.find((word) => word.startsWith("$AUTHKIT")) ?? "";
  return fetch(
    address.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => variables[name] ?? "unknown"),
    { method: option("-X") ?? "GET", body: option("-d") },
  );
}

it("the page shows requests", () => {
  expect(requests.length).toBeGreaterThan(15);
});

// Resetting forgets the user and the membership that others name.
const isReset = (request: string) => request.endsWith("/reset");

it.each([...requests.filter((request) => !isReset(request)), ...requests.filter(isReset)])("%s", async (request) => {
  const answer = await curl(request);
  // The text says what is wrong, if anything.
  expect(answer.ok ? "" : await answer.text()).toBe("");
});

it("the page for people is where the page says", async () => {
  const answer = await fetch(`${authKit.url}/_emulator`);
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect(answer.status).toBe(200);
});
