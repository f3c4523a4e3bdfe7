import { describe, expect, it } from "vitest";
import { identityAffine } from "../../../src/space/affine";
import { orientationOfCodes } from "../../../src/space/orientation";
import { reorient } from "../../../src/space/reorient";
import { pullVoxels, resample, type Sampling } from "../../../src/space/resample";
import { type Interpolation, samplerOf } from "../../../src/space/sampling";
import type { Triple } from "../../../src/space/triple";

const shape: Triple = [5, 4, 3];
const values = Float32Array.from({ length: 60 }, (_, i) => ((i * 37) % 61) - 20);
const INTERPOLATIONS: readonly Interpolation[] = ["nearest", "linear", "cubic"];
const moved = (x: number, y: number, z: number) => [
  [1, 0, 0, x],
  [0, 1, 0, y],
  [0, 0, 1, z],
  [0, 0, 0, 1],
];

describe("sampling", () => {
  it.each(INTERPOLATIONS)("takes the value of a voxel at its place: %s", (interpolation) => {
    const sample = samplerOf(interpolation, values, shape);
    for (const [i, value] of values.entries()) {
      expect(sample(Math.floor(i / 12), Math.floor(i / 3) % 4, i % 3)).toBeCloseTo(value, 9);
    }
  });

  it("takes the upper voxel at a half", () => {
    expect(samplerOf("nearest", values, shape)(0.5, 0, 0)).toBe(values[12]);
  });

  it("is exact between the voxels of what each interpolation can follow", () => {
    const line = Float32Array.from({ length: 12 }, (_, i) => 3 * i - 5);
    expect(samplerOf("linear", line, [1, 1, 12])(0, 0, 4.25)).toBeCloseTo(3 * 4.25 - 5, 9);
    // Far from the mirrored ends, whose influence falls by 0.27 a voxel, a cubic spline follows a cubic.
    const cubic = Float32Array.from({ length: 61 }, (_, i) => (i / 10 - 3) ** 3);
    expect(samplerOf("cubic", cubic, [1, 61, 1])(0, 30.7, 0)).toBeCloseTo((30.7 / 10 - 3) ** 3, 6);
  });

  it.each(INTERPOLATIONS)("works along axes of one voxel: %s", (interpolation) => {
    expect(samplerOf(interpolation, Float32Array.of(7), [1, 1, 1])(0, 0, 0)).toBeCloseTo(7, 12);
  });
});

describe("outside the image", () => {
  const pull = (matrix: readonly number[][], sampling: Sampling) =>
    pullVoxels(values, shape, [1, 1, 1], matrix, sampling)[0];

  it.each(INTERPOLATIONS)("is the value that was asked for, without blending: %s", (interpolation) => {
    expect(pull(moved(4.01, 0, 0), { interpolation, outside: -9 })).toBe(-9);
    expect(pull(moved(0, -0.01, 0), { interpolation, outside: -9 })).toBe(-9);
  });

  it.each(INTERPOLATIONS)("is the nearest point of the image at the edge: %s", (interpolation) => {
    const { length } = values;
    expect(pull(moved(9, 9, 9), { interpolation, outside: "edge" })).toBeCloseTo(values[length - 1]!, 5);
    expect(pull(moved(-9, -1, -0.6), { interpolation, outside: "edge" })).toBeCloseTo(values[0]!, 5);
  });

  it("does not lie what rounding alone has put beyond the border", () => {
    expect(pull(moved(4 + 1e-9, 3, 2), { interpolation: "linear", outside: -9 })).toBeCloseTo(values[59]!, 5);
    expect(pull(moved(-1e-9, 0, 0), { interpolation: "linear", outside: -9 })).toBeCloseTo(values[0]!, 5);
  });
});

describe("an image on another grid", () => {
  it("is the same wherever its voxels are counted from", () => {
    const image = { grid: { shape, affine: moved(-3, 8, 2.5) }, values };
    const turned = reorient(image, orientationOfCodes("PIL")!);
    expect(turned.grid.shape).toEqual([4, 3, 5]);
    expect(turned.values).not.toEqual(values);
    const back = resample(turned, image.grid, { interpolation: "nearest", outside: Number.NaN });
    expect(back.values).toEqual(values);
    expect(reorient(turned, orientationOfCodes("RAS")!)).toEqual(image);
  });

  it("keeps where it is when nothing changes", () => {
    const image = { grid: { shape, affine: identityAffine }, values };
    expect(reorient(image, orientationOfCodes("RAS")!)).toEqual(image);
  });
});
