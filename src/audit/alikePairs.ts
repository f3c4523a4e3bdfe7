/**
 * Pairs of images whose details correlate, found among thousands without comparing all details.
 *
 * Of every pair the first `FIRST` numbers of the sketches are compared, of those that may be alike the whole sketches, and of those that still
 * may be alike the details. A sketch lets a pair of copies go once in 10^9 pairs of copies (`slack`); whatever it does not let go
 * is decided by the details. Ten thousand images are 5 * 10^7 pairs: some seconds.
 */
import { type Likeness, SKETCH, slack, UNIT } from "../data/nifti/likeness";

/** One of those that are compared: its likeness, and whose it is. Two of one `person` are no pair. */
export interface Compared {
  readonly likeness: Likeness;
  readonly person: string;
}

export interface AlikePairs {
  readonly count: number;
  /** Places of the two and their correlation, the most alike first: `kept` of them at most. */
  readonly most: readonly AlikePair[];
  /** The least correlation of all pairs; NaN where there is none. */
  readonly least: number;
}

export interface AlikePair {
  readonly one: number;
  readonly other: number;
  readonly correlation: number;
}

/** How many numbers of the sketches are compared at first. */
const FIRST = 64;

/** Pairs of different people whose correlation is `least` or more. */
export function alikePairs(
  images: readonly Compared[],
  {
    least,
    kept,
    onPair = () => {},
    onProgress = () => {},
  }: {
    readonly least: number;
    readonly kept: number;
    readonly onPair?: (pair: AlikePair) => void;
    readonly onProgress?: (done: number, of: number) => void;
  },
): AlikePairs {
  const apart = 2 - 2 * least;
  const first = prefixes(images);
  const limitOf = (length: number) => length * slack(length) * apart * UNIT ** 2;
  const [firstLimit, limit] = [limitOf(FIRST), limitOf(SKETCH)];
  const sketches = images.map(({ likeness }) => likeness.sketch);
  const people = numbered(images.map(({ person }) => person));
  const details = images.map(({ likeness }) => likeness.details);
  const most: AlikePair[] = [];
  let [count, smallest] = [0, Number.NaN];
  for (let i = 0; i < images.length; i++) {
    if (i % ROWS === 0) onProgress(pairsBefore(i, images.length), pairsBefore(images.length, images.length));
    for (let j = i + 1; j < images.length; j++) {
      if (apartBy(firstLimit, FIRST, first, i * FIRST, first, j * FIRST) || people[i] === people[j]) continue;
      if (apartBy(limit, SKETCH, sketches[i]!, 0, sketches[j]!, 0)) continue;
      const correlation = correlationFrom(apart, details[i]!, details[j]!);
      if (correlation === null) continue;
      const pair = { one: i, other: j, correlation };
      onPair(pair);
      count++;
      if (!(smallest <= correlation)) smallest = correlation;
      insert(most, pair, kept);
    }
  }
  onProgress(1, 1);
  return { count, most, least: smallest };
}

/** Between two calls of `onProgress`. */
const ROWS = 64;

/** How many pairs begin with one of the first `i` of `count`. */
const pairsBefore = (i: number, count: number) => i * count - (i * (i + 1)) / 2;

/** The first numbers of all sketches, one after the other: what is compared most often lies close together. */
function prefixes(images: readonly Compared[]): Float32Array {
  const all = new Float32Array(images.length * FIRST);
  for (const [i, { likeness }] of images.entries()) all.set(likeness.sketch.subarray(0, FIRST), i * FIRST);
  return all;
}

/** Whether the squared distance of `length` numbers, from two places on, is above `limit`. It only grows as it is added up. */
function apartBy(
  limit: number,
  length: number,
  a: Float32Array,
  startA: number,
  b: Float32Array,
  startB: number,
): boolean {
  let sum = 0;
  for (let k = 0; k < length; ) {
    for (const end = k + STRIDE; k < end; k++) {
      const difference = a[startA + k]! - b[startB + k]!;
      sum += difference * difference;
    }
    if (sum > limit) return true;
  }
  return false;
}

/** Numbers between two looks at a sum. */
const STRIDE = 16;

/** The correlation of two details, null where their squared distance is above `apart`, which most pairs show after a few planes. */
function correlationFrom(apart: number, a: Int16Array, b: Int16Array): number | null {
  const limit = apart * UNIT ** 2;
  let distance = 0;
  for (let start = 0; start < a.length; start += PLANE) {
    for (let i = start; i < start + PLANE; i++) {
      const difference = a[i]! - b[i]!;
      distance += difference * difference;
    }
    if (distance > limit) return null;
  }
  return 1 - distance / (2 * UNIT ** 2);
}

/** Details between two looks at a sum. */
const PLANE = 256;

/** Puts a pair in its place among those that are kept, the most alike first. */
function insert(pairs: AlikePair[], pair: AlikePair, kept: number): void {
  if (pairs.length >= kept && !(pair.correlation > (pairs.at(-1)?.correlation ?? 0))) return;
  const place = pairs.findIndex(({ correlation }) => correlation < pair.correlation);
  pairs.splice(place < 0 ? pairs.length : place, 0, pair);
  if (pairs.length > kept) pairs.pop();
}

/** Equal names have equal numbers. */
function numbered(names: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  });
}
