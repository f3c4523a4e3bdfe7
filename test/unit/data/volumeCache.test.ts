import { describe, expect, it } from "vitest";
import { VolumeCache } from "../../../src/data/nifti/volumeCache";
import { RandomGenerator } from "../../../src/network/weights/random";

const volume = (file: string, bytes: number) => ({
  file,
  size: [bytes, 1, 1] as const,
  data: new Uint8Array(bytes),
});

type Volume = ReturnType<typeof volume>;

const fileNumber = (i: number) => `${i}.nii`;

/** Reads each file, from its file where it is not in memory. @returns how often it was */
function reads(cache: VolumeCache<Volume>, files: readonly string[]): number {
  return files.filter((file) => {
    const found = cache.get(file) !== undefined;
    if (!found) cache.put(volume(file, 10));
    return found;
  }).length;
}

describe("the volumes in memory", () => {
  it("are never more than the budget, whatever is put there", () => {
    const random = new RandomGenerator(1);
    for (const recent of [0, 1, 4]) {
      const cache = new VolumeCache<Volume>(1000, recent);
      const held = new Map<string, number>();
      for (let i = 0; i < 500; i++) {
        const file = fileNumber(Math.floor(60 * random.uniform()));
        const bytes = held.get(file) ?? 1 + Math.floor(300 * random.uniform());
        held.set(file, bytes);
        cache.put(volume(file, bytes));
        expect(cache.bytes).toBeLessThanOrEqual(1000);
        const sum = [...held].reduce((all, [name, size]) => all + (cache.get(name) ? size : 0), 0);
        expect(cache.bytes).toBe(sum);
      }
    }
  });

  it("are all that there are where they fit, to the last byte", () => {
    for (const recent of [0, 3]) {
      const cache = new VolumeCache<Volume>(100, recent);
      const files = Array.from({ length: 10 }, (_, i) => fileNumber(i));
      expect(reads(cache, files)).toBe(0);
      expect(reads(cache, files.toReversed())).toBe(10);
    }
  });

  it("serve their share of an epoch where not all fit, in whatever order it comes", () => {
    const cache = new VolumeCache<Volume>(100, 0);
    const random = new RandomGenerator(2);
    const epoch = () => random.permutation(20).map(fileNumber);
    reads(cache, epoch());
    expect([epoch(), epoch(), epoch()].map((files) => reads(cache, files))).toEqual([10, 10, 10]);
  });

  it("leave places for images whose parts are read one after the other", () => {
    const cache = new VolumeCache<Volume>(100, 2);
    reads(
      cache,
      Array.from({ length: 20 }, (_, i) => fileNumber(i)),
    );
    expect(reads(cache, ["18.nii", "19.nii"])).toBe(2);
    expect(reads(cache, ["a", "a", "b", "a", "b", "b", "a"])).toBe(5);
    // What was used longest ago went.
    expect(reads(cache, ["18.nii"])).toBe(0);
    expect(cache.get("0.nii")).toBeDefined();
  });

  it("hold nothing without a budget, nor what is larger than it", () => {
    const none = new VolumeCache<Volume>(0, 2);
    none.put(volume("a", 1));
    expect([none.get("a"), none.bytes]).toEqual([undefined, 0]);
    const small = new VolumeCache<Volume>(10, 2);
    small.put(volume("a", 11));
    expect([small.get("a"), small.bytes]).toEqual([undefined, 0]);
  });
});
