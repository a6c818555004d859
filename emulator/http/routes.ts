import { type AnyEndpoint } from "../../api/endpoint";
import { pageEndpoints } from "../../api/endpoints/index";
import { type Caller, type Context } from "../context";
import { extraOperations, extraPages } from "../extra";
import { handlers } from "../handlers";
import { operations, Reply } from "../handlers/handler";
import { oauthEndpoints } from "../oauth/endpoints";
import { oauthHandlers } from "../oauth/handlers";
import { type Answer } from "./answer";
import { type Alias, aliases } from "./other-spellings";

/** An operation with its handler, the two types that belong together erased. */
export interface Route {
  readonly endpoint: AnyEndpoint;
  readonly method: string;
  /** The path in the router's spelling: `/users/:id`. */
  readonly pattern: string;
  /** The input is the request's, as the endpoint's schemas read it; unread where the schemas are not this route's. */
  run(input: object, context: Context, caller: Caller): Promise<Answer>;
  /** Query and body are passed on without the endpoint's schemas. */
  readonly unparsed?: boolean;
  /** Any bearer key is let through: the route looks at it itself. */
  readonly ownKey?: boolean;
  /** Whatever the switch says, the same `Idempotency-Key` gets the first answer again. */
  readonly idempotent?: boolean;
}

type AnyHandler = (input: never, context: Context, caller: Caller) => unknown;

function route(endpoint: AnyEndpoint, handler: AnyHandler): Route {
  const defaultStatus = Number(Object.keys(endpoint.success)[0]);
  return {
    endpoint,
    method: endpoint.method,
    pattern: patternOf(endpoint.path),
    run: async (input, context, caller) => {
      // The input was parsed by this endpoint's own schemas, and `Handlers` ties the handler to the same endpoint.
      const result = await handler(input as never, context, caller);
      if (result instanceof Reply) return { status: result.status, body: result.body };
      return { status: defaultStatus, body: result as object | null };
    },
  };
}

/** Every operation. `Handlers` is a mapped type over them, so no handler can be missing. */
const served: readonly Route[] = Object.entries(operations).flatMap(([family, members]) => {
  const ofFamily: Readonly<Record<string, AnyHandler>> = handlers[family as keyof typeof handlers];
  return Object.entries(members).map(([name, endpoint]: [string, AnyEndpoint]) => {
    const handler = ofFamily[name];
    if (handler === undefined) throw new Error(`no handler for ${family}.${name}`);
    return route(endpoint, handler);
  });
});

/** Of Connect applications, besides the vendor's document. */
const oauth: readonly Route[] = Object.entries(oauthEndpoints).map(([name, endpoint]: [string, AnyEndpoint]) =>
  route(endpoint, oauthHandlers[name as keyof typeof oauthEndpoints]),
);

const extra: readonly Route[] = extraOperations.map(({ endpoint, handler, ownKey, idempotent }) => ({
  ...route(endpoint, handler),
  ownKey,
  idempotent,
}));

/** Every operation that is answered, pages for a browser included. */
export const servedEndpoints: readonly AnyEndpoint[] = [
  ...[...served, ...extra].map(({ endpoint }) => endpoint),
  ...Object.values(pageEndpoints),
  ...extraPages,
];

/** The operations' own routes first, then their other spellings. */
export const routes: readonly Route[] = [
  ...served,
  ...oauth,
  ...extra,
  ...aliases.flatMap((alias) =>
    served.filter(({ endpoint }) => endpoint === alias.of).map((original) => aliasRoute(alias, original)),
  ),
];

export function patternOf(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ":$1");
}

function aliasRoute(alias: Alias, original: Route): Route {
  const { adds, run } = alias;
  return {
    ...original,
    method: alias.method,
    pattern: patternOf(alias.path),
    ownKey: alias.ownKey,
    unparsed: run !== undefined,
    run: async (input, context, caller) => {
      if (run !== undefined) return run(input as Readonly<Record<string, unknown>>, context, caller);
      const answer = await original.run(input, context, caller);
      if (adds === undefined || typeof answer.body !== "object" || answer.body === null) return answer;
      return { ...answer, body: { ...answer.body, ...adds({ ...answer.body }) } };
    },
  };
}
