// Writes small PNG files: pages of text have few colours, so that a palette of 256 and four bits a channel show them well.

import { crc32, deflateSync } from 'node:zlib';

/** Makes an indexed PNG of pixels (red, green, blue, alpha): of colours that are alike it keeps the commonest. */
export function packed({ width, height, data }) {
  const counts = new Map();
  const colour = (at) => (data[at] >> 4) << 8 | (data[at + 1] >> 4) << 4 | data[at + 2] >> 4;
  for (let at = 0; at < data.length; at += 4) {
    counts.set(colour(at), (counts.get(colour(at)) ?? 0) + 1);
  }
  const exact = commonest(data, colour);
  const palette = [...counts].sort(([a, many], [b, more]) => more - many || a - b).slice(0, 256).map(([value]) => value);
  const nearest = indexer(palette);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = nearest(colour((y * width + x) * 4));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8); // eight bits, a palette
  const colours = Buffer.from(palette.flatMap((value) => [exact.get(value) >> 16, exact.get(value) >> 8 & 255, exact.get(value) & 255]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** For each colour in few steps, the whole colour that most of its pixels have. */
function commonest(data, colour) {
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const whole = data[at] << 16 | data[at + 1] << 8 | data[at + 2];
    const [, many] = counts.get(whole) ?? [0, 0];
    counts.set(whole, [colour(at), many + 1]);
  }
  const rising = [...counts].sort(([a, [, many]], [b, [, more]]) => many - more || a - b);
  return new Map(rising.map(([whole, [few]]) => [few, whole]));
}

/** Tells the place of a colour in the palette, or that of the nearest one. */
function indexer(palette) {
  const known = new Map(palette.map((value, at) => [value, at]));
  const parts = (value) => [value >> 8, value >> 4 & 15, value & 15];
  const apart = (one, other) => parts(one).reduce((sum, part, at) => sum + (part - parts(other)[at]) ** 2, 0);
  return (value) => {
    if (!known.has(value)) {
      known.set(value, palette.reduce((best, other, at) => (apart(other, value) < apart(palette[best], value) ? at : best), 0));
    }
    return known.get(value);
  };
}

function chunk(name, bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const body = Buffer.concat([Buffer.from(name), bytes]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
