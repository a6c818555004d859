import { refuse } from "../errors";
import { type CodeVerdict } from "./email-codes";

const messages: Readonly<Record<Exclude<CodeVerdict, "ok">, readonly [code: string, message: string]>> = {
  incorrect: ["invalid_one_time_code", "The one-time code is incorrect."],
  used: ["one_time_code_previously_used", "The one-time code was already used."],
  expired: ["one_time_code_expired", "The one-time code has expired."],
  too_many: ["one_time_code_too_many_attempts", "Too many wrong codes were tried. Ask for a new one."],
};

export function requireRight(verdict: CodeVerdict): void {
  if (verdict === "ok") return;
  const [code, message] = messages[verdict];
  throw refuse(400, code, message);
}
