import { describe, expect, it } from "vitest";
import { type Affine, affineOfColumns } from "../../../src/space/affine";
import { alikeInSpace, asRead, geometryOf, isKnownIn } from "../../../src/space/geometry";
import { orientedGrid } from "../../../src/space/grid";
import { orientationOfCodes, RAS } from "../../../src/space/orientation";
import type { Triple } from "../../../src/space/triple";

const sized = ([x, y, z]: Triple): Affine =>
  affineOfColumns(
    [
      [x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ],
    [-90, -126, -72],
  );
const stored = (codes: string, size: Triple) =>
  orientedGrid({ shape: [4, 5, 6], affine: sized(size) }, orientationOfCodes(codes) ?? RAS).affine;

const canonical = { orientation: "canonical" } as const;

describe("the geometry of an image", () => {
  it.each([
    { codes: "RAS", handedness: "right", voxelSize: [1, 2, 3] },
    { codes: "LAS", handedness: "left", voxelSize: [1, 2, 3] },
    { codes: "LPS", handedness: "right", voxelSize: [1, 2, 3] },
    { codes: "PSR", handedness: "left", voxelSize: [2, 3, 1] },
    { codes: "ASR", handedness: "right", voxelSize: [2, 3, 1] },
  ])("stored $codes: $handedness-handed", ({ codes, ...expected }) => {
    const geometry = geometryOf(stored(codes, [1, 2, 3]), [9, 9, 9]);
    expect(geometry).toEqual({ orientation: codes, ...expected });
    expect(asRead(geometry, canonical)).toEqual({
      orientation: "RAS",
      handedness: "right",
      voxelSize: [1, 2, 3],
    });
  });

  it("has no directions where the affine loses an axis: the sizes of the header are left", () => {
    const lost = sized([1, 0, 1]);
    const geometry = { orientation: null, handedness: null, voxelSize: [2, 2, 2] } as const;
    expect(geometryOf(lost, [2, 2, 2])).toEqual(geometry);
    expect(asRead(geometry, canonical)).toEqual(geometry);
  });

  it("is the same but for less than a thousandth of a voxel", () => {
    const of = (size: Triple) => ({ geometry: geometryOf(stored("RAS", size), size) });
    const images = [of([1, 1, 1]), of([1.0009, 1, 1]), of([1, 1, 1.0011]), of([1, 1, 2]), of([1, 1, 0.9995])];
    const groups = alikeInSpace(images, "voxel size");
    expect(groups.map(({ items }) => items)).toEqual([
      [images[0], images[1], images[4]],
      [images[2]],
      [images[3]],
    ]);
    expect(alikeInSpace(images, "orientation")).toHaveLength(1);
    expect(isKnownIn([of([2, 2, 2]).geometry], of([2.001, 2, 2]).geometry, "voxel size")).toBe(true);
    expect(isKnownIn([of([2, 2, 2]).geometry], of([2.003, 2, 2]).geometry, "voxel size")).toBe(false);
  });
});
