/** A person for programs in other processes and languages: signs in at AuthKit's page and says where it led. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { z } from "zod";
import { type Emulator } from "../../../emulator";
import { Browser } from "../../emulator/support/browser";

export interface Person {
  /** `POST` of `{ url, email, password }` answers `{ location }`. */
  readonly url: string;
  close(): Promise<void>;
}

const visit = z.object({ url: z.url(), email: z.string(), password: z.string() });

export async function startPerson(emulator: Emulator): Promise<Person> {
  async function signIn(request: IncomingMessage): Promise<object> {
    const { url, ...known } = visit.parse(JSON.parse((await request.setEncoding("utf8").toArray()).join("")));
    const browser = new Browser({ emulator });
    await browser.open(url);
    return { location: (await browser.submit("sign-in", known)).location?.href };
  }
  const server = createServer((request, response) => {
    signIn(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
