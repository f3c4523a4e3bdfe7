/** Percentiles of millions of values without sorting them. */

/** So many bits of a value are counted at a time. */
const HALF = 2 ** 16;

/**
 * numpy's default, linear between the two nearest of the sorted values.
 * @param values numbers, at least one
 * @param shares from 0 to 100
 */
export function percentilesOf(values: Float32Array, shares: readonly number[]): number[] {
  const places = shares.map((share) => (share / 100) * (values.length - 1));
  const ranks = [...new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]))];
  const found = valuesAt(values, ranks);
  return places.map((place) => {
    const [low, high] = [found.get(Math.floor(place))!, found.get(Math.ceil(place))!];
    const share = place - Math.floor(place);
    return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
  });
}

/** The values of these ranks (from 0) in rising order: the upper half of the bits of all is counted, then the lower half of those that share it. */
function valuesAt(values: Float32Array, ranks: readonly number[]): Map<number, number> {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const upper = new Uint32Array(HALF);
  for (let i = 0; i < words.length; i++) upper[ordered(words[i]!) >>> 16]!++;
  const lowers = new Map<number, Uint32Array>();
  const places = ranks.map((rank) => ({ rank, ...bucketOf(upper, rank) }));
  for (const { bucket } of places) lowers.set(bucket, new Uint32Array(HALF));
  for (let i = 0; i < words.length; i++) {
    const key = ordered(words[i]!);
    const counts = lowers.get(key >>> 16);
    if (counts !== undefined) counts[key & (HALF - 1)]!++;
  }
  return new Map(
    places.map(({ rank, bucket, left }) => {
      const key = ((bucket << 16) | bucketOf(lowers.get(bucket)!, left).bucket) >>> 0;
      return [rank, floatOf(key)];
    }),
  );
}

/** Bits of a float32 as a whole number from 0 that rises with the value. */
const ordered = (word: number): number => (word < 0 ? ~word : word | 0x80000000) >>> 0;

function floatOf(key: number): number {
  const word = key >= 0x80000000 ? key & 0x7fffffff : ~key;
  return new Float32Array(Int32Array.of(word).buffer)[0]!;
}

/** The bucket that holds the item of this rank, and its rank within it. */
function bucketOf(counts: Uint32Array, rank: number): { readonly bucket: number; readonly left: number } {
  let left = rank;
  let bucket = 0;
  while (left >= counts[bucket]!) left -= counts[bucket++]!;
  return { bucket, left };
}
