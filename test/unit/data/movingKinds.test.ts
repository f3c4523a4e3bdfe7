import { describe, expect, it } from "vitest";
import { applyDrawn, type Drawn, drawTransforms } from "../../../src/data/augmentation/augmentation";
import { gridOf } from "../../../src/data/augmentation/grid";
import type { DrawnOn } from "../../../src/data/augmentation/kind";
import { augmentationSchema } from "../../../src/experiment/schema/augmentation";
import { affineOfColumns } from "../../../src/space/affine";
import type { Triple } from "../../../src/space/triple";

const SHAPE = [1, 12, 10, 9];
const voxelSize: Triple = [1, 1.5, 2];
/** Axes as canonical images have them. */
const affine = affineOfColumns(
  [
    [1, 0, 0],
    [0, 1.5, 0],
    [0, 0, 2],
  ],
  [0, 0, 0],
);

const imageOf = (shape: readonly number[] = SHAPE): DrawnOn => {
  const grid = gridOf(shape);
  return { grid, voxelSize, affine, worldAxes: grid.axes.length === 2 ? [0, 1] : [0, 1, 2] };
};

function draw(transforms: readonly unknown[], seed: number, image = imageOf()): readonly Drawn[] {
  return drawTransforms(augmentationSchema.parse({ transforms })?.transforms ?? [], image, seed);
}

function applied(
  values: Float32Array,
  drawn: readonly Drawn[],
  shape: readonly number[] = SHAPE,
): Float32Array {
  const result = values.slice();
  applyDrawn(result, gridOf(shape), drawn);
  return result;
}

const count = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
const waves = (shape: readonly number[] = SHAPE) =>
  Float32Array.from({ length: count(shape) }, (_, i) => Math.sin(i) + 2);
/** A linear function of the place, of which linear interpolation is exact. */
const ramp = () =>
  Float32Array.from({ length: count(SHAPE) }, (_, i) => {
    const [x, y, z] = [Math.floor(i / 90), Math.floor(i / 9) % 10, i % 9];
    return 3 * x - 2 * y + z + 100;
  });

const still = { scales: [1, 1], degrees: [0, 0] };
const KINDS = [
  { kind: "flip", probability: 1 },
  { kind: "affine", translation: [-5, 5], shear: [-0.2, 0.2] },
  { kind: "affine", interpolation: "cubic", padding: "nearest", isotropic: true },
  { kind: "elastic" },
  { kind: "elastic", interpolation: "nearest", padding: 7, locked_borders: 0 },
  { kind: "anisotropy" },
];

describe("transforms that move voxels", () => {
  it.each([
    [{ kind: "affine", ...still }],
    [{ kind: "affine", ...still, interpolation: "nearest" }],
    [{ kind: "elastic", max_displacement: 0 }],
    [{ kind: "anisotropy", factor: [1, 1] }],
  ])("leave every bit as it is where nothing is drawn: %j", (settings) => {
    for (const shape of [SHAPE, [3, 12, 10]]) {
      const drawn = draw([settings], 3, imageOf(shape));
      expect(applied(waves(shape), drawn, shape)).toEqual(waves(shape));
    }
  });

  it.each(KINDS)("follow from their seed alone: %j", (settings) => {
    for (const shape of [SHAPE, [3, 12, 10]]) {
      const image = imageOf(shape);
      const once = applied(waves(shape), draw([settings], 5, image), shape);
      expect(applied(waves(shape), draw([settings], 5, image), shape)).toEqual(once);
      expect(once).not.toEqual(waves(shape));
      expect(once.every(Number.isFinite)).toBe(true);
      if (settings.kind !== "flip")
        expect(applied(waves(shape), draw([settings], 6, image), shape)).not.toEqual(once);
    }
  });

  it("are plain data between their draw and their application", () => {
    const drawn = draw(KINDS, 4);
    expect(structuredClone(drawn)).toEqual(drawn);
    expect(applied(waves(), JSON.parse(JSON.stringify(drawn)))).toEqual(applied(waves(), drawn));
  });

  it("keep a slice in its plane: all of its channels alike, and none in another", () => {
    const shape = [2, 12, 10];
    const both = Float32Array.from([...waves([1, 12, 10]), ...waves([1, 12, 10])]);
    for (const settings of KINDS) {
      const result = applied(both, draw([settings], 8, imageOf(shape)), shape);
      expect(result.subarray(0, 120)).toEqual(result.subarray(120));
    }
  });
});

