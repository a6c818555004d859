import { type z } from "zod";
import { type Endpoint, type EndpointOutput, type PathParams } from "../../api/endpoint";
import { clientEndpoints } from "../../api/endpoints/index";
import { type Caller, type Context } from "../context";

type Parsed<S> = S extends z.ZodType ? z.output<S> : unknown;

/** Path parameters, query and body fields in one flat object, as the declaration's schemas parsed them. */
export type HandlerInput<E> =
  E extends Endpoint<infer Path, infer Query, infer Body, infer _Success>
    ? PathParams<Path> & Parsed<Query> & Parsed<Body>
    : never;

/** A success with another status than the declaration's first. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: object | null,
  ) {}
}

type Body<E> = EndpointOutput<E> extends infer Output ? ([Output] extends [undefined] ? null : Output) : never;

export type Handler<E> = (
  input: HandlerInput<E>,
  context: Context,
  caller: Caller,
) => Body<E> | Reply | Promise<Body<E> | Reply>;

/** One handler for every declared operation of a family; a missing one does not compile. */
export type Family<F extends keyof Operations> = {
  readonly [Name in keyof Operations[F]]: Handler<Operations[F][Name]>;
};

export type Handlers = { readonly [F in keyof Operations]: Family<F> };

/** The operations that the emulator serves, and the typed client has too. */
export type Operations = typeof clientEndpoints;
export const operations: Operations = clientEndpoints;
