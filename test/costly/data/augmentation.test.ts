import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TransformName } from "../../../src/data/augmentation/clinicadl";
import { filterFrequencies } from "../../../src/data/augmentation/frequencies";
import { blurAlong } from "../../../src/data/augmentation/gaussianBlur";
import { gridOf } from "../../../src/data/augmentation/grid";
import { addWave } from "../../../src/data/augmentation/kinds/spike";
import { resampleRigid } from "../../../src/data/augmentation/rigid";
import { augment } from "../../../src/data/augmentation/transforms";
import { AUGMENTATIONS } from "../../../src/experiment/schema/schema";

const fixture: {
  shape: [number, number, number];
  x: number[];
  gaussian: Record<string, number[]>;
  frequencies: Record<string, { factors: number[]; result: number[] }>;
  spike: { index: [number, number, number]; strength: number; result: number[] };
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/data/augmentation.json"), "utf8"));
const volume = () => Float32Array.from(fixture.x);
const grid = gridOf([1, ...fixture.shape]);
const close = (actual: Float32Array, expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
};

describe("the building blocks agree with numpy and scipy", () => {
  it.each(Object.keys(fixture.gaussian))("gaussian filter of sigma %s", (sigma) => {
    const values = volume();
    for (const axis of [0, 1, 2]) blurAlong(values, grid, axis, Number(sigma));
    close(values, fixture.gaussian[sigma]!);
  });

  it.each([0, 1, 2])("factors on the planes of k-space along axis %i", (axis) => {
    const values = volume();
    const { factors, result } = fixture.frequencies[axis]!;
    filterFrequencies(values, grid, axis, factors);
    close(values, result);
  });

  it("a spike in k-space is a wave over the image", () => {
    const values = volume();
    const { index, strength, result } = fixture.spike;
    addWave(
      values,
      grid,
      index.map((at, axis) => at - Math.floor(fixture.shape[axis]! / 2)),
      strength,
    );
    close(values, result);
  });
});

describe("resampleRigid", () => {
  const cube = gridOf([1, 5, 5, 5]);
  const at = (x: number, y: number, z: number) => (x * 5 + y) * 5 + z;
  const dot = (x: number, y: number, z: number) => {
    const values = new Float32Array(125);
    values[at(x, y, z)] = 1;
    return values;
  };

  it("turns by a right angle about each axis", () => {
    expect(resampleRigid(dot(2, 3, 2), cube, [90, 0, 0], [0, 0, 0])[at(2, 2, 1)]).toBeCloseTo(1, 5);
    expect(resampleRigid(dot(2, 2, 3), cube, [0, 90, 0], [0, 0, 0])[at(1, 2, 2)]).toBeCloseTo(1, 5);
    expect(resampleRigid(dot(3, 2, 2), cube, [0, 0, 90], [0, 0, 0])[at(2, 1, 2)]).toBeCloseTo(1, 5);
  });

  it("moves by parts of a voxel", () => {
    const moved = resampleRigid(dot(2, 2, 2), cube, [0, 0, 0], [0.25, 0, -1]);
    expect(moved[at(2, 2, 3)]).toBeCloseTo(0.75, 5);
    expect(moved[at(1, 2, 3)]).toBeCloseTo(0.25, 5);
  });

  it("puts the smallest value outside", () => {
    const values = new Float32Array(125).fill(3);
    values[0] = -2;
    expect(resampleRigid(values, cube, [0, 0, 0], [4, 0, 0])[at(4, 4, 4)]).toBe(-2);
  });
});

const brain = Float32Array.from({ length: 20 * 18 * 16 }, (_, i) => 0.5 + 0.5 * Math.sin(i * 0.7));
const shapes = { volume: [1, 20, 18, 16], slice: [3, 20, 18] } as const;
const apply = (names: readonly TransformName[], seed: number, shape: readonly number[] = shapes.volume) => {
  const values = brain.slice(
    0,
    shape.reduce((product, length) => product * length, 1),
  );
  augment(values, shape, names, seed);
  return values;
};

describe("augment", () => {
  it.each(AUGMENTATIONS)("%s depends on its seed alone, for volumes and slices", (name) => {
    for (const shape of Object.values(shapes)) {
      const seeds = [1, 2, 3, 4, 5, 6];
      const results = seeds.map((seed) => apply([name], seed, shape));
      expect(seeds.map((seed) => apply([name], seed, shape))).toEqual(results);
      expect(results.every((values) => values.every(Number.isFinite))).toBe(true);
      // Erasing leaves half of the inputs alone.
      const different = new Set(results.map((values) => values.join()));
      expect(different.size).toBeGreaterThanOrEqual(3);
    }
  });

  it("applies several in the order of the list", () => {
    expect(apply(["CropPad", "Smoothing"], 3)).not.toEqual(apply(["Smoothing", "CropPad"], 3));
  });

  it("Smoothing filters the channels too: three that differ become alike", () => {
    const channels = Float32Array.from({ length: 3 * 360 }, (_, i) => Math.floor(i / 360));
    const distances = [1, 2, 3, 4, 5, 6].map((seed) => {
      const values = channels.slice();
      augment(values, shapes.slice, ["Smoothing"], seed);
      expect(values[360]).toBeCloseTo(1, 5);
      return values[360]! - values[0]!;
    });
    expect(Math.min(...distances)).toBeLessThan(0.7);
  });

  it("Noise adds a spread between 0 and 0.1", () => {
    const spreads = Array.from({ length: 60 }, (_, seed) => {
      const values = apply(["Noise"], seed);
      const square = values.reduce((sum, value, i) => sum + (value - brain[i]!) ** 2, 0);
      return Math.sqrt(square / values.length);
    });
    expect(Math.max(...spreads)).toBeLessThan(0.105);
    const mean = spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
    // The mean of 60 draws from U(0, 0.1) lies within 0.0112 of 0.05 in 997 of 1000 cases.
    expect(Math.abs(mean - 0.05)).toBeLessThan(0.0112);
  });

  it("Erasing sets one rectangle of the last two axes to 0, about every second time", () => {
    const results = Array.from({ length: 60 }, (_, seed) => apply(["Erasing"], seed));
    const erased = results.filter((values) => values.some((value) => value === 0));
    expect(erased.length).toBeGreaterThan(18);
    expect(erased.length).toBeLessThan(42);
    for (const values of erased) {
      const plane = values.subarray(0, 18 * 16);
      const zeros = plane.filter((value) => value === 0).length;
      expect(zeros / plane.length).toBeGreaterThan(0.01);
      expect(zeros / plane.length).toBeLessThan(0.4);
      for (let x = 1; x < 20; x++) {
        const other = values.subarray(x * 18 * 16, (x + 1) * 18 * 16);
        expect(other.every((value, i) => (value === 0) === (plane[i] === 0))).toBe(true);
      }
    }
  });

  it("CropPad shifts by at most ten voxels, and fills with 0", () => {
    for (let seed = 0; seed < 30; seed++) {
      const values = apply(["CropPad"], seed);
      const from = values.findIndex((value) => value !== 0);
      if (from === -1) continue;
      const to = brain.indexOf(values[from]!);
      expect(to).toBeGreaterThanOrEqual(0);
      const coordinates = (i: number) => [Math.floor(i / 288), Math.floor(i / 16) % 18, i % 16];
      const shift = coordinates(to).map((coordinate, axis) => coordinate - coordinates(from)[axis]!);
      expect(Math.max(...shift)).toBeLessThanOrEqual(9);
      expect(Math.min(...shift)).toBeGreaterThanOrEqual(-10);
    }
  });

  it("RandomSwap keeps most voxels and moves many", () => {
    const large = Float32Array.from({ length: 40 ** 3 }, (_, i) => i);
    const values = large.slice();
    augment(values, [1, 40, 40, 40], ["RandomSwap"], 4);
    const moved = values.filter((value, i) => value !== i).length;
    expect(moved).toBeGreaterThan(20_000);
    expect(values.every((value) => Number.isInteger(value) && value < 40 ** 3)).toBe(true);
  });

  it("BiasField multiplies by a smooth positive gain", () => {
    const ones = new Float32Array(20 * 18 * 16).fill(1);
    augment(ones, shapes.volume, ["BiasField"], 2);
    expect(Math.min(...ones)).toBeGreaterThan(0);
    for (let i = 1; i < 16; i++) expect(Math.abs(Math.log(ones[i]! / ones[i - 1]!))).toBeLessThan(1);
  });

  it("Motion and Ghosting keep the mean, which the middle of k-space holds", () => {
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const name of ["Motion", "Ghosting"] as const) {
      for (let seed = 0; seed < 5; seed++) expect(mean(apply([name], seed))).toBeCloseTo(mean(brain), 4);
    }
  });
});
