/** Hashes that would hold up every other request are computed in a thread of their own. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { hashLibrary } from "../libraries";

/** As text, because the file beside this one has another name and language once it is built. */
const program = `
const { parentPort, workerData: { library, scheme, hash, password } } = require("node:worker_threads");
const { argon2Verify, bcryptVerify } = require(library);
const verify = scheme === "bcrypt" ? bcryptVerify : argon2Verify;
verify({ password, hash }).then((matches) => parentPort.postMessage(matches), () => parentPort.postMessage(false));
`;

export async function verifiedElsewhere(scheme: "bcrypt" | "argon2", hash: string, password: string): Promise<boolean> {
  // Both libraries refuse an empty password, which no hash is of here.
  if (password === "") return false;
  const workerData = { library: hashLibrary(), scheme, hash, password };
  const worker = new Worker(program, { eval: true, workerData });
  try {
    const [matches] = (await once(worker, "message")) as [unknown];
    return matches === true;
  } finally {
    await worker.terminate();
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Begins once everything that was begun so before has ended. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}
