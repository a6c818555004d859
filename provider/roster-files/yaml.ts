/** YAML as people write it: what is wrong with it in one plain sentence, with its place. */
import { type Document, type ErrorCode, isScalar, LineCounter, parseDocument, visit } from "yaml";

export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
}

export interface ParsedYaml {
  readonly document: Document;
  /** Plain values; nothing where there are mistakes. */
  readonly value: unknown;
  readonly mistakes: readonly YamlMistake[];
  /** Line and column of an offset, from 1. */
  readonly place: (offset: number) => { readonly line: number; readonly column: number };
}

interface Found {
  /** What stands there, up to the end of the word. */
  readonly word: string;
  /** What the parser says of it, by which kinds within one code are told apart. */
  readonly said: string;
}

const outOfPlace = () => "an anchor (&) or a tag (!) is out of place; write the plain value";

const says: Readonly<Record<ErrorCode, (found: Found) => string>> = {
  ALIAS_PROPS: outOfPlace,
  BAD_ALIAS: ({ word }) => `nothing before this has the anchor of ${word}; write the value out`,
  BAD_COLLECTION_TYPE: ({ word }) => `the tag ${word} is not read here; write the plain value`,
  BAD_DIRECTIVE: () => "lines that begin with % are not read here; remove this one",
  BAD_DQ_ESCAPE: () =>
    'a backslash within double quotes begins something that does not exist; write "\\\\" for a backslash, or use single quotes',
  BAD_INDENT: () =>
    "the indentation does not fit what is above; indent what belongs together by the same number of spaces",
  BAD_PROP_ORDER: outOfPlace,
  BAD_SCALAR_START: ({ word }) => `a value cannot begin with ${word.slice(0, 1)}; put it in quotes`,
  BLOCK_AS_IMPLICIT_KEY: () =>
    "there is one colon too many in this line; put a value that has a colon in quotes, or begin a new line",
  BLOCK_IN_FLOW: () => "a list or map in lines of its own stands within brackets; write it in brackets too",
  DUPLICATE_KEY: ({ word }) =>
    `${word.replace(/:$/, "")} is there already, and keys must be unique; keep one of the two`,
  IMPOSSIBLE: () => "this cannot be read; write it in a simpler way",
  KEY_OVER_1024_CHARS: () => "a key may be 1,024 characters long; is a quote not closed?",
  MISSING_CHAR: ({ said }) =>
    /quote/i.test(said)
      ? "a quote is not closed; close it on the line where it is opened"
      : /[\]}]/.test(said)
        ? "a bracket is not closed, or a comma is missing; write [one, two] or { key: value }"
        : /space|whitespace/i.test(said)
          ? "a space is missing here; write it after a colon, a dash or a comma"
          : "a colon and a value are missing; write key: value, or - value for an entry of a list",
  MULTILINE_IMPLICIT_KEY: () =>
    "a key must stand on one line with its colon; look at the line before for a missing colon, quote or dash",
  MULTIPLE_ANCHORS: outOfPlace,
  MULTIPLE_DOCS: () => "a second document begins here (---); put it into a file of its own",
  MULTIPLE_TAGS: outOfPlace,
  NON_STRING_KEY: () => "a key must be text, such as a name or an address; a list or a map cannot be one",
  RESOURCE_EXHAUSTION: () => "this is nested too deeply; write it in a simpler way",
  TAB_AS_INDENT: () => "a tab stands where only spaces may; indent by spaces",
  TAG_RESOLVE_FAILED: ({ word }) => `the tag ${word} is not read here; write the plain value`,
  UNEXPECTED_TOKEN: () =>
    "this does not belong here; look for a bracket or a quote that is not closed, and at the indentation",
};

export function parseYaml(text: string): ParsedYaml {
  const counter = new LineCounter();
  // The mark that some editors put first counts as nothing, and not as a column.
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const document = parseDocument(plain, {
    lineCounter: counter,
    // Looked for below: the parser compares each key with every other, which takes half a minute for ten thousand people.
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    // Warnings are taken below: what gives rise to one would be read as something else than is meant.
    logLevel: "error",
  });
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const wordAt = (offset: number) => /^\S+/.exec(plain.slice(offset, offset + 200))?.[0] ?? "";
  const found = [...document.errors, ...document.warnings].map(({ code, pos: [offset], message }) => {
    return { offset, message: says[code]({ word: wordAt(offset), said: message }) };
  });
  const unreadable = /[\ufffd\0]/.exec(plain);
  if (unreadable) found.push({ offset: unreadable.index, message: "this is no text in UTF-8; save the file as UTF-8" });
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [offset = 0] = key.range ?? [];
        if (seen.has(key.value))
          found.push({ offset, message: says.DUPLICATE_KEY({ word: wordAt(offset), said: "" }) });
        seen.add(key.value);
      }
    },
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const [offset] = alias.range ?? [0];
      found.push({ offset, message: says.BAD_ALIAS({ word: `*${alias.source}`, said: "" }) });
    },
    Pair(_key, { key }) {
      if (isScalar(key) && key.value === "<<") {
        const message = "merge keys (<<) are not read here; write the values out";
        found.push({ offset: key.range?.[0] ?? 0, message });
      }
    },
  });
  // What follows from the first mistake in a line says nothing more.
  found.sort((one, other) => one.offset - other.offset);
  const mistakes = [...new Map([...found].reverse().map((one) => [place(one.offset).line, one])).values()].reverse();
  const { value, mistake } = mistakes.length > 0 ? { value: undefined } : valueOf(document);
  return { document, value, mistakes: mistake ? [mistake] : mistakes, place };
}

function valueOf(document: Document): { value: unknown; mistake?: YamlMistake } {
  try {
    return { value: document.toJS() as unknown };
  } catch {
    // A few aliases of aliases can stand for billions of values.
    const message = "anchors and aliases (& and *) stand for too much here; write the values out";
    return { value: undefined, mistake: { offset: 0, message } };
  }
}
