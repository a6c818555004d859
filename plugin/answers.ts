/** How calls are answered: with a reply, or with an error as the engine shows it. */
import { RecordedError } from "../provider/calls";
import { AnyMessage, type Grpc, grpc, messages, statusMessages } from "./protocol";
import type { Struct } from "./protocol";

/** @param propertiesOf what the engine is to record of an object that exists although the call failed. */
export function answer<Request, Reply>(
  reply: (request: Request) => Reply | Promise<Reply>,
  propertiesOf?: (request: Request, error: RecordedError) => Struct,
): Grpc.handleUnaryCall<Request, Reply> {
  return ({ request }, callback) => {
    Promise.resolve()
      .then(() => reply(request))
      .then(
        (value) => callback(null, value),
        (error: unknown) =>
          callback(
            error instanceof RecordedError && propertiesOf
              ? halfDone(error, propertiesOf(request, error))
              : { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) },
          ),
      );
  };
}

/** By these details of a status the engine records the object all the same. */
function halfDone({ message, id }: RecordedError, properties: Struct) {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(properties);
  detail.setReasonsList([message]);
  const packed = new AnyMessage();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusMessages.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
