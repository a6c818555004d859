import type { z } from "zod";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Which of the vendor's rate limits a call counts against (`api/pace/budget.ts`). */
export type Lane = "read" | "write" | "organization_delete";

/**
 * Whether sending the same request twice converges.
 * - `safe`: it does (reads, full writes, deletes whose second answer is 404).
 * - `unsafe`: it may make two of something, or send two mails. The transport repeats it only when the first
 *   attempt was certainly not carried out; otherwise it throws an error with `ambiguous: true` and the caller looks
 *   for the object first.
 */
export type Repeat = "safe" | "unsafe";

type Schema = z.ZodType;

/**
 * One operation of the vendor's API, declared once. The typed client, the local AuthKit's request validation and
 * the contract test against the vendor's specification are folds over this declaration.
 */
export interface Endpoint<
  Path extends string = string,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Success extends Readonly<Record<number, Schema | null>> = Readonly<Record<number, Schema | null>>,
  Steps extends Schema | undefined = Schema | undefined,
> {
  /** `operationId` in the vendor's OpenAPI document. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** Path template, parameters in braces: `/user_management/users/{id}`. */
  readonly path: Path;
  readonly query?: Query;
  readonly body?: Body;
  /** Documented success statuses and their bodies; `null` where the answer has no body. */
  readonly success: Success;
  /**
   * Success statuses that only other sources than the specification document (an asynchronous 202, say): accepted
   * by the client, and left out of the contract test.
   */
  readonly alsoAccepts?: readonly number[];
  readonly repeat: Repeat;
  readonly lane: Lane;
  /**
   * Refusals that are no failure but tell the next step, as a sign-in that needs a code by email: the client gives
   * them as results.
   */
  readonly steps?: Steps;
  /** True for the few operations that take no API key. */
  readonly public?: boolean;
  /** True where the body says who asks, so that a client without an API key (PKCE) may call it too. */
  readonly credentialsInBody?: boolean;
  /**
   * True where the vendor limits the requests about one person. A 429 is then no reason for others to wait, and a
   * person sits in front of it: it is told at once instead of waited out.
   */
  readonly limitedPerPerson?: boolean;
  /** True where the vendor refuses a body that does not fit without a code of its own, with a field in each entry. */
  readonly refusesWithoutCode?: boolean;
}

/** `"/a/{id}/b/{other_id}"` gives `{ id: string; other_id: string }`. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & PathParams<Rest>
  : unknown;

/** A body without fields is typed as one where every field is forbidden; beside path parameters it must say nothing. */
type InputOf<S> = S extends Schema ? (string extends keyof z.input<S> ? unknown : z.input<S>) : unknown;
type OutputOf<S> = S extends Schema ? z.output<S> : undefined;

/** What a caller passes: path parameters, query and body fields in one flat object. */
export type EndpointInput<E> =
  E extends Endpoint<infer Path, infer Query, infer Body, infer _Success>
    ? PathParams<Path> & InputOf<Query> & InputOf<Body>
    : never;

/** What a caller gets: the parsed body of any documented success status. */
export type EndpointOutput<E> =
  E extends Endpoint<infer _Path, infer _Query, infer _Body, infer Success>
    ? { [Status in keyof Success]: OutputOf<Success[Status]> }[keyof Success]
    : never;

/** The next steps that an endpoint may answer instead. */
export type EndpointSteps<E> =
  E extends Endpoint<infer _Path, infer _Query, infer _Body, infer _Success, infer Steps>
    ? Steps extends Schema
      ? z.output<Steps>
      : never
    : never;

type AnyEndpoint = Endpoint<string, Schema | undefined, Schema | undefined, Readonly<Record<number, Schema | null>>>;
export type { AnyEndpoint };

/** Declares an endpoint; the identity function, there so that the types are inferred exactly. */
export function endpoint<
  const Path extends string,
  const Success extends Readonly<Record<number, Schema | null>>,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Steps extends Schema | undefined = undefined,
>(declaration: Endpoint<Path, Query, Body, Success, Steps>): Endpoint<Path, Query, Body, Success, Steps> {
  return declaration;
}

/** Names of the parameters in a path template, in order. */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(/\{([^}]+)\}/g), (match) => match[1] ?? "");
}
