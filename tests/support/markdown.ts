export type CodeBlock = {
  /** As written after the fence: `ts`, `sh`, `text`, … */
  language: string;
  text: string;
  /** Of the first line inside, counted from 1. */
  line: number;
};

/** The fenced blocks of a page. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(\S*)[^\n]*\n(.*?)^```$/gms)].map(({ 1: language = "", 2: text = "", index }) => ({
    language,
    text,
    line: markdown.slice(0, index).split("\n").length + 1,
  }));
}

/** The commands of a page's `sh` blocks, one a line, comments aside. */
export function shellCommands(markdown: string): string[] {
  return codeBlocks(markdown)
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, " ").split("\n"))
    .map((line) => line.replace(/\s+#\s.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** The rows of the first table below a heading, each as its cells' text. */
export function tableBelow(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no heading "${heading}"`);
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** One column of a table. */
export const column = (rows: readonly (readonly string[])[], index: number): (string | undefined)[] =>
  rows.map((row) => row[index]);
