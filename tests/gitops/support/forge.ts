/** The few of GitHub's and GitLab's own endpoints that keep comments and issues, with their permissions and pages. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
  readonly author: { readonly id: number };
}

export interface Issue {
  readonly number: number;
  readonly iid: number;
  readonly title: string;
  readonly labels: readonly string[];
  body: string;
  state: "open" | "closed";
}

interface Access {
  readonly login: string;
  /** As in a workflow: `pull-requests: write`. */
  readonly permissions: Readonly<Record<string, string>>;
}

type Body = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const notFound: Answer = { status: 404, body: { message: "Not Found" } };
const gitlabUserId = 7;
const longest = 65_536;

export class Forge {
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  /** Every write, as method and path. */
  readonly writes: string[] = [];
  private readonly tokens = new Map<string, Access>();
  private next = 1;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Forge> {
    const server = createServer();
    const forge = new Forge(server);
    server.on("request", (request, response) => {
      void forge.answer(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    return forge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((settle) => this.server.close(() => settle()));
  }

  /** A token that may do what `permissions` say, of the bot unless somebody else is named. */
  token(permissions: Access["permissions"], login = "github-actions[bot]"): string {
    const token = `token-${this.next++}`;
    this.tokens.set(token, { login, permissions });
    return token;
  }

  comment(body: string, login: string): Comment {
    const author = { id: login === "github-actions[bot]" ? gitlabUserId : 99 };
    const comment = { id: this.next++, body, user: { login }, author };
    this.comments.push(comment);
    return comment;
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { method = "GET", headers } = request;
    const url = new URL(request.url ?? "/", this.url);
    const token = headers["private-token"] ?? headers.authorization?.replace(/^Bearer /, "");
    const access = this.tokens.get(String(token));
    if (!access) return { status: 401, body: { message: "Bad credentials" } };
    const edit = url.pathname.startsWith("/api/v4/") ? "PUT" : "PATCH";
    const path = url.pathname.replace(/^\/(repos\/acme\/access|api\/v4\/projects\/1|api\/v4)(?=\/)/, "");
    if (path === "/user") return { status: 200, body: { id: gitlabUserId } };
    const scope = /comments|notes/.test(path) ? "pull-requests" : "issues";
    if (method !== "GET" && access.permissions[scope] !== "write") {
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    }
    if (method === "GET") return this.list(path, url.searchParams);
    this.writes.push(`${method} ${path}`);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Body;
    if (String(body.body ?? body.description).length > longest) {
      return { status: 422, body: { message: "body is too long (maximum is 65536 characters)" } };
    }
    if (method === "POST") return { status: 201, body: this.add(path, body, access) };
    return method === edit ? this.edit(path, body) : notFound;
  }

  private list(path: string, query: URLSearchParams): Answer {
    const label = query.get("labels") ?? "";
    const of = /comments$|notes$/.test(path)
      ? this.comments
      : this.issues.filter(({ state, labels }) => state === "open" && labels.includes(label));
    const size = Number(query.get("per_page"));
    const start = (Number(query.get("page")) - 1) * size;
    return { status: 200, body: of.slice(start, start + size) };
  }

  private add(path: string, body: Body, { login }: Access): Comment | Issue {
    if (path !== "/issues") return this.comment(String(body.body), login);
    const number = this.next++;
    const issue: Issue = {
      number,
      iid: number,
      title: String(body.title),
      labels: [body.labels].flat().map(String),
      body: String(body.body ?? body.description),
      state: "open",
    };
    this.issues.push(issue);
    return issue;
  }

  private edit(path: string, body: Body): Answer {
    const [, kind, id] = /(comments|notes|issues)\/(\d+)$/.exec(path) ?? [];
    const found =
      kind === "issues"
        ? this.issues.find(({ number }) => number === Number(id))
        : this.comments.find((comment) => comment.id === Number(id));
    if (!found) return notFound;
    const text = body.body ?? body.description;
    if (typeof text === "string") found.body = text;
    if ("state" in found && (body.state === "closed" || body.state_event === "close")) found.state = "closed";
    return { status: 200, body: found };
  }
}
