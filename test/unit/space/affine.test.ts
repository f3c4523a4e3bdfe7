import { describe, expect, it } from "vitest";
import {
  affineOfPart,
  compose,
  determinant,
  identityAffine,
  inverse,
  isInvertible,
  toVoxel,
  toWorld,
  voxelSizesOf,
} from "../../../src/space/affine";

const oblique = [
  [-1.1, -0.4, 0.1, 14],
  [-0.4, 0.9, 0.7, -21],
  [0.2, -0.2, 2.4, -5],
  [0, 0, 0, 1],
];

describe("an affine", () => {
  it("takes a voxel to the world and back", () => {
    const world = toWorld(oblique, [3, 4, 5]);
    expect(world[0]).toBeCloseTo(9.6, 12);
    expect(world[1]).toBeCloseTo(-15.1, 12);
    expect(world[2]).toBeCloseTo(6.8, 12);
    for (const [axis, index] of toVoxel(oblique, world).entries())
      expect(index).toBeCloseTo([3, 4, 5][axis]!, 12);
  });

  it("is undone by its inverse", () => {
    for (const [i, row] of compose(inverse(oblique), oblique).entries()) {
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(identityAffine[i]![j]!, 12);
    }
  });

  it("composes from the right", () => {
    const shift = [
      [1, 0, 0, 1],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    for (const [axis, value] of toWorld(compose(oblique, shift), [2, 4, 5]).entries()) {
      expect(value).toBeCloseTo(toWorld(oblique, [3, 4, 5])[axis]!, 12);
    }
  });

  it("of a part of an array finds its voxels where they were", () => {
    const part = affineOfPart(oblique, [1, 2, 3], [2, 1, 4]);
    for (const [axis, value] of toWorld(part, [5, 1, 2]).entries()) {
      expect(value).toBeCloseTo(toWorld(oblique, [11, 3, 11])[axis]!, 12);
    }
    expect(voxelSizesOf(part)[0]).toBeCloseTo(2 * voxelSizesOf(oblique)[0], 12);
  });

  it("cannot be inverted when it loses an axis or is not of numbers", () => {
    expect(determinant(oblique)).not.toBe(0);
    expect(isInvertible(oblique)).toBe(true);
    expect(
      isInvertible([
        [1, 0, 1, 0],
        [0, 1, 0, 0],
        [1, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    ).toBe(false);
    expect(isInvertible(oblique.map((row) => row.map(() => Number.NaN)))).toBe(false);
    expect(
      isInvertible([
        [1, 0, 0, Number.POSITIVE_INFINITY],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    ).toBe(false);
  });
});