describe("affine", () => {
  it("draws within its ranges, a single factor where it is isotropic", () => {
    const settings = {
      kind: "affine",
      scales: [0.8, 1.3],
      degrees: [-4, 9],
      translation: [2, 6],
      shear: [0.1, 0.2],
    };
    for (let seed = 0; seed < 50; seed++) {
      const [one] = draw([settings], seed);
      if (one?.kind !== "affine") throw new Error("No affine was drawn.");
      const { scales, degrees, translation, shear } = one;
      for (const [values, [low, high]] of [
        [scales, settings.scales],
        [degrees, settings.degrees],
        [translation, settings.translation],
        [shear, settings.shear],
      ] as const) {
        expect(Math.min(...values)).toBeGreaterThanOrEqual(low!);
        expect(Math.max(...values)).toBeLessThanOrEqual(high!);
      }
      const [same] = draw([{ ...settings, isotropic: true }], seed);
      expect(same).toMatchObject({ scales: [scales[0], scales[0], scales[0]], degrees });
    }
  });

  it("moves the head by millimetres of the world, and fills what it leaves with the smallest value, the nearest or a number", () => {
    const shifted = (padding: unknown) => {
      const settings = { kind: "affine", ...still, translation: [2, 2], padding };
      const drawn = draw([settings], 1).map((one) =>
        one.kind === "affine" ? { ...one, translation: [2, 0, 0] as const } : one,
      );
      return applied(ramp(), drawn);
    };
    const [least, edge, number] = [shifted("minimum"), shifted("nearest"), shifted(-1)];
    const moved = ramp().subarray(0, 900);
    for (const result of [least, edge, number]) expect(result.subarray(180)).toEqual(moved);
    expect(least.subarray(0, 180)).toEqual(new Float32Array(180).fill(82));
    expect(edge.subarray(0, 90)).toEqual(ramp().subarray(0, 90));
    expect(number.subarray(0, 180)).toEqual(new Float32Array(180).fill(-1));
  });

  it("makes the head larger by a factor above 1", () => {
    const ball = Float32Array.from({ length: count(SHAPE) }, (_, i) => {
      const [x, y, z] = [Math.floor(i / 90), Math.floor(i / 9) % 10, i % 9];
      return Math.hypot(x - 5.5, 1.5 * (y - 4.5), 2 * (z - 4)) < 4 ? 1 : 0;
    });
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    const scaled = (scale: number) =>
      sum(applied(ball, draw([{ kind: "affine", scales: [scale, scale], degrees: [0, 0] }], 1)));
    expect(scaled(1.2)).toBeGreaterThan(sum(ball) * 1.3);
    expect(scaled(0.8)).toBeLessThan(sum(ball) * 0.8);
  });
});

