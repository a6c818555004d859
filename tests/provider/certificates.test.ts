/**
 * A network whose authority only this machine knows, as behind a proxy that inspects TLS: `NODE_EXTRA_CA_CERTS` makes it
 * trusted, in processes of their own, and without it what fails says so.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createServer, type Server } from "node:tls";
import { type Emulator, startEmulator } from "../../emulator";
import { makeCertificates } from "../support/certificates";

const folder = mkdtempSync(join(tmpdir(), "certificates-"));
const authority = join(folder, "authority.pem");
const stranger = join(folder, "stranger.pem");

let emulator: Emulator;
let server: Server;
let proxy: HttpServer;
let tunnels: string[];
const portOf = (of: Server | HttpServer) => (of.address() as AddressInfo).port;

beforeAll(async () => {
  const made = makeCertificates();
  writeFileSync(authority, made.authority);
  writeFileSync(stranger, makeCertificates().authority);
  emulator = await startEmulator({ seed: { organizations: [{ id: "org_1", name: "Acme" }] } });
  // TLS ends here, and what was in it goes on to AuthKit.
  server = createServer(made.server, (socket) => {
    const inner = connect(emulator.port, "127.0.0.1");
    socket.pipe(inner).pipe(socket);
    socket.on("error", () => inner.destroy());
    inner.on("error", () => socket.destroy());
  });
  proxy = createHttpServer().on("connect", ({ url = "" }, socket) => {
    tunnels.push(url);
    const tunnel = connect(portOf(server), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(tunnel).pipe(socket);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy());
  });
  for (const one of [server, proxy]) await new Promise<void>((go) => one.listen(0, "127.0.0.1", go));
});
beforeEach(() => {
  emulator.control.reset();
  tunnels = [];
});
afterAll(async () => {
  proxy.closeAllConnections();
  for (const one of [server, proxy]) await new Promise((done) => one.close(done));
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const commands = {
  provider: [resolve(__dirname, "support/one-call.cjs"), "provider"],
  client: [resolve(__dirname, "support/one-call.cjs"), "client"],
  doctor: [resolve(__dirname, "../../dist/cli/index.js"), "doctor"],
  init: [resolve(__dirname, "../../dist/cli/index.js"), "init", "--organization", "org_1"],
} as const;
type Command = keyof typeof commands;

/** What a process prints with these variables, none of this machine's own among them. */
function ran(command: Command, env: Record<string, string> = {}): Promise<string> {
  const own = {
    ...{ PATH: process.env.PATH, HOME: folder, NO_COLOR: "1" },
    ...{ WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: `https://localhost:${portOf(server)}`, ...env },
  };
  return new Promise((done) => {
    execFile(process.execPath, commands[command], { env: own, cwd: folder }, (_error, out, err) => done(out + err));
  });
}

const trusting = { NODE_EXTRA_CA_CERTS: authority };
const every = Object.keys(commands) as Command[];
const works: Readonly<Record<Command, RegExp>> = {
  provider: /^\{"id":"org_\w+"\}/,
  client: /^\{"id":"org_\w+"\}/,
  doctor: /✓ address.*\(TLS\)[^]*✓ credentials/,
  init: /org_1/,
};

test.each(every)("the %s trusts an authority that NODE_EXTRA_CA_CERTS names", async (command) => {
  const said = await ran(command, trusting);
  expect(said).toMatch(works[command]);
  expect(said.replace(/^✓ authorities: .+$/m, "")).not.toContain("NODE_EXTRA_CA_CERTS");
});

test.each(every)("the %s reaches it through a proxy as well", async (command) => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, WORKOS_BASE_URL: "https://localhost" };
  expect(await ran(command, { ...trusting, ...env })).toMatch(works[command]);
  expect(new Set(tunnels)).toEqual(new Set(["localhost:443"]));
});

test.each(every)("without it the %s says what to do, and nothing was sent", async (command) => {
  const said = await ran(command);
  expect(said).toContain("NODE_EXTRA_CA_CERTS");
  expect(said).not.toMatch(/NODE_TLS_REJECT_UNAUTHORIZED/);
  expect(emulator.control.requests.list()).toEqual([]);
});

test.each(every)("another authority is not the %s's", async (command) => {
  expect(await ran(command, { NODE_EXTRA_CA_CERTS: stranger })).toContain("NODE_EXTRA_CA_CERTS");
  expect(emulator.control.requests.list()).toEqual([]);
});

test.each(every)("a variable that names no proxy is an error of the %s's that shows no password", async (command) => {
  const said = await ran(command, { ...trusting, HTTPS_PROXY: "socks5://user:secret-word@127.0.0.1:1080" });
  expect(said).toContain(
    "HTTPS_PROXY is not the address of an HTTP proxy: write it like http://proxy.example.com:3128",
  );
  expect(said).not.toContain("secret-word");
  expect(emulator.control.requests.list()).toEqual([]);
});

test.each(every)("what NO_PROXY lists is reached directly by the %s", async (command) => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, NO_PROXY: "*.internal,localhost" };
  expect(await ran(command, { ...trusting, ...env })).toMatch(works[command]);
  expect(tunnels).toEqual([]);
});

test("doctor says when the file that NODE_EXTRA_CA_CERTS names cannot be read", async () => {
  const missing = join(folder, "missing.pem");
  expect(await ran("doctor", { NODE_EXTRA_CA_CERTS: missing })).toContain(
    `NODE_EXTRA_CA_CERTS names ${missing}, which cannot be read`,
  );
  expect(await ran("doctor", { NODE_EXTRA_CA_CERTS: stranger })).toContain(
    `NODE_EXTRA_CA_CERTS names ${stranger}, which does not have the authority`,
  );
});
