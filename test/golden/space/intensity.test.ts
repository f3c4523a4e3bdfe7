/** Normalisations of intensity against numpy: tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { gridOf } from "../../../src/data/augmentation/grid";
import { gamma } from "../../../src/data/augmentation/kinds/gamma";
import { LANDMARKS, standardLandmarks } from "../../../src/data/intensity/histogram";
import { applyIntensity, measureIntensity } from "../../../src/data/intensity/intensity";
import { readNifti } from "../../../src/data/nifti/nifti";
import type { IntensitySettings } from "../../../src/experiment/schema/intensity";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const FILES = ["golden/i_space.json", "golden/i_space.safetensors", "golden/i_space"];
const mask = z.enum(["none", "above_0"]);
const made = { input: z.string(), tensor: z.string() };
const schema = z.object({
  intensity: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("gamma_after_minmax"), ...made, gamma: z.number() }),
      z.object({ kind: z.literal("zscore"), ...made, ddof: z.number(), mask }),
      z.object({
        kind: z.literal("percentile_rescale"),
        ...made,
        low: z.number(),
        high: z.number(),
        out_min: z.number(),
        out_max: z.number(),
        mask,
      }),
    ]),
  ),
  nyul: z.object({
    percentiles: z.array(z.number()),
    standard_range: z.tuple([z.number(), z.number()]),
    training: z.array(z.string()),
    landmarks: z.record(z.string(), z.array(z.number())),
    standard_landmarks: z.array(z.number()),
    applied: z.array(z.object({ ...made, outside: z.string() })),
  }),
});

const overOf = (chosen: z.infer<typeof mask>) => (chosen === "none" ? "all" : { above: 0 });

describeWithReference("intensity as numpy has it", FILES, () => {
  const cases = schema.parse(JSON.parse(readFileSync(reference("golden/i_space.json"), "utf8")));
  const tensors = readSafetensors(reference("golden/i_space.safetensors"));
  const read = async (name: string) => (await readNifti(reference(`golden/i_space/${name}.nii.gz`))).data;
  const expectVoxels = (got: Float32Array, name: string) => {
    const { data: expected } = tensors.get(name)!;
    let [most, worst] = [0, 0];
    for (const [at, value] of got.entries()) {
      most = Math.max(most, Math.abs(Number(expected[at])));
      worst = Math.max(worst, Math.abs(value - Number(expected[at])));
    }
    expect(got.length).toBe(expected.length);
    expect(worst).toBeLessThanOrEqual(1e-5 * most);
  };
  const normalised = async (name: string, settings: IntensitySettings, standard: readonly number[] = []) => {
    const values = await read(name);
    const measured = measureIntensity(settings, { file: name, values, mask: null });
    applyIntensity(settings, values, measured, standard);
    return values;
  };

  const asked = cases.intensity.flatMap(
    (one): { tensor: string; input: string; settings: IntensitySettings }[] => {
      if (one.kind === "zscore" && one.ddof === 1)
        return [{ ...one, settings: { kind: "z-score", over: overOf(one.mask), each: "image" } }];
      if (one.kind !== "percentile_rescale") return [];
      const { low, high, out_min, out_max } = one;
      const range: [number, number] = [out_min, out_max];
      return [
        { ...one, settings: { kind: "percentile", low, high, range, over: overOf(one.mask), each: "image" } },
      ];
    },
  );

  it.each(asked)("$tensor", async ({ tensor, input, settings }) => {
    expectVoxels(await normalised(input, settings), tensor);
  });

  const gammas = cases.intensity.flatMap((one) => (one.kind === "gamma_after_minmax" ? [one] : []));
  it.each(gammas)("$tensor", async ({ tensor, input, gamma: power }) => {
    const values = await normalised(input, { kind: "min-max", each: "image" });
    const drawn = { kind: "gamma", gamma: power, inverted: false, keepsStatistics: false } as const;
    gamma.apply(values, gridOf([1, values.length, 1, 1]), drawn);
    expectVoxels(values, tensor);
  });

  const { nyul } = cases;
  const settings = {
    kind: "histogram",
    range: nyul.standard_range,
    over: { above: 0 },
    each: "image",
  } as const;

  it("the landmarks of the training images, and their mean", async () => {
    expect([...LANDMARKS]).toEqual(nyul.percentiles);
    const all: (readonly number[])[] = [];
    for (const name of nyul.training) {
      const measured = measureIntensity(settings, { file: name, values: await read(name), mask: null })!;
      for (const [i, landmark] of measured.entries())
        expect(Math.abs(landmark / nyul.landmarks[name]![i]! - 1)).toBeLessThan(1e-5);
      all.push(measured);
    }
    for (const [i, landmark] of standardLandmarks(all, nyul.standard_range).entries())
      expect(Math.abs(landmark - nyul.standard_landmarks[i]!)).toBeLessThan(1e-5 * 100);
  });

  it.each(nyul.applied.filter(({ outside }) => outside.startsWith("linear")))("$tensor", async (one) => {
    expectVoxels(await normalised(one.input, settings, nyul.standard_landmarks), one.tensor);
  });
});
