import { type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const graceMs = 2000;

/** Listens and, when closed, lets answers in flight go out and ends every connection at once. */
export async function listen(fetch: Fetch, port: number, host: string): Promise<Listener> {
  // HTTP/1 is the adapter's default; its type covers HTTP/2 too.
  const server = createAdaptorServer({ fetch }) as Server;
  const inFlight = new Set<ServerResponse>();
  let whenIdle: () => void = () => undefined;
  server.on("request", (_request, response) => {
    inFlight.add(response);
    response.once("close", () => {
      inFlight.delete(response);
      if (inFlight.size === 0) whenIdle();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        timer.unref();
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        whenIdle = () => server.closeAllConnections();
        if (inFlight.size === 0) whenIdle();
      }),
  };
}
