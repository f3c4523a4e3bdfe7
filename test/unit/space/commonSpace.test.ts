import { describe, expect, it } from "vitest";
import { affineOfColumns } from "../../../src/space/affine";
import { commonSpace } from "../../../src/space/commonSpace";
import { type Grid, orientedGrid } from "../../../src/space/grid";
import { orientationOfCodes } from "../../../src/space/orientation";
import { gridUnder } from "../../../src/space/spaceRule";
import type { Triple } from "../../../src/space/triple";

/** A grid of RAS axes, from 0. */
const ras = (shape: Triple, [x, y, z]: Triple): Grid => ({
  shape,
  affine: affineOfColumns(
    [
      [x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ],
    [0, 0, 0],
  ),
});

function stored(grid: Grid, codes: string): Grid {
  const orientation = orientationOfCodes(codes);
  if (orientation === null) throw new Error(`${codes} is no orientation`);
  return orientedGrid(grid, orientation);
}

const one = ras([12, 14, 10], [1, 1, 1]);

describe("commonSpace", () => {
  it("is none where all images are stored alike, to a thousandth of a millimetre", () => {
    expect(commonSpace([])).toBeNull();
    expect(commonSpace([one, one])).toBeNull();
    expect(commonSpace([one, ras([12, 14, 10], [1.0000001, 1, 1])])).toBeNull();
  });

  it("turns where orientations differ, and nothing else", () => {
    const common = commonSpace([one, stored(one, "PSR"), one]);
    expect(common).toEqual({
      kinds: [
        { shape: [12, 14, 10], voxelSize: [1, 1, 1], codes: "RAS", count: 2 },
        { shape: [14, 10, 12], voxelSize: [1, 1, 1], codes: "PSR", count: 1 },
      ],
      rule: { orientation: "canonical" },
      shape: [12, 14, 10],
    });
  });

  it("pads to the largest where only sizes differ, along each axis", () => {
    expect(commonSpace([one, ras([10, 16, 10], [1, 1, 1])])).toMatchObject({
      rule: { orientation: "stored", size: [12, 16, 10] },
      shape: [12, 16, 10],
    });
  });

  it("resamples to the voxel size of most, of two equally frequent ones to the larger", () => {
    const two = ras([6, 8, 5], [2, 2, 2]);
    expect(commonSpace([one, one, stored(two, "LAS")])).toMatchObject({
      rule: { orientation: "canonical", voxel_size: 1, size: [12, 15, 10] },
    });
    expect(commonSpace([one, two])).toMatchObject({ rule: { orientation: "stored", voxel_size: 2 } });
    const flat = ras([12, 14, 4], [1, 1, 3]);
    expect(commonSpace([one, flat, flat])).toMatchObject({ rule: { voxel_size: [1, 1, 3] } });
  });

  it("gives every image its shape", () => {
    const grids = [
      one,
      stored(ras([7, 9, 5], [1.7, 1.4, 2]), "PSR"),
      stored(ras([6, 8, 5], [2, 2, 2]), "LAS"),
    ];
    const common = commonSpace(grids);
    for (const grid of grids) expect(gridUnder(grid, common!.rule).shape).toEqual(common!.shape);
  });
});
