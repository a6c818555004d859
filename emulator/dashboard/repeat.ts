/** Sends a request again, as it was, over the same door that programs come through. */
import { ApiError, notFound } from "../errors";
import { type PipelineParts } from "../http/pipeline";

/** Of one connection, or written anew by whoever sends. */
const notRepeated = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
  "expect",
  "upgrade",
]);

export interface Repeated {
  /** The id of the new request, to look it up by; nothing where the connection was cut. */
  readonly id: string | null;
  readonly status: number | null;
}

export async function repeatRequest(id: string, { context, requests, closing }: PipelineParts): Promise<Repeated> {
  const [request, detail] = [requests.get(id), requests.detail(id)];
  if (request === undefined) throw notFound("Request", id);
  if (detail === undefined || detail.shortened) {
    throw new ApiError(400, { message: "This request is not kept whole any more, so it cannot be repeated." });
  }
  const headers = new Headers();
  const raw = detail.requestHeaders;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = "", value = ""] = raw.slice(at, at + 2);
    if (!notRepeated.has(name.toLowerCase()) && !name.toLowerCase().startsWith("sec-")) headers.append(name, value);
  }
  try {
    const answer = await fetch(`${context.url}${request.path}${request.query === "" ? "" : `?${request.query}`}`, {
      method: request.method,
      headers,
      ...(detail.requestBody === "" ? {} : { body: detail.requestBody }),
      redirect: "manual",
      signal: closing,
    });
    await answer.arrayBuffer();
    return { id: answer.headers.get("x-request-id"), status: answer.status };
  } catch {
    // Cut by a fault, as it was asked to be.
    return { id: null, status: null };
  }
}
