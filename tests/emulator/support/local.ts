import { type z } from "zod";
import { systemClock } from "../../../api/clock";
import {
  invitation,
  organization,
  organizationApiKeyWithValue,
  organizationMembership,
  user,
} from "../../../api/schemas";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or an empty object. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** Noon of some day; tests move it through the emulator's own clock. */
export const start = Date.parse("2026-06-01T12:00:00.000Z");
export const day = 24 * 60 * 60 * 1000;

/** An emulator whose clock stands still, and short ways of calling it over HTTP. */
export class Local {
  private constructor(readonly emulator: Emulator) {}

  static async start(options: EmulatorOptions = {}): Promise<Local> {
    return new Local(await startEmulator({ clock: { ...systemClock, now: () => start }, ...options }));
  }

  get control() {
    return this.emulator.control;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.emulator.url + path, {
      method,
      headers: { Authorization: "Bearer sk_test_local", "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
    let parsed: Record<string, unknown> = {};
    try {
      if (json) parsed = JSON.parse(text) as Record<string, unknown>;
    } catch {
      // Some tests ask for broken JSON and look at `text`.
    }
    return { status: response.status, headers: response.headers, body: parsed, text };
  }

  get = (path: string) => this.call("GET", path);
  post = (path: string, body: unknown = {}) => this.call("POST", path, body);
  put = (path: string, body: unknown = {}) => this.call("PUT", path, body);
  delete = (path: string) => this.call("DELETE", path);

  user = (fields: object = {}) => this.made(user, "/user_management/users", { email: unique(), ...fields });
  organization = (fields: object = {}) => this.made(organization, "/organizations", { name: "Acme", ...fields });
  membership = (user_id: string, organization_id: string, fields: object = {}) =>
    this.made(organizationMembership, "/user_management/organization_memberships", {
      user_id,
      organization_id,
      ...fields,
    });
  invitation = (fields: object = {}) =>
    this.made(invitation, "/user_management/invitations", { email: unique(), ...fields });
  apiKey = (organizationId: string, fields: object = {}) =>
    this.made(organizationApiKeyWithValue, `/organizations/${organizationId}/api_keys`, { name: "ci", ...fields });

  /** Creates and reads the answer strictly: a field that the declaration does not know is an error. */
  private async made<S extends z.ZodObject>(schema: S, path: string, body: object): Promise<z.output<S>> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return schema.strict().parse(answer.body) as z.output<S>;
  }
}

let count = 0;
export const unique = () => `person-${++count}@example.com`;

/** Starts one emulator for a file of tests and resets it before each. */
export function local(options: EmulatorOptions = {}): () => Local {
  let running: Local | undefined;
  const current = () => {
    if (running === undefined) throw new Error("the emulator is not running");
    return running;
  };
  beforeAll(async () => {
    running = await Local.start(options);
  });
  beforeEach(() => current().control.reset());
  afterAll(() => current().emulator.close());
  return current;
}

export const ids = (answer: Answer) => (answer.body.data as { id: string }[]).map(({ id }) => id);
export const data = (answer: Answer) => answer.body.data as Record<string, unknown>[];
