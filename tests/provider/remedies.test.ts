/** What errors tell users of Pulumi to check: the client's own words know no stacks. */
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { readConfig } from "../../provider/config";
import { apiFor } from "../../provider/host";
import { failure } from "../api/support/api";

const apiAt = (port: number) =>
  apiFor(
    readConfig((name) => (name === "apiKey" ? "sk_test_1" : undefined), {
      WORKOS_BASE_URL: `http://127.0.0.1:${port}`,
    }),
  );

it("a refused key: which key is used, and the trap of refresh and destroy", async () => {
  const server = createServer((_request, response) => response.writeHead(401).end('{"message":"Unauthorized"}'));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api = apiAt((server.address() as AddressInfo).port);
  const { message } = await failure(api.users.get({ id: "user_1" }));
  expect(message.split("\n")[1]).toBe(
    "Check the API key: stack config `workos:apiKey`, else the environment variable WORKOS_API_KEY. During " +
      "`pulumi refresh`, `pulumi destroy` and `pulumi up --refresh` Pulumi uses the config of the last `pulumi up`, so a " +
      "key that was rotated since is not seen: add `--run-program`.",
  );
  await api.close();
  await new Promise((resolve) => server.close(resolve));
});

it("nobody at that address: which setting it comes from", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const api = apiAt(port);
  const { message } = await failure(api.users.update({ id: "user_1" }, { totalMs: 500 }));
  expect(message.split("\n")[1]).toBe(
    "Nothing listens at that address: check `workos:baseUrl` (WORKOS_BASE_URL), and that the server behind it is running.",
  );
  await api.close();
});
