import { describe, expect, it } from "vitest";
import { toWorld } from "../../../src/space/affine";
import { placeVoxels } from "../../../src/space/alongAxes";
import { orientationOfCodes } from "../../../src/space/orientation";
import { reorient } from "../../../src/space/reorient";
import { resample } from "../../../src/space/resample";
import { gridOfPlaces, gridUnder, placesIn, type SpaceRule } from "../../../src/space/spaceRule";
import type { Triple } from "../../../src/space/triple";

/** Oblique, with three voxel sizes. */
const affine = [
  [0.8, -0.9, 0.2, -10],
  [0.6, 1.2, -0.1, 4],
  [0, 0.1, 1.9, 7],
  [0, 0, 0, 1],
];
const shape: Triple = [7, 6, 5];
const values = Float32Array.from({ length: 210 }, (_, i) => ((i * 37) % 61) - 20);
const grid = { shape, affine };

describe("the rule of a space", () => {
  it.each(["linear", "cubic"] as const)("computes what sampling point by point does: %s", (interpolation) => {
    const rule: SpaceRule = { orientation: "stored", voxel_size: [0.7, 1.3, 1.1], size: [9, 4, 12] };
    const places = placesIn(grid, rule);
    const target = gridOfPlaces(affine, places);
    const slow = resample({ grid, values }, target, { interpolation, outside: 0 });
    const fast = placeVoxels(values, shape, places, interpolation);
    expect(fast).toHaveLength(9 * 4 * 12);
    for (const [i, value] of fast.entries()) expect(value).toBeCloseTo(slow.values[i]!, 4);
  });

  it("crops and pads without computing a voxel, and moves the affine along", () => {
    const places = placesIn(grid, { orientation: "stored", size: [4, 6, 8] });
    expect(places).toEqual({ shape: [4, 6, 8], start: [1, 0, -1], step: [1, 1, 1] });
    const placed = placeVoxels(values, shape, places, "cubic");
    expect(placed[(0 * 6 + 2) * 8 + 1]).toBe(values[(1 * 6 + 2) * 5 + 0]);
    expect(placed[(0 * 6 + 2) * 8 + 0]).toBe(0);
    expect(toWorld(gridOfPlaces(affine, places).affine, [0, 0, 0])).toEqual(toWorld(affine, [1, 0, -1]));
  });

  it("has the size that every image gets, and the extent of the image without one", () => {
    const rule: SpaceRule = { orientation: "canonical", voxel_size: 1 };
    expect(
      gridUnder(
        {
          shape: [5, 5, 4],
          affine: [
            [2, 0, 0, 0],
            [0, 2, 0, 0],
            [0, 0, 2, 0],
            [0, 0, 0, 1],
          ],
        },
        rule,
      ),
    ).toEqual({
      shape: [9, 9, 7],
      affine: [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    });
    expect(gridUnder(grid, { ...rule, size: 6 }).shape).toEqual([6, 6, 6]);
  });

  it("copies where the voxel size is that of the image but for the rounding of a header", () => {
    const size = Math.fround(1.1);
    const near = {
      shape,
      affine: [
        [size, 0, 0, 0],
        [0, size, 0, 0],
        [0, 0, size, 0],
        [0, 0, 0, 1],
      ],
    };
    expect(placesIn(near, { orientation: "stored", voxel_size: 1.1 })).toEqual({
      shape,
      start: [0, 0, 0],
      step: [1, 1, 1],
    });
  });

  it("puts what it is told into the middle", () => {
    const places = placesIn(grid, { orientation: "stored", size: 3 }, [5.2, 0, 2]);
    expect(places.start).toEqual([4, -1, 1]);
  });

  it("gives the same voxels however the image is stored", () => {
    const rule: SpaceRule = { orientation: "canonical", voxel_size: 1.2, size: 8 };
    const read = (codes: string) => {
      const stored = reorient({ grid, values }, orientationOfCodes(codes)!);
      const turned = reorient(stored, orientationOfCodes("RAS")!);
      return placeVoxels(turned.values, turned.grid.shape, placesIn(turned.grid, rule), "linear");
    };
    expect(read("LAS")).toEqual(read("RAS"));
    expect(read("PSR")).toEqual(read("RAS"));
  });

  it.each(["linear", "cubic"] as const)(
    "keeps a voxel that is no number where it is: %s",
    (interpolation) => {
      const holed = Float32Array.from({ length: 27 }, (_, i) => (i === 13 ? Number.NaN : 1));
      const places = { shape: [5, 5, 5], start: [0, 0, 0], step: [0.5, 0.5, 0.5] } as const;
      const placed = placeVoxels(holed, [3, 3, 3], places, interpolation);
      // Of the 125 those nearest to the middle; halves go up.
      expect(placed.filter(Number.isNaN)).toHaveLength(8);
      expect(placed[0]).toBeCloseTo(1, 5);
    },
  );
});
