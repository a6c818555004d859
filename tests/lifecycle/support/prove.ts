/** An application proves itself by its secret, over a connection of its own. */
import { request } from "node:http";
import { type World } from "../../support/world";

/** What it is answered when it then asks for what it does not get: `invalid_client` where the secret is not good. */
export function proved({ emulator }: World, client_id: string, client_secret: unknown): Promise<unknown> {
  const asked = { client_id, client_secret, grant_type: "refresh_token", refresh_token: "none" };
  const headers = { "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    request(`${emulator.url}/user_management/authenticate`, { method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => resolve((JSON.parse(text) as { error?: unknown }).error));
    })
      .on("error", reject)
      .end(JSON.stringify(asked));
  });
}
