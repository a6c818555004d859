/** Questions to whoever sits at the terminal, by a library that is loaded when there is one to ask. */
import process from "node:process";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** Each of them throws where it is answered by Ctrl-C. */
export interface Questions {
  /** @param wrong what is wrong with an answer; nothing where it is right. */
  text(question: string, usual: string, wrong?: (answer: string) => string | undefined): Promise<string>;
  /** Shows nothing of the answer, which may be empty. */
  secret(question: string): Promise<string>;
  choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T>;
}

export function terminalQuestions(): Questions {
  const library = () => import("@clack/prompts");
  const output = process.stderr;
  const answered = async <T>(answer: Promise<T | symbol>): Promise<T> => {
    const given = await answer;
    if (typeof given === "symbol") throw new Error("Ended; nothing was made.");
    return given;
  };
  return {
    async text(message, usual, wrong) {
      const { text } = await library();
      const validate = (given: string | undefined) => wrong?.(given === undefined || given === "" ? usual : given);
      return answered<string>(text({ message, placeholder: usual, defaultValue: usual, validate, output }));
    },
    async secret(message) {
      const { password } = await library();
      return (await answered<string | undefined>(password({ message, output }))) ?? "";
    },
    async choose<T extends string>(message: string, choices: readonly Choice<T>[]) {
      const { select } = await library();
      const options = choices.map((choice) => ({ ...choice }));
      return (await answered<string>(select<string>({ message, options, output }))) as T;
    },
  };
}
