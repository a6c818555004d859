/** A web application as its authors would write it: it sends people to AuthKit's page and keeps a sealed session. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type PkceUrlOptions, type SignIn, type Workos } from "../../../client";

const cookiePassword = "a cookie password of at least 32 characters";

export interface Application {
  readonly url: string;
  close(): Promise<void>;
}

/** Where `/login` sends people; a query of `/login` itself is added to it. */
type LoginOptions = Partial<PkceUrlOptions>;

export async function startApplication(workos: Workos, options: LoginOptions = {}): Promise<Application> {
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const begun = new Map<string, string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const cookie = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1];
    const session = workos.sessions.load({ sessionData: cookie, cookiePassword });
    switch (pathname) {
      case "/login": {
        const asked = { provider: "authkit" as const, ...options, ...Object.fromEntries(searchParams) };
        const login = workos.authentication.getAuthorizationUrlWithPKCE({ redirect_uri: `${url}/callback`, ...asked });
        begun.set(login.state, login.code_verifier);
        return redirect(response, login.url);
      }
      case "/callback": {
        const state = searchParams.get("state") ?? "";
        const code_verifier = begun.get(state);
        if (code_verifier === undefined || !begun.delete(state)) return page(response, "Not begun here");
        const code = searchParams.get("code");
        if (code === null) return page(response, `Not signed in: ${searchParams.get("error") ?? "no reason"}`);
        const result: SignIn = await workos.authentication.withCode({ code, code_verifier });
        if (result.type !== "authenticated") return page(response, `Not signed in: ${result.type}`);
        const sealed = await workos.sessions.seal(result, { cookiePassword });
        response.setHeader("Set-Cookie", `session=${sealed}; HttpOnly; Path=/; SameSite=Lax`);
        return redirect(response, "/");
      }
      case "/logout":
        response.setHeader("Set-Cookie", "session=; Path=/; Max-Age=0");
        return redirect(response, await session.getLogoutUrl({ return_to: `${url}/` }));
      case "/": {
        const check = await session.authenticate();
        if (!check.authenticated) return page(response, "Nobody is signed in");
        const { user, organization_id, claims } = check;
        const role = typeof claims.role === "string" ? claims.role : "no role";
        return page(response, `${user.email} is signed in: ${organization_id ?? "no organization"}, ${role}`);
      }
      default:
        response.writeHead(404).end();
    }
  }
  return { url, close: () => close(server) };
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to }).end();
}

/** `text` is of this test's own making, without a character that HTML knows. */
function page(response: ServerResponse, text: string): void {
  response
    .writeHead(200, { "Content-Type": "text/html" })
    .end(`<!doctype html><link rel="icon" href="data:," /><title>App</title><p>${text}</p>`);
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
