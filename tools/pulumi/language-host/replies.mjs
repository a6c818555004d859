/* global AbortController */
import { grpc } from "./protocol.mjs";

/**
 * Serves a call that has one reply. The signal aborts when the engine gives the call up.
 * @template Request, Reply
 * @param {(request: Request, signal: AbortSignal) => Reply | Promise<Reply>} reply
 * @returns {import("@grpc/grpc-js").handleUnaryCall<Request, Reply>}
 */
export function answer(reply) {
  return async (call, callback) => {
    try {
      callback(null, await reply(call.request, cancellation(call)));
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, message: messageOf(error) });
    }
  };
}

/**
 * Serves a call that sends any number of replies.
 * @template Request, Reply
 * @param {(request: Request, send: (message: Reply) => void, signal: AbortSignal) => Promise<void>} serve
 * @returns {import("@grpc/grpc-js").handleServerStreamingCall<Request, Reply>}
 */
export function stream(serve) {
  return async (call) => {
    try {
      await serve(call.request, (message) => void call.write(message), cancellation(call));
      call.end();
    } catch (error) {
      // gRPC turns an error event into the call's status.
      call.emit("error", { code: grpc.status.UNKNOWN, details: messageOf(error) });
    }
  };
}

/** @param {import("node:events").EventEmitter} call */
function cancellation(call) {
  const controller = new AbortController();
  call.on("cancelled", () => controller.abort());
  return controller.signal;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
