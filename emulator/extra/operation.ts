/**
 * Operations that applications call while they run, such as asking who may do what. The typed client is for managing and
 * has none of them, so they are declared here, each with its handler.
 */
import { z } from "zod";
import { type AnyEndpoint } from "../../api/endpoint";
import { type Caller, type Context } from "../context";
import { type Handler } from "../handlers/handler";

export interface Extra<E extends AnyEndpoint = AnyEndpoint> {
  readonly endpoint: E;
  readonly handler: (input: never, context: Context, caller: Caller) => unknown;
  /** The request carries another kind of key than an API key of this environment, which the handler looks at. */
  readonly ownKey?: boolean;
  /** The vendor promises it: the same `Idempotency-Key` gets the first answer again. */
  readonly idempotent?: boolean;
}

type Options = Pick<Extra, "ownKey" | "idempotent">;

/** Ties the handler to what the declaration reads and answers. */
export function serve<const E extends AnyEndpoint>(endpoint: E, handler: Handler<E>, options: Options = {}): Extra<E> {
  return { endpoint, handler, ...options };
}

export const text = z.string();
/** Text that is not empty. */
export const word = z.string().min(1);
/** Text that may be left out. */
export const maybe = z.string().optional();
