/** Lines for whoever reads a run, told to the engine beside the resource that they are about. */
import { AsyncLocalStorage } from "node:async_hooks";
import { engineMessages, engineServices, grpc } from "./protocol";

const about = new AsyncLocalStorage<string>();

/** Whatever is said while `call` runs is said of the resource with this URN. */
export const aboutResource = <T>(urn: string, call: () => T): T => about.run(urn, call);

/**
 * @param address of the engine; without one, what is said goes to the process's own output.
 * @returns says a line; resolves when the engine has it. What it does not take is no reason for a run to fail.
 */
export function engineLog(address: string | undefined): (line: string) => Promise<void> {
  if (address === undefined) {
    return (line) => new Promise((resolve) => process.stderr.write(`${line}\n`, () => resolve()));
  }
  const client = new engineServices.EngineClient(address, grpc.credentials.createInsecure());
  return (line) => {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity.INFO);
    request.setMessage(line);
    request.setUrn(about.getStore() ?? "");
    return new Promise((resolve) => client.log(request, () => resolve()));
  };
}
