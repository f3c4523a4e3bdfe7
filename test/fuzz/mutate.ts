/** Damages bytes as disks, copies and attackers do; the same seed gives the same damage. */

/** Uniform in [0, 1), by mulberry32 (Tommy Ettinger, public domain). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to `count` - 1. */
const below = (random: Random, count: number) => Math.floor(random() * count);
const oneOf = <T>(random: Random, items: readonly T[]): T => {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError("There is nothing to choose from.");
  return item;
};

type Mutation = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

/** A stretch of the bytes: where it starts and how long it is. */
function stretch(bytes: Buffer, random: Random, most = 64): readonly [number, number] {
  const start = below(random, bytes.length + 1);
  return [start, Math.min(below(random, most) + 1, bytes.length - start)];
}

const replaced = (bytes: Buffer, start: number, length: number, by: Buffer) =>
  Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(start + length)]);

const flipBits: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  for (let i = below(random, 8); i >= 0; i--) copy[below(random, copy.length)]! ^= 1 << below(random, 8);
  return copy;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1));

const remove: Mutation = (bytes, random) => {
  const [start, length] = stretch(bytes, random);
  return replaced(bytes, start, length, Buffer.alloc(0));
};

const repeat: Mutation = (bytes, random) => {
  const [start, length] = stretch(bytes, random, 256);
  const chunk = bytes.subarray(start, start + length);
  const times = oneOf(random, [2, 3, 30, 1000]);
  return replaced(bytes, start, length, Buffer.concat(Array.from({ length: times }, () => chunk)));
};

const splice: Mutation = (bytes, random, others) => {
  const other = oneOf(random, others);
  const [start, length] = stretch(other, random, other.length + 1);
  return replaced(bytes, below(random, bytes.length + 1), 0, other.subarray(start, start + length));
};

const scatter: Mutation = (bytes, random) => {
  const noise = Buffer.from(Array.from({ length: below(random, 16) + 1 }, () => below(random, 256)));
  const [start, length] = stretch(bytes, random, 16);
  return replaced(bytes, start, random() < 0.5 ? 0 : length, noise);
};

/** Ends of the ranges of whole and floating numbers, of two to eight bytes, in either order. */
const EXTREMES = [
  "0000",
  "ffff",
  "7fff",
  "8000",
  "ffffffff",
  "7fffffff",
  "80000000",
  "7fc00000",
  "7f800000",
  "ff800000",
  "ffffffffffffffff",
  "7fffffffffffffff",
  "001fffffffffffff",
  "7ff8000000000000",
].map((hex) => Buffer.from(hex, "hex"));

const extremeBytes: Mutation = (bytes, random) => {
  const extreme = Buffer.from(oneOf(random, EXTREMES));
  const written = random() < 0.5 ? extreme : extreme.reverse();
  return replaced(bytes, below(random, bytes.length + 1), written.length, written);
};

/** What people and programs write where a number or a word is expected. */
const EXTREME_TEXTS = [
  ...["1e999", "-1e999", "NaN", "Infinity", "-0", "1e-400", "9007199254740993", "4294967296", "-1", "0"],
  ...[
    "null",
    "true",
    "{}",
    "[]",
    '""',
    "",
    '"\\u0000"',
    '"../../x"',
    "__proto__",
    "constructor",
    "\t",
    '"',
    "\n",
  ],
  ...["0".repeat(400), "9".repeat(400), "[".repeat(2000), '{"a":'.repeat(500), "é\u2028\ud800", "\ufeff"],
];

const TOKEN = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[A-Za-z_]+/g;

const extremeText: Mutation = (bytes, random) => {
  const text = bytes.toString("latin1");
  const tokens = [...text.matchAll(TOKEN)];
  if (tokens.length === 0) return bytes;
  const token = oneOf(random, tokens);
  const by = Buffer.from(oneOf(random, EXTREME_TEXTS));
  return replaced(bytes, token.index, token[0].length, by);
};

const swapTokens: Mutation = (bytes, random) => {
  const tokens = [...bytes.toString("latin1").matchAll(TOKEN)];
  if (tokens.length === 0) return bytes;
  const [to, from] = [oneOf(random, tokens), oneOf(random, tokens)];
  return replaced(bytes, to.index, to[0].length, Buffer.from(from[0], "latin1"));
};

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  truncate,
  remove,
  repeat,
  splice,
  scatter,
  extremeBytes,
  extremeText,
  extremeText,
  swapTokens,
];

/** What comes of repetitions of repetitions is cut here: small files are what must not ask for much. */
const LONGEST = 2 ** 18;

/** `bytes` after a few mutations. @param others seeds from which pieces may come */
export function mutated(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let result = bytes;
  for (let i = below(random, 4); i >= 0; i--)
    result = oneOf(random, MUTATIONS)(result, random, others).subarray(0, LONGEST);
  return result;
}
