/** An application that is sent webhooks. */
import { mkdtempSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const folder = () => mkdtempSync(join(tmpdir(), "webhooks-"));

export class Receiver {
  private readonly received: Received[] = [];
  private readonly waiting: ((one: Received) => void)[] = [];
  private taken = 0;
  private reply = { status: 200, body: "", times: Infinity };
  private readonly held = new Map<string, ServerResponse[]>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request, response: ServerResponse) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        const { method = "", url: path = "", headers } = request;
        receiver.take({ method, path, headers, body }, response);
      });
    });
    return receiver;
  }

  all(): readonly Received[] {
    return this.received;
  }

  /** The next one that has not been asked for. */
  next(): Promise<Received> {
    const there = this.received[this.taken];
    this.taken += 1;
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** What is answered from now on, or so often. */
  answer(status: number, body: string, times = Infinity): void {
    this.reply = { status, body, times };
  }

  /** Answers nothing on this path until it is released. */
  hold(path: string): () => void {
    this.held.set(path, []);
    return () => {
      const responses = this.held.get(path) ?? [];
      this.held.delete(path);
      for (const response of responses) response.end();
    };
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private take(one: Received, response: ServerResponse): void {
    this.received.push(one);
    this.waiting.shift()?.(one);
    const held = this.held.get(one.path);
    if (held !== undefined) {
      held.push(response);
      return;
    }
    const { status, body } = this.reply.times > 0 ? this.reply : { status: 200, body: "" };
    this.reply.times -= 1;
    response.writeHead(status, status === 302 ? { Location: "/elsewhere" } : {});
    response.end(body);
  }
}
