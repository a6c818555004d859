/** One attempt to hand a body over to a webhook endpoint. */
import { z } from "zod";
import { signatureOf } from "./signature";

export interface Handover {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** What the signature is dated with, in ms. */
  readonly at: number;
  readonly signal: AbortSignal;
}

export interface Outcome {
  /** Nothing where there was no answer. */
  readonly status: number | null;
  /** The beginning of the answer's body. */
  readonly answer: string;
  /** Why there was no answer. */
  readonly error: string | null;
}

/** Of an answer, in characters. */
const mostKept = 2048;

/** Never throws: what went wrong is the outcome. Redirects are not followed: they are no success. */
export async function handOver({ url, secret, body, at, signal }: Handover): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "pulumi-workos-emulator",
        "WorkOS-Signature": signatureOf(body, secret, at),
      },
      body,
      redirect: "manual",
      signal,
    });
    return { status: response.status, answer: await beginningOf(response), error: null };
  } catch (error) {
    return { status: null, answer: "", error: reasonOf(error) };
  }
}

export const isSuccess = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300;

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  let text = "";
  const decoder = new TextDecoder();
  // Leaving the loop ends the stream.
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= mostKept) break;
  }
  return text.slice(0, mostKept);
}

/** `fetch` says only that it failed; why is the cause, and of several addresses of a name each has one. */
function reasonOf(error: unknown): string {
  const inner = failure.safeParse(error);
  if (!inner.success) return String(error).slice(0, mostReason);
  const { message, cause } = inner.data;
  const texts = [cause?.errors?.[0]?.message, cause?.message, message];
  return texts.find((text) => text !== undefined && text !== "")?.slice(0, mostReason) ?? "failed";
}

const mostReason = 500;
const told = z.object({ message: z.string() });
const failure = told.extend({ cause: told.extend({ errors: z.array(told).optional() }).optional() });
