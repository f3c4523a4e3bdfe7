import { describe, expect, it } from "vitest";
import {
  blocksOf,
  CELLS,
  likenessOf,
  likenessOfBlocks,
  SKETCH,
  slack,
  UNIT,
} from "../../../src/data/nifti/likeness";
import { RandomGenerator } from "../../../src/network/weights/random";

const random = new RandomGenerator(3);
const noise = (amount = 1) => Float32Array.from({ length: CELLS ** 3 }, () => amount * random.normal());

describe("likenessOf", () => {
  it("sees the means of blocks, and 0 where a block has no number", () => {
    const values = Float32Array.from({ length: 32 * 16 * 16 }, (_, i) => Math.floor(i / 256));
    values[0] = Number.NaN;
    const blocks = blocksOf(values, [32, 16, 16]);
    expect(blocks).toHaveLength(CELLS ** 3);
    expect(blocks[0]).toBe(0);
    expect(blocks[1]).toBe(0.5);
    expect(blocks[CELLS ** 2]).toBe(2.5);
    expect(blocks.at(-1)).toBe(30.5);
  });

  it("keeps a vector of mean 0 and length 1, whatever the scale of the image", () => {
    const brain = noise();
    const { details } = likenessOfBlocks(brain)!;
    expect(details.reduce((sum, value) => sum + value, 0) / UNIT / details.length).toBeCloseTo(0, 6);
    expect(details.reduce((sum, value) => sum + value ** 2, 0) / UNIT ** 2).toBeCloseTo(1, 4);
    const rescaled = likenessOfBlocks(brain.map((value) => 3 * value + 1))!.details;
    // Values are rounded, and once to a float32 before.
    expect(details.every((value, i) => Math.abs(value - rescaled[i]!) <= 1)).toBe(true);
  });

  it("is none of an image of fewer voxels than blocks, nor of one without details", () => {
    expect(likenessOf(Float32Array.of(1, 2, 3, 4), [2, 2, 1])).toBeNull();
    expect(likenessOf(new Float32Array(20 ** 3).fill(7), [20, 20, 20])).toBeNull();
  });
});

describe("a sketch", () => {
  it("says how far two details are apart: on average exactly, and above its slack never in 200 pairs", () => {
    const brain = noise();
    const one = likenessOfBlocks(brain)!;
    const ratios = Array.from({ length: 200 }, (_, i) => {
      // From pairs that differ in every block to pairs that differ in two.
      const other = i % 2 === 0 ? noise(0.3).map((value, at) => value + brain[at]!) : spiked(brain, i);
      return ratioOf(one, likenessOfBlocks(other)!);
    });
    // The standard error is sqrt(2 / (SKETCH * 200)).
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(2 / (SKETCH * ratios.length)));
    expect(Math.max(...ratios)).toBeLessThan(slack(SKETCH));
  });

  it.each([16, 64, 256])("of %d numbers has the slack that Achlioptas' bound gives", (count) => {
    const e = slack(count) - 1;
    expect(((1 + e) / Math.exp(e)) ** (count / 2)).toBeCloseTo(1e-9, 12);
  });
});

function spiked(brain: Float32Array, seed: number): Float32Array {
  const other = brain.slice();
  for (const at of [(7 * seed) % other.length, (11 * seed + 5) % other.length]) other[at] = other[at]! + 20;
  return other;
}

/** The distance that the sketches say, by the true one. */
function ratioOf(a: NonNullable<ReturnType<typeof likenessOf>>, b: typeof a): number {
  const squares = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x, (value, i) => (value - y[i]!) ** 2).reduce((sum, value) => sum + value, 0);
  return squares(a.sketch, b.sketch) / SKETCH / squares(a.details, b.details);
}
