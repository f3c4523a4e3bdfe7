import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type InputSettings, measuredImage, networkInput } from "../../../src/data/batches/networkInput";
import { standardLandmarks } from "../../../src/data/intensity/histogram";
import { applyIntensity, type IntensityPlan, measureIntensity } from "../../../src/data/intensity/intensity";
import { percentilesOf } from "../../../src/data/intensity/percentilesOf";
import { problemsOf } from "../../support/problemsOf";

const floats = z.array(z.number()).transform((values) => Float32Array.from(values));
const torchio = z
  .object({
    images: z.array(floats),
    landmarks: z.array(z.number()),
    other: floats,
    standardised: floats,
    z_scored: floats,
    rescaled: floats,
  })
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/intensity/histograms.json"), "utf8")),
  );

type HistogramPlan = Extract<IntensityPlan, { kind: "histogram" }>;

const measure = (plan: IntensityPlan, values: Float32Array) =>
  measureIntensity(plan, { file: "image.nii", values, mask: plan.mask ?? null });
const applied = (plan: IntensityPlan, image: Float32Array, standard: readonly number[] = []) => {
  const values = image.slice();
  applyIntensity(plan, values, measure(plan, values), standard);
  return values;
};
const expectClose = (
  got: Float32Array | readonly number[],
  expected: ArrayLike<number>,
  tolerance: number,
) => {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of got.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance);
};

describe("as TorchIO", () => {
  it("fits and applies the landmarks of histograms", () => {
    const plan: HistogramPlan = { kind: "histogram", range: [0, 100], over: "all", each: "image" };
    const standard = standardLandmarks(
      torchio.images.map((image) => measure(plan, image)!),
      plan.range,
    );
    // TorchIO fits the quartiles too, and leaves them out when it applies what it has fitted.
    expectClose(
      standard,
      torchio.landmarks.filter((_, i) => i !== 3 && i !== 9),
      1e-4,
    );
    expectClose(applied(plan, torchio.other, standard), torchio.standardised, 1e-3);
  });

  it("has z-scores", () => {
    expectClose(
      applied({ kind: "z-score", over: "all", each: "image" }, torchio.other),
      torchio.z_scored,
      1e-5,
    );
  });

  it("clips and rescales percentiles", () => {
    const plan: IntensityPlan = {
      kind: "percentile",
      low: 1,
      high: 98,
      range: [-1, 1],
      over: "all",
      each: "image",
    };
    expectClose(applied(plan, torchio.other), torchio.rescaled, 1e-5);
  });
});

describe("percentiles", () => {
  it("are those of the sorted values, of any sign", () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 9) - 4));
    values.set([0, -0, 0, 3e38, -3e38]);
    const sorted = values.slice().sort();
    for (const share of [0, 0.1, 13, 50, 99.9, 100]) {
      const at = (share / 100) * 1000;
      const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
      const expected = low + (high - low) * (at - Math.floor(at));
      expect(percentilesOf(values, [share])[0]).toBeCloseTo(expected, 6);
    }
    expect(percentilesOf(Float32Array.of(7), [1, 99])).toEqual([7, 7]);
  });
});

describe("what is measured", () => {
  const size = [2, 2, 2] as const;
  const image = Float32Array.of(0, 0, 0, 4, 2, 0, 6, 0);
  const settings = (intensity: IntensityPlan): InputSettings => ({
    imageSize: size,
    space: { orientation: "stored" },
    cut: { mode: "slice", direction: 0, channels: 1, first: 0, count: 2 },
    intensity,
    reduction: null,
    inputSize: [1, 2, 2],
    augmentation: [],
  });
  const inputs = (intensity: IntensityPlan, data = image) => {
    const own = settings(intensity);
    const voxels = {
      file: "image.nii",
      size,
      data,
      measured: measuredImage({ file: "image.nii", data }, own),
    };
    return [0, 1].map((part) => [...networkInput(voxels, own, part)]);
  };

  it("is the whole image, or each part of it", () => {
    expect(inputs({ kind: "min-max", each: "image" })).toEqual([
      [0, 0, 0, Math.fround(4 / 6)],
      [Math.fround(2 / 6), 0, 1, 0],
    ]);
    expect(inputs({ kind: "min-max", each: "part" })[0]).toEqual([0, 0, 0, 1]);
  });

  it("are the voxels above a value, and all are changed", () => {
    const [first, second] = inputs({ kind: "z-score", over: { above: 0 }, each: "image" });
    expect(first).toEqual([-2, -2, -2, 0]);
    expect(second).toEqual([-1, -2, 1, -2]);
  });

  it("are the voxels of a mask, in a part those of it", () => {
    const mask = Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 0);
    const over = { mask: "mask.nii" };
    const [first, second] = inputs({
      kind: "percentile",
      low: 0,
      high: 100,
      range: [0, 1],
      over,
      each: "part",
      mask,
    });
    expect(first).toEqual([0, 0, 0, 1]);
    // One voxel has no spread: the part cannot be scaled.
    expect(second).toEqual([0, 0, 0, 0]);
  });

  it("counts NaN as the 0 that it becomes", () => {
    const holed = image.slice();
    holed[0] = Number.NaN;
    const plan: IntensityPlan = { kind: "z-score", over: "all", each: "image" };
    expect(inputs(plan, holed)).toEqual(inputs(plan));
  });

  it("refuses an image of which nothing can be measured", async () => {
    const plan: IntensityPlan = { kind: "z-score", over: { above: 9 }, each: "image" };
    expect(await problemsOf(() => inputs(plan))).toMatchObject([
      { code: "intensity.nothing", file: "image.nii" },
    ]);
  });
});
