/**
 * Calls declared operations of a local AuthKit over HTTP, as the client puts them on the wire, and holds every answer
 * against the specification. What was called, and what was answered, is remembered for the test of completeness.
 */
import { type EndpointInput, type EndpointOutput, type AnyEndpoint } from "../../../api/endpoint";
import { compileOperation } from "../../../api/http/request";
import { type Control, type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";
import { declaredViolations, requestViolations, violations } from "./conformance";
import { type DocumentedAnswer, isSuccess } from "./documented";
import { specification } from "./specification";
import { listedAnswer, type NamedAnswer, standIns } from "./undocumented";

export interface Refusal {
  readonly status: number;
  /** `code` or, of OAuth's failures, `error` of the body; undefined for a body of a message only. */
  readonly code?: string;
  /** Codes in the body's `errors`. */
  readonly codes: readonly string[];
}

interface Wire {
  /** The body as it goes out, instead of the one made from the input. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was answered, over a whole run. */
export class Sightings {
  readonly #seen = new Set<string>();
  /** The entries of the list that some answer needed. */
  readonly listed = new Set<NamedAnswer>();

  add(operation: string, status: number, code: string | undefined): void {
    this.#seen.add(`${operation} ${status} ${code ?? ""}`);
    // A schema that names no code is met by an answer with any.
    this.#seen.add(`${operation} ${status} `);
  }

  has({ operation, status, code }: DocumentedAnswer): boolean {
    return this.#seen.has(`${operation} ${status} ${code ?? ""}`);
  }
}

export class ContractRun {
  private constructor(
    readonly emulator: Emulator,
    private readonly sightings: Sightings,
    private readonly alsoAnswered: (answer: DocumentedAnswer) => boolean,
  ) {}

  /** @param alsoAnswered Answers that may come besides the specified and the listed ones. */
  static async start(
    sightings: Sightings,
    options: EmulatorOptions = {},
    alsoAnswered: (answer: DocumentedAnswer) => boolean = () => false,
  ): Promise<ContractRun> {
    return new ContractRun(await startEmulator(options), sightings, alsoAnswered);
  }

  get control(): Control {
    return this.emulator.control;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  /** A request that conforms and succeeds; answers the parsed body. */
  async call<E extends AnyEndpoint>(
    endpoint: E,
    input: EndpointInput<E>,
    status?: number,
    wire: Pick<Wire, "headers"> = {},
  ): Promise<EndpointOutput<E>> {
    const { path, body } = compileOperation(endpoint).prepare(input as Readonly<Record<string, unknown>>);
    this.check(endpoint, "request", requestViolations(endpoint, path, body));
    const answer = await this.exchange(endpoint, path, body, wire);
    const expected = status ?? Number(Object.keys(endpoint.success)[0]);
    if (answer.status !== expected) {
      throw new Error(`${endpoint.operation} answered ${answer.status} instead of ${expected}: ${answer.text}`);
    }
    this.check(endpoint, `answer ${expected}`, declaredViolations(endpoint, expected, answer.json));
    const schema = endpoint.success[expected];
    // The declaration ties the schema to the type; TypeScript cannot follow that through the status.
    return (schema ? schema.parse(answer.json) : undefined) as EndpointOutput<E>;
  }

  /** A request that succeeds in a way that only other sources than the specification document; answers the status. */
  async accepted(endpoint: AnyEndpoint, input: Readonly<Record<string, unknown>>): Promise<number> {
    const { path, body } = compileOperation(endpoint).prepare(input);
    const { status, json, text } = await this.exchange(endpoint, path, body, {});
    if (status >= 400 || json !== undefined) throw new Error(`${endpoint.operation} answered ${status}: ${text}`);
    return status;
  }

  /** A request that the emulator refuses. */
  async refused(endpoint: AnyEndpoint, input: Readonly<Record<string, unknown>>, wire: Wire = {}): Promise<Refusal> {
    const { path, body } = compileOperation(endpoint).prepare(input);
    const { status, json, text } = await this.exchange(endpoint, path, wire.body ?? body, wire);
    if (status < 400) throw new Error(`${endpoint.operation} answered ${status} to what it should refuse: ${text}`);
    return { status, code: codeOf(json), codes: errorsOf(json) };
  }

  private async exchange(endpoint: AnyEndpoint, path: string, body: string | undefined, { headers = {} }: Wire) {
    const response = await fetch(this.emulator.url + path, {
      method: endpoint.method,
      headers: {
        Authorization: `Bearer ${this.emulator.apiKey}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body,
    });
    const text = await response.text();
    const json: unknown = text === "" ? undefined : JSON.parse(text);
    const { status } = response;
    this.sightings.add(endpoint.operation, status, codeOf(json));
    this.check(endpoint, `answer ${status}`, this.answerViolations(endpoint, status, json));
    if (text !== "" && !response.headers.get("content-type")?.startsWith("application/json")) {
      this.check(endpoint, `answer ${status}`, ["a body that is not called application/json"]);
    }
    if (!response.headers.has("x-request-id")) this.check(endpoint, `answer ${status}`, ["no X-Request-ID"]);
    return { status, text, json };
  }

  private answerViolations(endpoint: AnyEndpoint, status: number, json: unknown): string[] {
    const found = documentedViolations(endpoint, status, json);
    if (found.length === 0) return [];
    const code = codeOf(json) ?? null;
    const listed = listedAnswer(endpoint.operation, status, code);
    if (listed === undefined) {
      if (!this.alsoAnswered({ operation: endpoint.operation, status, code })) return found;
      return isSuccess(status) ? [] : violations(anyError, json);
    }
    this.sightings.listed.add(listed);
    return isSuccess(status) ? [] : violations(anyError, json);
  }

  private check(endpoint: AnyEndpoint, what: string, found: readonly string[]): void {
    if (found.length > 0) throw new Error(`${endpoint.operation}: ${what} does not conform:\n${found.join("\n")}`);
  }
}

/** The shapes that the errors of the specification have: the vault's have `error` alone. */
const text = { type: "string" };
const anyError = {
  type: "object",
  properties: { message: text, error: text },
  anyOf: [{ required: ["message"] }, { required: ["error"] }],
};

function documentedViolations(endpoint: AnyEndpoint, status: number, json: unknown): string[] {
  const documented = specification().find(endpoint.method, endpoint.path)?.answers.get(status);
  const schema = documented ?? standIns[endpoint.operation]?.[status];
  if (schema !== undefined && schema !== null) return violations(schema, json);
  if (documented === undefined) return [`the specification has no ${status} here, and it is not on the list`];
  return json === undefined ? [] : ["a body where the specification has none"];
}

const codeOf = (json: unknown) => textAt(json, "code") ?? textAt(json, "error");

function textAt(json: unknown, name: string): string | undefined {
  const value: unknown = isRecord(json) ? json[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

function errorsOf(json: unknown): string[] {
  const errors: unknown = isRecord(json) ? json.errors : undefined;
  return Array.isArray(errors) ? errors.map((entry: unknown) => textAt(entry, "code") ?? "") : [];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
