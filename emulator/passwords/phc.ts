/** The PHC string format: `$id$v=1$name=value,name=value$salt$hash`, with the parameters in one or several parts. */
export interface Phc {
  readonly id: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly salt: Buffer | undefined;
  readonly hash: Buffer | undefined;
}

const parameter = /^([A-Za-z-]+)=(.*)$/;

export function parsePhc(value: string, ids: readonly string[]): Phc | undefined {
  const [empty, id, ...parts] = value.split("$");
  if (empty !== "" || id === undefined || !ids.includes(id)) return undefined;
  const parameters = new Map<string, string>();
  const rest: string[] = [];
  for (const part of parts) {
    const pairs = part.split(",").map((pair) => parameter.exec(pair));
    // Base64 with its padding looks like a parameter without a value.
    const isPair = pairs.every((pair) => pair !== null && pair[2] !== "" && pair[2] !== "=");
    if (!isPair || rest.length > 0) rest.push(part);
    else for (const pair of pairs) parameters.set(pair?.[1] ?? "", pair?.[2] ?? "");
  }
  if (rest.length > 2) return undefined;
  const [salt, hash] = rest.map(decode);
  return { id, parameters, salt, hash };
}

/** Base64 with or without padding, in either alphabet, or crypt's with dots. */
export const decode = (value: string) => Buffer.from(value.replace(/\./g, "+"), "base64");

export const text = (phc: Phc, name: string) => phc.parameters.get(name);

export function number(phc: Phc, name: string): number | undefined {
  const value = Number(phc.parameters.get(name));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
