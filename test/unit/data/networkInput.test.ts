import { describe, expect, it } from "vitest";
import { checkVoxels, type InputSettings, networkInput } from "../../../src/data/batches/networkInput";
import { type Cut, partShape } from "../../../src/data/parts/parts";
import { problemsOf } from "../../support/problemsOf";

const size = [2, 2, 2] as const;
const voxels = (values: number[]) => ({ file: "image.nii", size, data: Float32Array.from(values) });
const settings = (cut: Cut, normalize = true): InputSettings => ({
  imageSize: size,
  space: { orientation: "stored" },
  cut,
  intensity: normalize ? { kind: "min-max", each: "part" } : null,
  reduction: null,
  inputSize: partShape(cut, size),
  augmentation: ["Noise"],
});
const halves: Cut = { mode: "slice", direction: 0, channels: 1, first: 0, count: 2 };

describe("networkInput", () => {
  it("normalises an image to [0, 1] and leaves the original alone", () => {
    const image = voxels([2, 4, 6, 8, 10, 12, 14, 16]);
    const input = networkInput(image, settings({ mode: "image" }), 0);
    expect([...input]).toEqual([...Float32Array.from([0, 2, 4, 6, 8, 10, 12, 14], (v) => v / 14)]);
    expect([...image.data]).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  });

  it("normalises each part by itself", () => {
    const image = voxels([0, 1, 2, 4, 10, 10, 20, 30]);
    expect([...networkInput(image, settings(halves), 0)]).toEqual([0, 0.25, 0.5, 1]);
    expect([...networkInput(image, settings(halves), 1)]).toEqual([0, 0, 0.5, 1]);
  });

  it("removes NaN before it normalises, and without normalisation too", () => {
    const image = voxels([Number.NaN, 1, 2, 4, -4, 2, 0, 1]);
    expect([...networkInput(image, settings({ mode: "image" }), 0)]).toEqual([
      0.5, 0.625, 0.75, 1, 0, 0.75, 0.5, 0.625,
    ]);
    expect(networkInput(image, settings({ mode: "image" }, false), 0)[0]).toBe(0);
  });

  it("transforms training samples after normalisation, by their seed, and no others", () => {
    const image = voxels([2, 4, 6, 8, 10, 12, 14, 16]);
    const read = (seed?: number) =>
      networkInput(image, settings({ mode: "image" }), 0, { augmentationSeed: seed });
    expect(read(1)).toEqual(read(1));
    expect(read(1)).not.toEqual(read(2));
    expect(Math.max(...read(1).map((value, i) => Math.abs(value - read()[i]!)))).toBeLessThan(0.5);
    expect(read()).toEqual(read());
  });

  it("makes a constant part zero", () => {
    expect([...networkInput(voxels([5, 5, 5, 5, 1, 2, 3, 5]), settings(halves), 0)]).toEqual([0, 0, 0, 0]);
  });
});

describe("checkVoxels", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

  it.each<[string, number[], RegExp]>([
    ["constant", [7, 7, 7, 7, 7, 7, 7, 7], /Every voxel of the image is 7/],
    ["empty once NaN is 0", [nan, 0, nan, 0, 0, 0, 0, 0], /Every voxel of the image is 0 or NaN\./],
    ["NaN everywhere", Array(8).fill(nan), /No voxel of the image is a number: every one is NaN/],
    ["infinite", [1, 2, 3, infinity, 5, 6, 7, 8], /infinite/],
    ["infinite both ways, beside NaN", [1, nan, infinity, -infinity, 5, 6, 7, 8], /infinite/],
    ["wider than a float32", [3e38, -3e38, 0, 0, 0, 0, 0, 0], /infinite/],
  ])("refuses an image that is %s", async (_, values, message) => {
    const [problem] = await problemsOf(() => checkVoxels(voxels(values), size));
    expect(problem).toMatchObject({ file: "image.nii", message: expect.stringMatching(message) });
  });

  it("refuses an image of another size than the others", async () => {
    const [problem] = await problemsOf(() => checkVoxels(voxels([1, 2, 3, 4, 5, 6, 7, 8]), [2, 2, 3]));
    expect(problem?.message).toBe("The image has 2x2x2 voxels, the others 2x2x3.");
  });

  it("accepts NaN and infinities that NaN removal mends", () => {
    expect(() => checkVoxels(voxels([nan, infinity, 0, 0, 0, 0, 0, 1]), size)).not.toThrow();
    expect(() => checkVoxels(voxels([nan, 3, 3, 3, 3, 3, 3, 3]), size)).not.toThrow();
  });
});
