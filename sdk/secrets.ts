/** Which inputs of a resource are secrets, told to the provider. */
import { secretMark } from "../provider/declare/secrecy";
import { isSecret } from "./eventual";

/** The hidden input that names them; none where no input can be one. */
export function secretInputsOf(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const eventual = Object.entries(args).filter(([, value]) => typeof value === "object" && value !== null);
  if (eventual.length === 0) return {};
  const named = Promise.all(eventual.map(async ([name, value]) => ((await isSecret(value)) ? [name] : [])));
  return { [secretMark]: named.then((names) => names.flat().sort().join(",") || undefined) };
}
