/** A person for programs in other processes and languages: signs in at AuthKit's page and says where it led. */
import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import { type Emulator } from "../../../emulator";
import { Browser } from "../../emulator/support/browser";
import { listening } from "../../support/listening";

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
  return listening(server);
}
