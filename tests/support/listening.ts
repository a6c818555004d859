/** A server of a test on this machine, at a port that is free. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  readonly url: string;
  /** Ends it, with connections that are still open. */
  close(): Promise<void>;
}

export async function listening(server: Server, hostname = "127.0.0.1"): Promise<Listening> {
  server.listen(0, hostname);
  await once(server, "listening");
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
