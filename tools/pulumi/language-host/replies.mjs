import { grpc } from "./protocol.mjs";

/**
 * Serves a call that has one reply. The signal aborts when the engine gives the call up.
 * @param {(request: any, signal: AbortSignal) => unknown} reply
 */
export function answer(reply) {
  return async (/** @type {any} */ call, /** @type {any} */ callback) => {
    try {
      callback(null, await reply(call.request, cancellation(call)));
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, message: messageOf(error) });
    }
  };
}

/**
 * Serves a call that sends any number of replies.
 * @param {(request: any, send: (message: unknown) => void, signal: AbortSignal) => Promise<void>} serve
 */
export function stream(serve) {
  return async (/** @type {any} */ call) => {
    try {
      await serve(call.request, (message) => void call.write(message), cancellation(call));
      call.end();
    } catch (error) {
      call.destroy({ code: grpc.status.UNKNOWN, message: messageOf(error), details: messageOf(error) });
    }
  };
}

/** @param {any} call */
function cancellation(call) {
  const controller = new AbortController();
  call.on("cancelled", () => controller.abort());
  return controller.signal;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
