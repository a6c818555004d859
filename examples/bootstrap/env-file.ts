import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

const assignment = /^\s*(?:export\s+)?(\w+)\s*=/;
const ownerOnly = 0o600;

/** Sets these variables and leaves every other line as it is. Whole or not at all, and readable by the owner alone. */
export function setVariables(file: string, variables: Readonly<Record<string, string>>): void {
  const left = new Map(Object.entries(variables));
  const lines = linesOf(file).map((line) => {
    const name = assignment.exec(line)?.[1] ?? "";
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? line : `${name}=${value}`;
  });
  write(file, [...lines, ...[...left].map(([name, value]) => `${name}=${value}`)]);
}

/** Removes these variables, and the file when nothing else is in it. */
export function removeVariables(file: string, names: readonly string[]): void {
  const lines = linesOf(file);
  const others = lines.filter((line) => !names.includes(assignment.exec(line)?.[1] ?? ""));
  if (others.length === lines.length) return;
  if (others.length > 0) write(file, others);
  else rmSync(file);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").replace(/\n$/, "").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function write(file: string, lines: readonly string[]): void {
  const text = `${lines.join("\n")}\n`;
  if (text === `${linesOf(file).join("\n")}\n` && (statSync(file).mode & 0o777) === ownerOnly) return;
  const draft = `${file}.draft`;
  // A run that was killed here has left its own.
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: ownerOnly, flag: "wx" });
  renameSync(draft, file);
}
