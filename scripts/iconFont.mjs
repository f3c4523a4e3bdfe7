// Makes a TrueType font small: of several hundred icons it keeps those that are shown.
// https://learn.microsoft.com/typography/opentype/spec/otff describes the tables.

/** Written as they are. What else a font may hold (ligatures, hints) an icon is shown without. */
const KEPT = ["OS/2", "cmap", "hhea", "hmtx", "maxp", "name"];

/** Icons keep their ids and code points; of those that are not shown the outline goes. Throws where a code point has no icon. */
export function fontOf(font, codePoints) {
  const tables = tablesOf(font);
  const shown = new Set([0, ...codePoints.map((point) => glyphOf(tables.cmap, point))]);
  const { glyf, loca } = outlinesOf(tables, shown);
  const head = Buffer.from(tables.head);
  // Offsets of outlines are written in 32 bits.
  head.writeInt16BE(1, 50);
  const kept = Object.fromEntries(KEPT.map((name) => [name, tables[name]]));
  return written({ ...kept, head, glyf, loca, post: withoutNames(tables.post) });
}

function tablesOf(font) {
  const record = (index) => {
    const at = 12 + 16 * index;
    const start = font.readUInt32BE(at + 8);
    return [font.toString("latin1", at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12))];
  };
  return Object.fromEntries(Array.from({ length: font.readUInt16BE(4) }, (_, index) => record(index)));
}

/** Looks a code point up in the subtable of format 4, which every font for the web has. */
function glyphOf(cmap, codePoint) {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(8 + 8 * index)),
  );
  const subtable = subtables.find((candidate) => candidate.readUInt16BE(0) === 4);
  const segments = subtable.readUInt16BE(6) / 2;
  const [ends, starts, deltas, ranges] = [14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments];
  for (let index = 0; index < segments; index++) {
    const start = subtable.readUInt16BE(starts + 2 * index);
    if (codePoint < start || codePoint > subtable.readUInt16BE(ends + 2 * index)) continue;
    const delta = subtable.readInt16BE(deltas + 2 * index);
    const range = subtable.readUInt16BE(ranges + 2 * index);
    const listed =
      range === 0 ? codePoint : subtable.readUInt16BE(ranges + 2 * index + range + 2 * (codePoint - start));
    const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
    if (glyph !== 0) return glyph;
  }
  throw new Error(`The icon font has no glyph for ${codePoint.toString(16)}.`);
}

/** Tables `glyf` and `loca` with the outlines of `kept` and none of the others. */
function outlinesOf({ glyf, loca, head, maxp }, kept) {
  const short = head.readInt16BE(50) === 0;
  const offset = (glyph) => (short ? 2 * loca.readUInt16BE(2 * glyph) : loca.readUInt32BE(4 * glyph));
  const count = maxp.readUInt16BE(4);
  const outlines = Array.from({ length: count }, (_, glyph) =>
    kept.has(glyph) ? glyf.subarray(offset(glyph), offset(glyph + 1)) : Buffer.alloc(0),
  );
  if (outlines.some((outline) => outline.length > 0 && outline.readInt16BE(0) < 0))
    throw new Error("An icon is put together of others: keep these too, in scripts/iconFont.mjs.");
  const offsets = Buffer.alloc(4 * (count + 1));
  let at = 0;
  for (const [glyph, outline] of outlines.entries()) {
    at += outline.length;
    offsets.writeUInt32BE(at, 4 * (glyph + 1));
  }
  return { glyf: Buffer.concat(outlines), loca: offsets };
}

/** Version 3 of table `post`: glyphs have no names. */
function withoutNames(post) {
  const head = Buffer.from(post.subarray(0, 32));
  head.writeUInt32BE(0x00030000, 0);
  return head;
}

/** A font of tables by name. */
function written(tables) {
  // The check sum of the whole is taken with a zero in this place.
  tables.head.writeUInt32BE(0, 8);
  const sorted = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const powers = Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(sorted.length, 4);
  head.writeUInt16BE(16 * 2 ** powers, 6);
  head.writeUInt16BE(powers, 8);
  head.writeUInt16BE(16 * (sorted.length - 2 ** powers), 10);
  const parts = [head];
  let at = head.length;
  for (const [index, [name, content]] of sorted.entries()) {
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    const record = 12 + 16 * index;
    head.write(name, record, "latin1");
    head.writeUInt32BE(sumOf(padded), record + 4);
    head.writeUInt32BE(at, record + 8);
    head.writeUInt32BE(content.length, record + 12);
    parts.push(padded);
    at += padded.length;
  }
  const font = Buffer.concat(parts);
  const whole = (0xb1b0afba - sumOf(font)) >>> 0;
  tablesOf(font).head.writeUInt32BE(whole, 8);
  return font;
}

/** Check sum: that of words of 32 bits. */
function sumOf(padded) {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
