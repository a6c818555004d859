/** The program that this process works for: its host is told the project alone, and the engine knows the stack. */
import { connect } from "node:http2";
import { engineAddress } from "./engine-watch";
import type { Program } from "./lifecycle";

/** How long the engine, on this machine, may take to answer, in milliseconds. */
const askMs = 2_000;

/**
 * @param backend where the state is, as far as the environment says: stacks of two backends may have one name.
 * @param address of the engine. Default: that of the one which has started this process, if one did.
 */
export function runningProgram(
  { project, backend = "" }: { readonly project?: string; readonly backend?: string },
  address: string | undefined = engineAddress(),
): Program {
  let known: string | undefined;
  return {
    project,
    async stack() {
      const urn = known ?? (address === undefined ? undefined : await rootOf(address));
      known = urn;
      return urn && `${urn} ${backend}`;
    },
  };
}

/**
 * The URN of the stack itself, which a program tells its engine before it declares anything: the call `GetRootResource`
 * of the engine's service, which has empty input. Nothing where the engine does not know, or not answer.
 */
function rootOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const end = (urn?: string) => {
      resolve(urn);
      session.destroy();
    };
    const ended = () => {
      end();
    };
    session.on("error", ended);
    session.setTimeout(askMs, ended);
    const call = session.request({
      ":method": "POST",
      ":path": "/pulumirpc.Engine/GetRootResource",
      "content-type": "application/grpc",
      te: "trailers",
    });
    const parts: Buffer[] = [];
    call.on("error", ended);
    call.on("data", (part: Buffer) => parts.push(part));
    call.on("end", () => {
      end(textIn(Buffer.concat(parts)));
    });
    // An uncompressed message of no bytes.
    call.end(Buffer.alloc(5));
  });
}

/** The text of a message that consists of one, after the five bytes that say how long the message is. */
function textIn(answer: Buffer): string | undefined {
  const isText = answer[5] === 0x0a;
  let [length, place] = [0, 6];
  for (let shift = 0; isText; shift += 7) {
    const byte = answer[place++] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return answer.toString("utf8", place, place + length) || undefined;
}
