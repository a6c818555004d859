/** Names in programs that a command writes: of variables, resources and files, from what things are called at WorkOS. */

/** Words that no variable may be called. */
const reserved =
  /^(arguments|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|of|package|private|protected|public|return|static|super|switch|this|throw|true|try|type|typeof|undefined|var|void|while|with|yield|exports|module|require|process|global|globalThis|__dirname|__filename)$/;

/** Names that Windows gives to no file, whatever follows their dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Letters that do not come apart into a plain one and an accent. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
};

/** Longer names help nobody. */
const longest = 40;

/**
 * `acme-gmbh` of `Acme GmbH`: lower-case letters, digits and dashes.
 * @param otherwise what it is where nothing of the text can stand in a name, as of one in emojis.
 */
export function dashed(text: string, otherwise: string): string {
  const words = text
    .toLowerCase()
    .replace(/[ßæœøłđðþ]/g, (letter) => letters[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.join("-").slice(0, longest).replace(/-$/, "") || otherwise;
}

/** `acmeGmbh` of `acme-gmbh`, and of whatever else: a word that a variable may be called. */
export function variableName(text: string): string {
  const word = text.replace(/[^A-Za-z0-9]+(.)?/g, (_match, next?: string) => next?.toUpperCase() ?? "");
  if (/^[A-Za-z]/.test(word) && !reserved.test(word)) return word;
  return `the${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** Names that are given once each. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The name itself, or with the first number from 2 on that nobody has. */
  take(name: string, separator = ""): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count++) free = `${name}${separator}${count}`;
    this.#taken.add(free);
    return free;
  }

  variable(text: string): string {
    return this.take(variableName(text));
  }

  resource(text: string, otherwise: string): string {
    return this.take(dashed(text, otherwise), "-");
  }

  /** Without its ending. */
  file(text: string, otherwise: string): string {
    const name = dashed(text, otherwise);
    return this.take(devices.test(name) ? `the-${name}` : name, "-");
  }
}
