/** Archives whose bytes depend on nothing but what is in them. */
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string | Buffer} content
 * @property {boolean} [executable]
 */

const block = 512;

/**
 * A `.tar.gz` in the format that every tar reads (POSIX ustar): no times, no owners, and no trace of the machine.
 * @param {readonly Entry[]} entries
 */
export function tarball(entries) {
  const parts = entries.flatMap(({ name, content, executable = false }) => {
    const bytes = Buffer.from(content);
    return [header(name, bytes.length, executable ? 0o755 : 0o644), bytes, padding(bytes.length)];
  });
  // Two empty blocks end an archive.
  const packed = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 9 });
  // Which system has packed it, says the tenth byte; 255 says nothing.
  packed[9] = 255;
  return packed;
}

/**
 * @param {string} name
 * @param {number} size in bytes
 * @param {number} mode
 */
function header(name, size, mode) {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for an archive.`);
  const bytes = Buffer.alloc(block);
  /** @param {number} at @param {string} text */
  const put = (at, text) => void bytes.write(text, at, "utf8");
  /** @param {number} value @param {number} digits */
  const octal = (value, digits) => `${value.toString(8).padStart(digits, "0")}\0`;
  put(0, name);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(0, 11));
  put(156, "0");
  put(257, "ustar\u{0}00");
  // The sum of all bytes, with spaces where it will stand itself.
  put(148, " ".repeat(8));
  put(
    148,
    `${octal(
      bytes.reduce((sum, byte) => sum + byte),
      6,
    )} `,
  );
  return bytes;
}

/** @param {number} size */
function padding(size) {
  return Buffer.alloc((block - (size % block)) % block);
}
