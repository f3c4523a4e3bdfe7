/** Histograms of parts: those at one place of the image are brought to what the training set has there. TorchIO's numbers: makePartHistograms.py. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fittedFacts } from "../../../src/data/batches/fittedFacts";
import { inputsOf } from "../../../src/data/batches/inputsOf";
import type { InputSettings } from "../../../src/data/batches/networkInput";
import { fitLandmarks, LANDMARKS } from "../../../src/data/intensity/histogram";
import type { Cut } from "../../../src/data/parts/parts";
import { fixture } from "../../support/fixturePath";

const numbers = z.array(z.number());
const torchio = z
  .object({
    images: z.array(numbers),
    other: numbers,
    parts: z.array(z.object({ landmarks: numbers, standardised: numbers })),
  })
  .parse(JSON.parse(readFileSync(fixture("intensity/partHistograms.json"), "utf8")));

type Histogram = Extract<InputSettings["intensity"], { kind: "histogram" }>;
const intensity: Histogram = { kind: "histogram", range: [0, 100], over: "all", each: "part" };
const PATCHES: Cut = { mode: "patch", size: 3, stride: 3, counts: [2, 2, 1] };
const settingsOf = (cut: Cut, inputSize: readonly number[]): InputSettings => ({
  imageSize: [6, 7, 5],
  space: { orientation: "stored" },
  cut,
  intensity,
  reduction: null,
  inputSize,
  augmentation: [],
});
const settings = settingsOf(PATCHES, [1, 3, 3, 3]);
const fittedOn = (images: readonly (readonly number[])[], by: InputSettings) =>
  fitLandmarks(
    images.map((image) => fittedFacts({ file: "image.nii", data: Float32Array.from(image) }, by)!),
    intensity,
  );
const inputs = (
  image: readonly number[],
  by: InputSettings,
  parts: readonly number[],
  standard: readonly number[],
) =>
  inputsOf({ file: "image.nii", size: [6, 7, 5], data: Float32Array.from(image) }, by, parts, { standard });
const expectClose = (got: ArrayLike<number>, expected: readonly number[], tolerance: number) => {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(got[i]! - value)).toBeLessThan(tolerance);
};

describe("histograms of parts", () => {
  const standard = fittedOn(torchio.images, settings);

  it("are fitted for each place as TorchIO fits the patches of that place", () => {
    expect(standard).toHaveLength(4 * LANDMARKS.length);
    for (const [part, { landmarks }] of torchio.parts.entries()) {
      const own = standard.slice(part * LANDMARKS.length, (part + 1) * LANDMARKS.length);
      // TorchIO fits the quartiles too, and leaves them out when it applies what it has fitted.
      expectClose(
        own,
        landmarks.filter((_, i) => i !== 3 && i !== 9),
        1e-4,
      );
    }
  });

  it("are brought to those of their place, in whatever order parts are asked for", () => {
    const order = [2, 0, 3, 1];
    for (const [i, values] of inputs(torchio.other, settings, order, standard).entries())
      expectClose(values, torchio.parts[order[i]!]!.standardised, 1e-3);
  });

  it("become 0 where they have one value, or had one in every training image", () => {
    const blank = (image: readonly number[], inPatch: (x: number, y: number) => boolean) =>
      image.map((value, voxel) => (inPatch(Math.floor(voxel / 35), Math.floor(voxel / 5) % 7) ? 7 : value));
    const first = (x: number, y: number) => x < 3 && y < 3;
    const fitted = fittedOn(
      torchio.images.map((image) => blank(image, first)),
      settings,
    );
    expect(fitted.slice(0, 11)).toEqual(LANDMARKS.map(() => Number.NaN));
    expect(fitted.slice(11)).toEqual(standard.slice(11));
    const [unknown, known] = inputs(torchio.other, settings, [0, 1], fitted);
    expect(unknown!.every((value) => value === 0)).toBe(true);
    expectClose(known!, torchio.parts[1]!.standardised, 1e-3);
    const [constant] = inputs(blank(torchio.other, first), settings, [0], standard);
    expect(constant!.every((value) => value === 0)).toBe(true);
    // One training image that has something there is enough.
    const [one, ...others] = torchio.images;
    const some = fittedOn([one!, ...others.map((image) => blank(image, first))], settings);
    expect(some.slice(0, 11)).toEqual(fittedOn([one!], settings).slice(0, 11));
  });

  it("are those of slices and regions by their place too", () => {
    const slices = settingsOf({ mode: "slice", direction: 2, channels: 3, first: 1, count: 3 }, [3, 6, 7]);
    const planes = [
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ] as const;
    const far = [
      [3, 4, 5],
      [3, 4, 5],
      [0, 1, 2],
    ] as const;
    const regions = settingsOf(
      {
        mode: "roi",
        regions: [
          { name: "far", planes: far },
          { name: "near", planes },
        ],
      },
      [1, 3, 3, 3],
    );
    expect(fittedOn(torchio.images, slices)).toHaveLength(3 * LANDMARKS.length);
    const ofRegions = fittedOn(torchio.images, regions);
    expect(ofRegions).toEqual([...standard.slice(33), ...standard.slice(0, 11)]);
    const [last, next] = inputs(torchio.other, regions, [0, 1], ofRegions);
    expectClose(last!, torchio.parts[3]!.standardised, 1e-3);
    expectClose(next!, torchio.parts[0]!.standardised, 1e-3);
  });
});
