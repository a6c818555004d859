import { ApiError } from "../errors";

/** What a request is answered with, before it is put on the wire. */
export interface Answer {
  readonly status: number;
  readonly body: object | string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answerTo(error: unknown): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
  return {
    status: 500,
    body: { message: `The emulator failed: ${error instanceof Error ? error.message : "unknown"}` },
  };
}

export function payload(answer: Answer): string {
  if (answer.body === null) return "";
  return typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
}

/** Headers as they go out, the content type included. */
export function headersOf(answer: Answer): Record<string, string> {
  return { ...(answer.body === null ? {} : { "Content-Type": "application/json; charset=utf-8" }), ...answer.headers };
}

const withoutBody = new Set([101, 204, 205, 304]);

export function toResponse(answer: Answer): Response {
  const body = withoutBody.has(answer.status) ? null : payload(answer);
  return new Response(body, { status: answer.status, headers: headersOf(answer) });
}
