/** A local AuthKit in this process: requests are answered without a connection. */
import { assemble, type Assembled } from "../../../emulator/assemble";
import { type StateDump } from "../../../emulator";
import { type Timeline } from "./timeline";

export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export class AuthKit {
  private constructor(
    readonly name: string,
    readonly apiKey: string,
    private readonly parts: Assembled,
  ) {}

  static async start(name: string, clock: Timeline): Promise<AuthKit> {
    // What is recorded of its first role tells environments apart by the end of an id, which grows by one within a
    // millisecond.
    clock.advance(1);
    const apiKey = `sk_test_${name}_0123456789`;
    const switches = { idempotency: "honour", webhookTargets: "nowhere" } as const;
    const parts = await assemble({ clock, apiKeys: [apiKey], switches });
    parts.initial.seed(parts.context);
    parts.control.addRole({ slug: "viewer", name: "Viewer" });
    for (const slug of ["project-lead", "project-guest"]) parts.control.addRole({ slug, resourceType: "project" });
    for (const slug of ["posts:read", "posts:write"]) parts.control.addPermission({ slug });
    parts.control.addFeatureFlag({ slug: "on", enabled: true });
    parts.control.addFeatureFlag({ slug: "off", enabled: false });
    return new AuthKit(name, apiKey, parts);
  }

  get control() {
    return this.parts.control;
  }

  state(): StateDump {
    return this.parts.control.state();
  }

  async answer({ method, path, headers = {}, body }: Sent): Promise<Answer> {
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: { ...headers, host: "localhost" },
      ...(body === undefined ? {} : { body }),
    });
    const socket = { remoteAddress: "127.0.0.1", destroy: () => undefined };
    const sent: Record<string, string> = {};
    const outgoing = { setHeader: (name: string, value: string) => void (sent[name.toLowerCase()] = value) };
    const bindings = { incoming: { socket, rawHeaders: [] }, outgoing };
    const response = await this.parts.app.fetch(request, bindings);
    return {
      status: response.status,
      headers: { ...sent, ...Object.fromEntries(response.headers) },
      body: await response.text(),
    };
  }

  /** Somebody else at work, who is always understood. */
  async call(method: string, path: string, body?: object): Promise<Record<string, unknown> | undefined> {
    const answer = await this.answer({
      method,
      path,
      headers: { authorization: `Bearer ${this.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) return undefined;
    return answer.body === "" ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
  }
}
