/**
 * A web application made of `@workos/authkit-session` alone, as its readme has it: configured by the environment,
 * it says on a line of its own where it listens.
 */
import { CookieSessionStorage, createAuthService } from "@workos/authkit-session";
import { createServer } from "node:http";

class Cookies extends CookieSessionStorage {
  async getCookie(request, name) {
    const pairs = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
    const value = pairs
      .find(([key]) => key === name)
      ?.slice(1)
      .join("=");
    return value === undefined ? null : decodeURIComponent(value);
  }
}
const service = createAuthService({ sessionStorageFactory: (config) => new Cookies(config) });
const cookiesOf = (headers = {}) => headers["Set-Cookie"] ?? headers["set-cookie"] ?? [];

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(String(error?.stack ?? error)));
});

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const go = (location, headers) =>
    response.writeHead(302, { Location: location, "Set-Cookie": cookiesOf(headers) }).end();
  if (pathname === "/login") {
    const { url, headers } = await service.createSignIn(undefined, {});
    return go(url, headers);
  }
  if (pathname === "/callback") {
    const [code, state] = ["code", "state"].map((name) => searchParams.get(name) ?? undefined);
    const { headers } = await service.handleCallback(request, undefined, { code, state });
    return go("/", headers);
  }
  const { auth, refreshedSessionData } = await service.withAuth(request);
  if (pathname === "/logout") {
    const { logoutUrl, headers } = await service.signOut(auth.sessionId, {});
    return go(logoutUrl, headers);
  }
  const saved = refreshedSessionData ? await service.saveSession(undefined, refreshedSessionData) : {};
  const text = auth.user ? `${auth.user.email}, ${auth.organizationId ?? "no organization"}` : "nobody";
  return response.writeHead(200, { "Set-Cookie": cookiesOf(saved.headers) }).end(text);
}

server.listen(Number(new URL(process.env.WORKOS_REDIRECT_URI).port), "127.0.0.1", () => console.log("listening"));
process.on("disconnect", () => process.exit());
