/** The file that `pulumi import --file` reads: everything that a program declares, and by what each is found. */
import { packageVersion } from "../../api/http/version";
import type { Made } from "../program/program";
import { typeToken } from "../program/yaml-text";
import type { Language } from "./project-files";

export const importFile = "import.json";

/** Without the code that it would print, there being a program already; and nothing is protected that this does not protect. */
export const importCommand = `pulumi import --file ${importFile} --generate-code=false --protect=false --yes`;

/** What is there before the program runs for the first time: not what waits for a value that nobody tells. */
export const importsOf = (made: readonly Made[]) =>
  made.flatMap(({ className, name, importId, isConditional }) =>
    isConditional || importId === undefined ? [] : [{ type: typeToken(className), name, id: importId }],
  );

/** @param language of the program that follows. */
export function importText(made: readonly Made[], language: Language): string {
  // The plugin that its classes ask for, else the stack would have two of them; a YAML program asks for any.
  const plugin = language === "typescript" ? { version: packageVersion() } : {};
  const resources = importsOf(made).map((one) => ({ ...one, ...plugin }));
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
