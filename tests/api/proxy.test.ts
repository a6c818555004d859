/** Proxies, as the environment names them, with a real one on loopback. */
import { createServer, request as ask, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { isExcluded, proxyFor } from "../../api/http/proxy";
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

describe("NO_PROXY", () => {
  const vendor = "https://api.workos.com";
  test.each([
    [vendor, "api.workos.com"],
    [vendor, "workos.com"],
    [vendor, ".workos.com"],
    [vendor, "*.workos.com"],
    [vendor, "API.WorkOS.com."],
    [vendor, "localhost, api.workos.com"],
    [vendor, "localhost api.workos.com"],
    [vendor, "api.workos.com:443"],
    [vendor, "*"],
    [vendor, "localhost,*"],
    ["http://127.0.0.1:4100", "127.0.0.1"],
    ["http://127.0.0.1:4100", "127.0.0.1:4100"],
    ["http://127.0.0.1:4100", "127.0.0.0/8"],
    ["http://localhost:4100", "localhost"],
    ["http://[::1]:4100", "::1"],
    ["http://[::1]:4100", "[::1]"],
    ["http://[::1]:4100", "[::1]:4100"],
    ["http://[fd00::1]", "fd00::/8"],
  ])("leaves %s to no proxy by %j", (origin, list) => {
    expect(isExcluded(origin, { NO_PROXY: list })).toBe(true);
    expect(isExcluded(origin, { no_proxy: list })).toBe(true);
    expect(proxyFor(origin, { HTTP_PROXY: "http://p:1", HTTPS_PROXY: "http://p:1", NO_PROXY: list })).toBeUndefined();
  });

  test.each([
    [vendor, ""],
    [vendor, " , "],
    [vendor, "."],
    [vendor, "os.com"],
    [vendor, "evil-workos.com"],
    [vendor, "api.workos.com:8443"],
    [vendor, "10.0.0.0/8"],
    ["http://127.0.0.1:4100", "10.0.0.0/8"],
    ["http://127.0.0.1:4100", "0.0.1"],
    ["http://127.0.0.1:4100", "127.0.0.1/99"],
    ["http://127.0.0.1:4100", "::1"],
    ["http://127.0.0.1:4100", "127.0.0.1:4101"],
  ])("does not list %s by %j", (origin, list) => {
    expect(isExcluded(origin, { NO_PROXY: list })).toBe(false);
  });
});

test("a proxy may be named without its scheme, and what is none is said without what was written", () => {
  const https = (HTTPS_PROXY: string) => proxyFor("https://api.workos.com", { HTTPS_PROXY });
  expect(https("proxy.corp:3128")).toBe("http://proxy.corp:3128");
  expect(https(" http://user:word@proxy.corp:3128 ")).toBe("http://user:word@proxy.corp:3128");
  expect(https("")).toBeUndefined();
  for (const wrong of ["socks5://user:word@proxy.corp:1080", "http://", "proxy corp"]) {
    expect(() => https(wrong)).toThrow(/^HTTPS_PROXY is not the address of an HTTP proxy: write it like http/);
    expect(() => https(wrong)).not.toThrow(/word|socks/);
  }
});
