/**
 * What of an image says whether another is a copy of it, though no voxel is the same: its details, and a sketch of them.
 *
 * The details are the means of 16x16x16 blocks, each less the mean of the 3x3x3 around it, turned into a vector of mean 0 and length 1.
 * The correlation of two of them is their product, and their squared distance 2 - 2r.
 *
 * The sketch is a random projection (D. Achlioptas, Database-friendly random projections, Journal of Computer and System Sciences 66,
 * 2003): each of its numbers is the sum of all details, each with a sign drawn once for all. The mean square of the differences of two
 * sketches is on average the squared distance of the details, whatever these are, and `slack` says how far it goes above that.
 */
import { RandomGenerator } from "../../network/weights/random";
import type { Triple } from "../../space/triple";

export interface Likeness {
  /** `CELLS` blocks along each axis, z fastest, in units of 1 / `UNIT`. */
  readonly details: Int16Array;
  /** `SKETCH` numbers in the same units. */
  readonly sketch: Float32Array;
}

/** Blocks along each axis. */
export const CELLS = 16;

/** A length of 1. So fine a step moves no correlation by 1e-6, and takes half the memory of floats. */
export const UNIT = 32_767;

/** Numbers of a sketch: 1 kB, where the details are 8 kB. */
export const SKETCH = 256;

/** Of a large image not every line is needed: so many voxels of a block along x and y at least. */
const LINES = 4;

/**
 * Null where an axis has fewer voxels than blocks, or nothing varies from block to block: such an image has no details.
 * @param values [x, y, z] in C order
 * @param size voxels along x, y, z
 */
export function likenessOf(values: Float32Array, size: Triple): Likeness | null {
  if (Math.min(...size) < CELLS) return null;
  return likenessOfBlocks(blocksOf(values, size));
}

/** @param blocks means of the blocks, z fastest */
export function likenessOfBlocks(blocks: Float32Array): Likeness | null {
  const details = detailsOf(blocks);
  return details === null ? null : { details, sketch: sketchOf(details) };
}

/**
 * How many times the squared distance of two details the mean square of `count` differences of their sketches is at most, but for one
 * pair in 10^9. For the sum S of n squares P(S >= n (1 + e)) <= ((1 + e) / exp(e))^(n / 2) (Achlioptas 2003, lemma 5.1 and what
 * follows from it, as for normal numbers).
 */
export function slack(count: number): number {
  const wanted = (2 / count) * Math.log(MISSED);
  let [low, high] = [0, 100];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (Math.log1p(middle) - middle > wanted) low = middle;
    else high = middle;
  }
  return 1 + high;
}

const MISSED = 1e-9;

/** A block with a NaN or an infinity in it counts as 0: what lies there is no tissue. */
export function blocksOf(values: Float32Array, size: Triple): Float32Array {
  const [nx, ny, nz] = size;
  const [stepX, stepY] = [stepAlong(nx), stepAlong(ny)];
  const sums = new Float64Array(CELLS ** 3);
  const voxels = new Uint32Array(CELLS ** 3);
  const ends = Array.from({ length: CELLS + 1 }, (_, cell) => Math.ceil((cell * nz) / CELLS));
  for (let x = 0; x < nx; x += stepX) {
    const plane = Math.floor((x * CELLS) / nx) * CELLS;
    for (let y = 0; y < ny; y += stepY) {
      const row = (plane + Math.floor((y * CELLS) / ny)) * CELLS;
      const start = (x * ny + y) * nz;
      for (let cell = 0; cell < CELLS; cell++) {
        let sum = 0;
        const [begin, end] = [ends[cell]!, ends[cell + 1]!];
        for (let z = begin; z < end; z++) sum += values[start + z]!;
        sums[row + cell]! += sum;
        voxels[row + cell]! += end - begin;
      }
    }
  }
  return Float32Array.from(sums, (sum, cell) => {
    const mean = sum / voxels[cell]!;
    return Number.isFinite(mean) ? mean : 0;
  });
}

const stepAlong = (length: number) => Math.max(1, Math.floor(length / (CELLS * LINES)));

/** Each block less the mean of the 3x3x3 around it, scaled to mean 0 and length 1; null where there are none. */
function detailsOf(blocks: Float32Array): Int16Array | null {
  const means = alongAxes(blocks);
  const details = Float64Array.from(blocks, (value, i) => value - means[i]!);
  const mean = details.reduce((sum, value) => sum + value, 0) / details.length;
  const length = Math.sqrt(details.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return length === 0
    ? null
    : Int16Array.from(details, (value) => Math.round((UNIT * (value - mean)) / length));
}

/** Mean over the neighbours along each axis in turn, those outside left out. */
function alongAxes(blocks: Float32Array): Float64Array {
  let values = Float64Array.from(blocks);
  for (const step of [1, CELLS, CELLS ** 2]) {
    const before = values;
    values = before.map((value, i) => {
      const at = Math.floor(i / step) % CELLS;
      const [below, above] = [at > 0, at < CELLS - 1];
      const sum = value + (below ? before[i - step]! : 0) + (above ? before[i + step]! : 0);
      return sum / (1 + Number(below) + Number(above));
    });
  }
  return values;
}

/**
 * Each byte of the signs says how eight details are added up for one number of the sketch: of their 256 sums each is made once, and taken
 * for every number that asks for it.
 */
function sketchOf(details: Int16Array): Float32Array {
  const signs = drawnSigns();
  const sums = new Int32Array(SKETCH);
  const signed = new Int32Array(256);
  for (let first = 0; first < details.length; first += 8) {
    let negative = 0;
    for (let i = 0; i < 8; i++) negative -= details[first + i]!;
    signed[0] = negative;
    for (let i = 0; i < 8; i++) {
      const half = 1 << i;
      const twice = 2 * details[first + i]!;
      for (let byte = 0; byte < half; byte++) signed[half + byte] = signed[byte]! + twice;
    }
    const start = (first / 8) * SKETCH;
    for (let k = 0; k < SKETCH; k++) sums[k] = sums[k]! + signed[signs[start + k]!]!;
  }
  return Float32Array.from(sums);
}

let signs: Uint8Array | undefined;

/** A bit for each detail and number of the sketch, the same in every worker: drawn when the first image is read. */
function drawnSigns(): Uint8Array {
  if (signs !== undefined) return signs;
  const random = new RandomGenerator(SEED);
  const words = Uint32Array.from({ length: (CELLS ** 3 * SKETCH) / 32 }, () => random.nextUint32());
  signs = new Uint8Array(words.buffer);
  return signs;
}

const SEED = 1;
