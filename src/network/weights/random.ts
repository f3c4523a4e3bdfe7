/**
 * Seeded random numbers, equal to those of PyTorch's CPU generator after `torch.manual_seed(seed)`.
 * The generator is MT19937 (Matsumoto and Nishimura, 1998, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator"); how its bits become numbers is PyTorch's.
 */

const STATE_SIZE = 624;
const SHIFT_SIZE = 397;
const TWO_TO_24 = 2 ** 24;
const TWO_TO_32 = 2 ** 32;
const TWO_TO_53 = 2 ** 53;

export class RandomGenerator {
  readonly #words = new Uint32Array(STATE_SIZE);
  #position = STATE_SIZE;
  #spareNormal: number | undefined;

  /** @param seed a whole number; as in PyTorch its lowest 32 bits count */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed))
      throw new RangeError(`The seed of a generator is a whole number, not ${seed}.`);
    this.#words[0] = seed % TWO_TO_32;
    for (let index = 1; index < STATE_SIZE; index++) {
      const previous = this.#words[index - 1]!;
      this.#words[index] = Math.imul(1812433253, previous ^ (previous >>> 30)) + index;
    }
  }

  /** 32 random bits as a whole number in [0, 2^32). */
  nextUint32(): number {
    if (this.#position === STATE_SIZE) this.#twist();
    let bits = this.#words[this.#position++]!;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** Uniform in [0, 1) with 24 random bits: torch.rand of float32. */
  uniformFloat(): number {
    return (this.nextUint32() % TWO_TO_24) / TWO_TO_24;
  }

  /** Uniform in [0, 1) with 53 random bits: torch.rand of float64. */
  uniform(): number {
    const high = this.nextUint32() & 0x1fffff;
    return (high * TWO_TO_32 + this.nextUint32()) / TWO_TO_53;
  }

  /** Whole number in [0, bound), bound at most 2^32: 32 bits modulo the bound, as torch.randint. */
  integer(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1 || bound > TWO_TO_32)
      throw new RangeError(`A random whole number needs a bound from 1 to 2^32, not ${bound}.`);
    return this.nextUint32() % bound;
  }

  /** Standard normal (Box and Muller, 1958), in double precision; not PyTorch's stream. */
  normal(): number {
    const spare = this.#spareNormal;
    this.#spareNormal = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** The numbers 0 .. length - 1 in random order: torch.randperm. */
  permutation(length: number): number[] {
    const order = Array.from({ length }, (_, index) => index);
    for (let index = 0; index < length - 1; index++) {
      const other = index + this.integer(length - index);
      const kept = order[index]!;
      order[index] = order[other]!;
      order[other] = kept;
    }
    return order;
  }

  /** A copy of `items` in random order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    return this.permutation(items.length).map((index) => items[index]!);
  }

  /** Passes over `count` 32-bit outputs. */
  skip(count: number): void {
    for (let index = 0; index < count; index++) this.nextUint32();
  }

  #twist(): void {
    const words = this.#words;
    for (let index = 0; index < STATE_SIZE; index++) {
      const next = words[(index + 1) % STATE_SIZE]!;
      const joined = (words[index]! & 0x80000000) | (next & 0x7fffffff);
      const odd = next & 1 ? 0x9908b0df : 0;
      words[index] = words[(index + SHIFT_SIZE) % STATE_SIZE]! ^ (joined >>> 1) ^ odd;
    }
    this.#position = 0;
  }
}

/**
 * Seed of an independent stream: the same seed and labels always give the same, any other label another.
 * For example deriveSeed(seed, "shuffle", split, epoch).
 * @returns a whole number in [0, 2^32): FNV-1a over the text of the labels, then the final mixing of MurmurHash3
 */
export function deriveSeed(seed: number, ...labels: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([seed, ...labels])) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
