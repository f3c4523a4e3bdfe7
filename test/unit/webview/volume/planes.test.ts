import { describe, expect, it } from "vitest";
import { spaceOf } from "../../../../src/space/space";
import type { Triple } from "../../../../src/space/triple";
import { colorMap } from "../../../../webview/shared/volume/colorMap";
import {
  type Convention,
  extentOf,
  type Plane,
  type PlaneName,
  planeOf,
  stepVoxel,
  voxelAt,
} from "../../../../webview/shared/volume/planes";
import { colorSlice } from "../../../../webview/shared/volume/sliceImage";
import {
  fileStrides,
  replaceAxis,
  tensorStrides,
  type Volume,
  valueAt,
} from "../../../../webview/shared/volume/volume";

const size: Triple = [4, 5, 6];
const ras = [
  [1, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
/** x grows towards the left. */
const las = ras.map((row, i) => (i === 0 ? [-1, 0, 0, 0] : row));
/** x grows towards the front, y downwards, z to the right. */
const air = [
  [0, 0, 3, 0],
  [1, 0, 0, 0],
  [0, -2, 0, 0],
  [0, 0, 0, 1],
];
const plane = (name: PlaneName, affine: number[][], convention: Convention = "neurological") =>
  planeOf(name, size, spaceOf(affine, [1, 1, 1]), convention);
const ends = ({ across, down }: Plane) => `${across.ends?.join("")} ${down.ends?.join("")}`;

describe("planes", () => {
  it("stand upright, with the patient's left on the left", () => {
    for (const affine of [ras, las, air]) {
      expect(ends(plane("axial", affine))).toBe("LR AP");
      expect(ends(plane("coronal", affine))).toBe("LR SI");
      expect(ends(plane("sagittal", affine))).toBe("PA SI");
    }
  });

  it("face the patient in the radiological convention, sagittal ones excepted", () => {
    for (const affine of [ras, las, air]) {
      expect(ends(plane("axial", affine, "radiological"))).toBe("RL AP");
      expect(ends(plane("coronal", affine, "radiological"))).toBe("RL SI");
      expect(ends(plane("sagittal", affine, "radiological"))).toBe("PA SI");
    }
  });

  it("find the voxel axis of each direction", () => {
    expect(plane("sagittal", air)).toMatchObject({ through: 2, across: { axis: 0 }, down: { axis: 1 } });
    expect(extentOf(plane("coronal", air))).toEqual([18, 10]);
    expect(extentOf(plane("coronal", ras))).toEqual([4, 18]);
  });

  it("show no letters when the directions are not known", () => {
    const unknown = planeOf("axial", size, spaceOf([], [1, 1, 1]), "neurological");
    expect(unknown.across.ends).toBeNull();
  });

  it("name the voxel under a cell, and keep to the volume", () => {
    // Rows run downwards while y grows to the front.
    expect(voxelAt(plane("axial", ras), 1.2, 0.5, [0, 0, 3], size)).toEqual([1, 4, 3]);
    expect(voxelAt(plane("axial", las), 0, 4.9, [0, 0, 3], size)).toEqual([3, 0, 3]);
    expect(voxelAt(plane("axial", ras), -2, 99, [0, 0, 3], size)).toEqual([0, 0, 3]);
  });

  it("step on the screen, whichever way the indices run", () => {
    expect(stepVoxel(plane("axial", ras), [1, 1, 1], { right: 1 }, size)).toEqual([2, 1, 1]);
    expect(stepVoxel(plane("axial", las), [1, 1, 1], { right: 1 }, size)).toEqual([0, 1, 1]);
    expect(stepVoxel(plane("axial", ras), [1, 1, 1], { downwards: 1 }, size)).toEqual([1, 0, 1]);
    expect(stepVoxel(plane("axial", ras), [1, 1, 1], { further: 10 }, size)).toEqual([1, 1, 5]);
  });

  it("go through the slices towards superior, anterior and right", () => {
    expect(stepVoxel(plane("sagittal", las), [2, 1, 1], { further: 1 }, size)).toEqual([1, 1, 1]);
    expect(stepVoxel(plane("axial", air), [1, 2, 1], { further: 1 }, size)).toEqual([1, 1, 1]);
  });
});

describe("a slice as a picture", () => {
  const values = Float32Array.from({ length: 120 }, (_, i) => i);
  const inFile: Volume = { size, strides: fileStrides(size), data: values, slope: 1, intercept: 0 };
  const inTensor: Volume = { ...inFile, strides: tensorStrides(size) };

  it.each([
    ["of a file", inFile],
    ["of a tensor", inTensor],
    ["that is scaled", { ...inFile, slope: -2, intercept: 7 }],
  ])("shows each voxel where the crosshair finds it: %s", (_, volume) => {
    for (const affine of [ras, las, air]) {
      for (const name of ["axial", "coronal", "sagittal"] as const) {
        const shown = plane(name, affine);
        const { across, down, through } = shown;
        const pixels = new Uint8ClampedArray(4 * across.length * down.length);
        colorSlice(volume, shown, 2, { low: -240, high: 15 }, colorMap("gray"), pixels);
        const current = replaceAxis([0, 0, 0], through, 2);
        const expected = Array.from({ length: across.length * down.length }, (__, cell) => {
          const voxel = voxelAt(shown, cell % across.length, Math.floor(cell / across.length), current, size);
          const level = Math.min(255, Math.max(0, valueAt(volume, voxel) + 240));
          return [level, level, level, 255];
        });
        expect([...pixels]).toEqual(expected.flat());
      }
    }
  });

  it("leaves what is no number transparent", () => {
    const data = new Float32Array(120).fill(1);
    data[0] = Number.NaN;
    data[1] = Number.POSITIVE_INFINITY;
    const pixels = new Uint8ClampedArray(4 * 20).fill(9);
    const volume = { ...inFile, data };
    colorSlice(volume, plane("axial", ras), 0, { low: 0, high: 1 }, colorMap("gray"), pixels);
    const lastRow = pixels.subarray(4 * 16);
    expect([lastRow[3], lastRow[7], lastRow[11]]).toEqual([0, 0, 255]);
  });

  it("runs from dark to bright, from bright to dark, or from black to white through red and yellow", () => {
    const ends = (name: Parameters<typeof colorMap>[0]) => [
      ...colorMap(name).subarray(0, 3),
      ...colorMap(name).subarray(765),
    ];
    expect(ends("gray")).toEqual([0, 0, 0, 255, 255, 255]);
    expect(ends("inverse")).toEqual([255, 255, 255, 0, 0, 0]);
    expect(ends("hot")).toEqual([0, 0, 0, 255, 255, 255]);
    expect([...colorMap("hot").subarray(3 * 96, 3 * 96 + 3)]).toEqual([255, 1, 0]);
  });
});
