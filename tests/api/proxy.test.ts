/** Proxies, as the environment names them, with a real one on loopback. */
import { createServer, request as ask, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { failure, useServer, userObject } from "./support/api";

const { server, api } = useServer();

/** Forwards requests and tunnels, and notes them. */
let proxy: Server;
let through: string[];
const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
let before: (string | undefined)[];

beforeEach(async () => {
  through = [];
  before = names.map((name) => process.env[name]);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  proxy = createServer((from, to) => {
    through.push(`${from.method} ${from.url}`);
    const forwarded = ask(from.url ?? "", { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    from.pipe(forwarded);
  }).on("connect", ({ url = "" }, socket) => {
    through.push(`CONNECT ${url}`);
    const [host = "", port] = url.split(":");
    const tunnel = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(socket);
      socket.pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  names.forEach((name, index) => {
    const value = before[index];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  });
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});
const proxyUrl = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

it.each(["HTTP_PROXY", "http_proxy"])("requests go through %s", async (name) => {
  process.env[name] = proxyUrl();
  server().reply({ status: 200, json: userObject("user_1") });
  const client = api();
  expect((await client.users.get({ id: "user_1" })).id).toBe("user_1");
  await client.close();
  expect(through).toHaveLength(1);
  expect(through[0]).toContain(new URL(server().url).host);
});

it("what NO_PROXY lists is reached directly", async () => {
  process.env.HTTP_PROXY = proxyUrl();
  process.env.NO_PROXY = "localhost,127.0.0.1";
  server().reply({ status: 200, json: userObject("user_1") });
  await api().users.get({ id: "user_1" });
  expect(through).toEqual([]);
});

it("the vendor's address is asked for by a tunnel of HTTPS_PROXY, whose refusal is no answer of the vendor's", async () => {
  process.env.HTTPS_PROXY = proxyUrl();
  proxy.removeAllListeners("connect");
  proxy.on("connect", ({ url = "" }, socket) => {
    through.push(`CONNECT ${url}`);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  const client = api({ baseUrl: "https://api.workos.com", retry: { maxAttempts: 1 } });
  expect(await failure(client.users.delete({ id: "user_1" }))).toMatchObject({ kind: "network", ambiguous: false });
  expect(through).toEqual(["CONNECT api.workos.com:443"]);
});