describe("transforms that follow each other", () => {
  /** Voxels that no movement of these brings in from outside. */
  const inside = (values: Float32Array) =>
    [...values].filter((_, i) => {
      const [x, y, z] = [Math.floor(i / 90), Math.floor(i / 9) % 10, i % 9];
      return x > 3 && x < 8 && y > 2 && y < 7 && z > 2 && z < 6;
    });
  const affineSteps = { kind: "affine", scales: [0.95, 1.05], degrees: [-5, 5], padding: "nearest" };
  const elastic = { kind: "elastic", max_displacement: 1.5, padding: "nearest" };

  it.each([
    [[affineSteps, affineSteps]],
    [[{ kind: "flip", probability: 1 }, affineSteps, elastic]],
    [[affineSteps, { kind: "flip", axes: [2, 1], probability: 1 }]],
    [[elastic, affineSteps]],
  ])("are what they are one by one, where interpolation loses nothing: %j", (steps) => {
    const drawn = draw(steps, 11);
    const single = drawn.reduce<Float32Array>((values, step) => applied(values, [step]), ramp());
    const together = applied(ramp(), drawn);
    for (const [i, value] of inside(together).entries()) expect(value).toBeCloseTo(inside(single)[i]!, 4);
  });

  it("bring back in one resampling what two would have lost", () => {
    const shift = (x: number) =>
      draw([{ kind: "affine", ...still, translation: [1, 1] }], 1).map((one) =>
        one.kind === "affine" ? { ...one, translation: [x, 0, 0] as const } : one,
      );
    expect(applied(waves(), [...shift(4), ...shift(-4)])).toEqual(waves());
    expect(applied(applied(waves(), shift(4)), shift(-4))).not.toEqual(waves());
  });

  it("are several resamplings where they interpolate or pad otherwise", () => {
    const drawn = draw([affineSteps, { ...affineSteps, padding: 0 }], 2);
    const single = drawn.reduce<Float32Array>((values, step) => applied(values, [step]), waves());
    expect(applied(waves(), drawn)).toEqual(single);
  });

  it("turn back what is mirrored twice, to the bit", () => {
    const flip = { kind: "flip", axes: [0, 2], probability: 1 };
    expect(applied(waves(), draw([flip, flip], 1))).toEqual(waves());
    expect(applied(waves(), draw([flip, { kind: "affine", ...still }], 1))).toEqual(
      applied(waves(), draw([flip], 1)),
    );
  });
});

describe("elastic", () => {
  it("moves no locked control point, none farther than the largest displacement", () => {
    const [one] = draw([{ kind: "elastic", max_displacement: 3, locked_borders: 2 }], 1);
    if (one?.kind !== "elastic") throw new Error("No elastic was drawn.");
    expect(one.size).toEqual([7, 7, 7]);
    const moved = one.displacements.filter((value) => value !== 0);
    expect(moved).toHaveLength(3 * 3 * 3 * 3);
    expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(3);
    const free = draw([{ kind: "elastic", locked_borders: 0, control_points: 5 }], 1);
    expect(free).toMatchObject([{ size: [5, 5, 5] }]);
  });
});

describe("anisotropy", () => {
  it("keeps what is linear along its axis up to the last plane, and smooths what is not", () => {
    const drawn = (factor: number) => [{ kind: "anisotropy", axis: 0, factor } as const];
    const result = applied(ramp(), drawn(2.5));
    for (let i = 0; i <= 10; i++) expect(result[90 * i]).toBeCloseTo(ramp()[90 * i]!, 4);
    expect(result[90 * 11]).toBe(ramp()[90 * 10]);
    const line = Float32Array.from([0, 1, 0, 1, 0, 1, 0]);
    const shape = [1, 7, 1];
    expect([...applied(line, [{ kind: "anisotropy", axis: 0, factor: 2 }], shape)]).toEqual([
      0, 0, 0, 0, 0, 0, 0,
    ]);
    expect([...applied(line, [{ kind: "anisotropy", axis: 0, factor: 3 }], shape)][3]).toBe(1);
  });

  it("draws one of its axes, of those that the input has", () => {
    const axes = new Set(
      Array.from(
        { length: 40 },
        (_, seed) => draw([{ kind: "anisotropy" }], seed, imageOf([1, 12, 10]))[0],
      ).map((one) => (one?.kind === "anisotropy" ? one.axis : "none")),
    );
    expect([...axes].sort()).toEqual([0, 1]);
    expect(draw([{ kind: "anisotropy", axes: [2] }], 1, imageOf([1, 12, 10]))).toMatchObject([
      { axis: null },
    ]);
  });
});
