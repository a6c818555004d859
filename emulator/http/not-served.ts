/**
 * Operations of the vendor's document that this server does not have. They are answered so in words, with status 501: a
 * 404 would look like an object that is missing.
 */
import { type AnyEndpoint, endpoint, type HttpMethod } from "../../api/endpoint";
import { ApiError } from "../errors";

type Row = readonly [operation: string, method: HttpMethod, path: string];

const rows: readonly Row[] = [];

/** Without a key too: what is not there needs none. */
export const notServed: readonly AnyEndpoint[] = rows.map(([operation, method, path]) =>
  endpoint({ operation, method, path, success: { 200: null }, repeat: "safe", lane: "read", public: true }),
);

export function refuseNotServed({ method, path }: AnyEndpoint): never {
  const message = `${method} ${path}: this operation is not part of the local AuthKit.`;
  throw new ApiError(501, { code: "not_implemented", message });
}
