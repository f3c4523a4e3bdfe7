import { describe, expect, it } from "vitest";
import { drawTransforms, transformInput } from "../../../src/data/augmentation/augmentation";
import type { DrawnOn } from "../../../src/data/augmentation/kind";
import { augmentationSchema } from "../../../src/experiment/schema/augmentation";
import { identityAffine } from "../../../src/space/affine";

const image: DrawnOn = {
  grid: { channels: 1, size: [4, 3, 2], axes: [0, 1, 2] },
  voxelSize: [1, 1, 1],
  affine: identityAffine,
  worldAxes: [0, 1, 2],
};

const stepsOf = (...transforms: readonly unknown[]) =>
  augmentationSchema.parse({ transforms })?.transforms ?? [];

/** How often each of what may be drawn was drawn for so many seeds. */
function counts(transforms: ReturnType<typeof stepsOf>, seeds: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (let seed = 0; seed < seeds; seed++) {
    const drawn = JSON.stringify(
      drawTransforms(transforms, image, seed).map((one) => one.kind === "flip" && one.axes),
    );
    found[drawn] = (found[drawn] ?? 0) + 1;
  }
  return found;
}

const flip = (axis: number, probability?: number) => ({ kind: "flip", axes: [axis], probability });

describe("drawTransforms", () => {
  it("applies a transform as often as its probability, a flip every other time", () => {
    expect(counts(stepsOf(flip(0, 0)), 50)).toEqual({ "[]": 50 });
    expect(counts(stepsOf(flip(0, 1)), 50)).toEqual({ "[[0]]": 50 });
    // Six standard deviations of a share of 2000 draws are below 0.07.
    expect(counts(stepsOf(flip(0)), 2000)["[[0]]"]! / 2000).toBeCloseTo(0.5, 0.8);
    expect(counts(stepsOf(flip(0, 0.2)), 2000)["[[0]]"]! / 2000).toBeCloseTo(0.2, 0.8);
  });

  it("chooses exactly one of several, each as often as it weighs", () => {
    const found = counts(stepsOf({ one_of: [flip(0, 0.25), flip(1, 0.5), flip(2, 0.25), flip(0, 0)] }), 2000);
    expect(Object.keys(found).sort()).toEqual(["[[0]]", "[[1]]", "[[2]]"]);
    expect(found["[[1]]"]! / 2000).toBeCloseTo(0.5, 0.8);
    expect(found["[[2]]"]! / 2000).toBeCloseTo(0.25, 0.8);
    const seldom = counts(stepsOf({ one_of: [flip(0), flip(1)], probability: 0.1 }), 2000);
    expect(seldom["[]"]! / 2000).toBeCloseTo(0.9, 0.8);
  });

  it("draws the same from the same seed, in the order of the list", () => {
    const steps = stepsOf(flip(2, 1), flip(1, 1));
    expect(drawTransforms(steps, image, 7)).toEqual([
      { kind: "flip", axes: [2] },
      { kind: "flip", axes: [1] },
    ]);
  });
});

describe("flip", () => {
  const values = () => Float32Array.from({ length: 24 }, (_, i) => i);
  const flipped = (worldAxes: DrawnOn["worldAxes"], shape: readonly number[], axes: readonly unknown[]) => {
    const plan = { on: "part", transforms: stepsOf({ kind: "flip", axes, probability: 1 }) } as const;
    const { voxelSize, affine } = image;
    const input = values();
    transformInput(input, shape, { ...plan, frame: { voxelSize, affine, worldAxes } }, 1);
    return [...input];
  };

  it("mirrors an axis of the body, whichever axis of the voxels that is", () => {
    const last = flipped([0, 1, 2], [1, 4, 3, 2], [2]);
    expect(last).toEqual([...values()].map((value) => value + (value % 2 === 0 ? 1 : -1)));
    expect(flipped([2, 1, 0], [1, 4, 3, 2], ["left-right"])).toEqual(last);
  });

  it("mirrors both planes of a slice of several channels, and passes over the axis that it has not", () => {
    expect(flipped([0, 1], [2, 4, 3], [2, "inferior-superior"])).toEqual([...values()]);
    const both = flipped([0, 1], [2, 4, 3], [0, 1]);
    expect(both.slice(0, 12)).toEqual([...values()].slice(0, 12).reverse());
    expect(both.slice(12)).toEqual([...values()].slice(12).reverse());
  });
});
