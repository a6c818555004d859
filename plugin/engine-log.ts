/** Lines for whoever reads a run, told to the engine beside the resource that they are about. */
import { AsyncLocalStorage } from "node:async_hooks";
import { engineMessages, engineServices, grpc } from "./protocol";

const about = new AsyncLocalStorage<string>();

/** Whatever is said while `call` runs is said of the resource with this URN. */
export const aboutResource = <T>(urn: string, call: () => T): T => about.run(urn, call);

export interface EngineLog {
  /** Says a line that stays; resolves when the engine has it. What it does not take is no reason for a run to fail. */
  readonly print: (line: string) => Promise<void>;
  /** Shows a line beside the resource until the next one. */
  readonly status: (line: string) => void;
}

/** @param address of the engine; without one, what is said goes to the process's own output. */
export function engineLog(address: string | undefined): EngineLog {
  if (address === undefined) {
    return {
      print: (line) => new Promise((resolve) => process.stderr.write(`${line}\n`, () => resolve())),
      status: () => undefined,
    };
  }
  const client = new engineServices.EngineClient(address, grpc.credentials.createInsecure());
  const log = (line: string, ephemeral: boolean) => {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity.INFO);
    request.setMessage(line);
    request.setUrn(about.getStore() ?? "");
    request.setEphemeral(ephemeral);
    return new Promise<void>((resolve) => client.log(request, () => resolve()));
  };
  return { print: (line) => log(line, false), status: (line) => void log(line, true) };
}
