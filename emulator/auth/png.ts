import { crc32, deflateSync } from "node:zlib";

const scale = 4;
/** Light modules around the code, which scanners need. */
const quiet = 4;

/** A square black and white PNG of `modules` by `modules` squares. */
export function png(modules: number, isDark: (row: number, column: number) => boolean): Buffer {
  const side = (modules + 2 * quiet) * scale;
  const inside = (at: number) => at >= 0 && at < modules;
  // Each line: filter type 0, then one bit a pixel, 1 for white.
  const line = 1 + Math.ceil(side / 8);
  const pixels = Buffer.alloc(line * side, 0xff);
  for (let y = 0; y < side; y += 1) {
    pixels[y * line] = 0;
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      if (!inside(row) || !inside(column) || !isDark(row, column)) continue;
      const at = y * line + 1 + (x >> 3);
      pixels.writeUInt8(pixels.readUInt8(at) & ~(0x80 >> (x & 7)) & 0xff, at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
