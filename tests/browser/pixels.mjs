// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes of texts from the pixels of a painter: each text has a colour of its own, and nothing else is drawn.
import { inflateSync } from 'node:zlib';

const FAINT = 48; // below this coverage a colour is not told for certain
const MOST = 4096;

function paeth(a, b, c) {
  const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

// Undoes what each line was filtered with; four bytes a pixel.
function unfilter(bytes, width, height) {
  const stride = width * 4;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (stride + 1)], from = y * (stride + 1) + 1, to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x >= 4 ? out[to + x - 4] : 0, above = y > 0 ? out[to + x - stride] : 0;
      const corner = x >= 4 && y > 0 ? out[to + x - stride - 4] : 0;
      const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
      out[to + x] = bytes[from + x] + guess;
    }
  }
  return out;
}

export function readPng(png) {
  const kinds = [];
  let head;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at), kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'IHDR') head = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IDAT') kinds.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [depth, colours, , , interlaced] = head.subarray(8);
  if (depth !== 8 || colours !== 6 || interlaced) throw new Error('not a PNG of RGBA bytes');
  const width = head.readUInt32BE(0), height = head.readUInt32BE(4);
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(kinds)), width, height) };
}

// Gives each text the box of its pixels, in points, as `painted`. Returns how many points a pixel measures.
export function findTexts({ page, texts }, png) {
  if (texts.length > MOST) throw new Error(`more than ${MOST} texts on a page`);
  const { width, height, pixels } = readPng(png);
  const boxes = texts.map(() => [Infinity, Infinity, -1, -1]);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      if (pixels[at + 3] < FAINT) continue;
      const part = (offset) => Math.round(pixels[at + offset] / 17);
      const box = boxes[part(0) | (part(1) << 4) | (part(2) << 8)];
      if (!box) continue; // where two texts mix: their boxes overlap anyway
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  const point = page.width / width;
  texts.forEach((text, i) => {
    let [left, top, right, bottom] = boxes[i];
    text.painted = null;
    if (right < 0) return;
    // What touches the edge of the picture is cut there: it goes on, nobody knows how far.
    if (left === 0) left = -width;
    if (top === 0) top = -height;
    if (right === width - 1) right = 2 * width;
    if (bottom === height - 1) bottom = 2 * height;
    text.painted = { x: left * point, y: top * point, width: (right + 1 - left) * point, height: (bottom + 1 - top) * point };
  });
  return point;
}
