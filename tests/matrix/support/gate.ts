/**
 * Stands between the provider and the local AuthKit and passes every call on, but can hold one of them, before or after
 * it takes effect, until the test has done to the processes what it wants to do.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, type Socket } from "node:net";

export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Which call is to be held; its number is counted from 1 since `reset`. */
export type Choice = (call: Passed, nth: number) => boolean;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export class HeldCall {
  #answer: Answer | undefined;
  /** Resolves when the caller's connection has ended, which a killed process's does at once. */
  readonly dropped: Promise<unknown>;

  constructor(
    readonly call: Passed,
    private readonly forward: () => Promise<Answer>,
    private readonly response: ServerResponse,
  ) {
    const { socket } = response;
    this.dropped = socket && !socket.destroyed ? once(socket, "close") : Promise.resolve();
  }

  /** Lets the call take effect; its answer stays here. */
  async carryOut(): Promise<void> {
    this.#answer = await this.forward();
  }

  /** Hands on the answer of what was carried out. */
  answer(): void {
    if (!this.#answer) throw new Error("the call was not carried out yet");
    send(this.response, this.#answer);
  }

  /** Ends the connection without an answer. */
  cut(): void {
    this.response.socket?.destroy();
  }
}

export class Gate {
  /** Every call since `reset`, oldest first. */
  readonly calls: Passed[] = [];
  target = "";
  #armed: { readonly isIt: Choice; readonly take: (held: HeldCall) => void } | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
      this.#serve(incoming, response).catch(() => response.socket?.destroy());
    });
  }

  static async open(): Promise<Gate> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Gate(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  /** Forgets the calls so far and whatever was to be held. */
  reset(target: string): void {
    this.target = target;
    this.calls.length = 0;
    this.#armed = undefined;
  }

  /** Resolves with the first call that is chosen, once it has arrived whole; it then waits for the test. */
  hold(isIt: Choice): Promise<HeldCall> {
    return new Promise((take) => {
      this.#armed = { isIt, take };
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const call = { method: incoming.method ?? "", path: incoming.url ?? "", body: body.toString() };
    this.calls.push(call);
    const { target } = this;
    const forward = () => pass(target, call, incoming.headers, body);
    const armed = this.#armed;
    if (armed?.isIt(call, this.calls.length)) {
      this.#armed = undefined;
      armed.take(new HeldCall(call, forward, response));
      return;
    }
    send(response, await forward());
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": String(body.length) });
  response.end(body);
}

/** What a call is called for, whoever it is about: without ids and query. */
export const familyOf = ({ method, path }: Pick<Passed, "method" | "path">): string =>
  `${method} ${path.replace(/\?.*/, "").replace(/\b[a-z_]+_0[0-9A-Z]{25}\b/g, "{id}")}`;

function pass(target: string, call: Passed, headers: IncomingMessage["headers"], body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connection: _connection, ...rest } = headers;
    const outgoing = request(new URL(call.path, target), { method: call.method, headers: rest, agent: false });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("error", reject);
      incoming.once("close", () => {
        if (!incoming.complete) {
          reject(new Error("the answer was cut"));
          return;
        }
        const { connection: _closing, "transfer-encoding": _encoding, ...kept } = incoming.headers;
        resolve({ status: incoming.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) });
      });
    });
    outgoing.end(body);
  });
}
