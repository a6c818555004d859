/** The answers that the installed edition documents, down to the code of an error. */
import { type AnyEndpoint } from "../../../api/endpoint";
import { type SchemaNode, specification } from "./specification";

export interface DocumentedAnswer {
  readonly operation: string;
  readonly status: number;
  /** Of a failure that OAuth names, its `error`; null where the schema names neither. */
  readonly code: string | null;
}

/** The operation's successes (also those of the declaration alone), then its errors. */
export function documentedAnswers(endpoint: AnyEndpoint): DocumentedAnswer[] {
  const { operation, success } = endpoint;
  const specified = specification().find(endpoint.method, endpoint.path)?.answers ?? new Map<number, null>();
  const successes = new Set([...Object.keys(success).map(Number), ...[...specified.keys()].filter(isSuccess)]);
  const errors = [...specified].filter(([status]) => !isSuccess(status));
  return [
    ...[...successes].map((status) => ({ operation, status, code: null })),
    ...errors.flatMap(([status, schema]) => codesOf(schema).map((code) => ({ operation, status, code }))),
  ];
}

export const isSuccess = (status: number) => status < 400;

/** The constants of `code` or `error` in the schema; `[null]` where it has none. */
function codesOf(schema: SchemaNode | null): (string | null)[] {
  const members = schema?.oneOf ?? schema?.anyOf ?? schema?.allOf;
  if (Array.isArray(members)) return members.flatMap((member: SchemaNode) => codesOf(member));
  const { code: own, error } = (schema?.properties ?? {}) as Readonly<Record<string, SchemaNode | undefined>>;
  const code = own ?? error;
  if (typeof code?.const === "string") return [code.const];
  return Array.isArray(code?.enum) ? code.enum.map(String) : [null];
}
