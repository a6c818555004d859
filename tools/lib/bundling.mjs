/** What the bundles of this repository change in its sources. */
import { readFileSync } from "node:fs";

/** @typedef {(text: string) => string} Rewrite */

/**
 * Sources as the bundle has them: each is what its rewrites, in their order, make of it.
 * @param {readonly [RegExp, Rewrite][]} rewrites by the end of the path
 * @returns {import("esbuild").Plugin}
 */
export function rewritten(rewrites) {
  return {
    name: "rewritten",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const wanted = rewrites.filter(([filter]) => filter.test(path));
        if (wanted.length === 0 || /[\\/]node_modules[\\/]/.test(path)) return undefined;
        const text = readFileSync(path, "utf8");
        return { contents: wanted.reduce((made, [, rewrite]) => rewrite(made), text), loader: "ts" };
      });
    },
  };
}

/**
 * A namespace object is kept whole; of `import *` only what is used. Without this, zod's words in fifty languages would
 * be in the bundle, and be read at each start.
 * @type {Rewrite}
 */
export const zodInPieces = (text) =>
  text.replace(
    /^import \{ z(?:, ([^}]+))? \} from "zod";$/m,
    (_, others) => `import * as z from "zod";${others === undefined ? "" : ` import { ${others} } from "zod";`}`,
  );
