import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What the server does with one request. */
export type Reply =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  /** Reads the request and cuts the connection without an answer. */
  | "cut"
  /** Answers 102 and cuts the connection before the real answer. */
  | "cut after 102"
  /** Announces more than it sends and cuts the connection. */
  | { readonly cutAfter: string; readonly status: number }
  /** Reads the request and never answers. */
  | "hang";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Port of the client's side: two requests over one connection show the same. */
  readonly connection: number;
}

export interface TestServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** Answers of the next requests, in order; the last one stays. */
  reply(...replies: Reply[]): void;
  /** Answers by a function instead. */
  handle(handler: (request: SeenRequest) => Reply | Promise<Reply>): void;
  /** Connections open right now. */
  connections(): Promise<number>;
  closeIdleConnections(): void;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that does what it is told. */
export async function startServer(): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  let handler: (request: SeenRequest) => Reply | Promise<Reply> = () => ({ status: 404 });
  const server = createServer((message, response) => {
    void read(message).then(async (request) => {
      requests.push(request);
      answer(await handler(request), message, response);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    reply: (...replies) => {
      const rest = [...replies];
      handler = () => (rest.length > 1 ? rest.shift() : rest[0]) ?? { status: 404 };
    },
    handle: (next) => {
      handler = next;
    },
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    closeIdleConnections: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? "",
    url: message.url ?? "",
    headers: message.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    connection: message.socket.remotePort ?? 0,
  };
}

function answer(reply: Reply, message: IncomingMessage, response: ServerResponse): void {
  if (reply === "hang") return;
  if (reply === "cut after 102") {
    response.writeProcessing();
    setImmediate(() => message.socket.destroy());
    return;
  }
  if (reply === "cut") {
    message.socket.destroy();
    return;
  }
  if ("cutAfter" in reply) {
    response.writeHead(reply.status, { "content-type": "application/json", "content-length": "100000" });
    response.write(reply.cutAfter, () => message.socket.destroy());
    return;
  }
  const type = reply.json === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(reply.status, { ...type, ...reply.headers });
  response.end(reply.json === undefined ? (reply.text ?? "") : JSON.stringify(reply.json));
}

/** A server that accepts connections and speaks no HTTP: it answers the first bytes with `greeting`, or with nothing. */
export async function startSocketServer(greeting?: string): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", () => {
      if (greeting !== undefined) socket.end(greeting);
    });
  });
  const port = await listen(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const { port, close } = await startSocketServer();
  await close();
  return port;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
