/** Values that spoil an image without making it unreadable: a few far from all others, and NaN. */
import type { IntensityFacts } from "../data/nifti/intensityFacts";
import { remark, warning } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import type { Problem } from "../experiment/problems/problem";
import { some } from "../experiment/problems/some";
import type { IntensitySettings } from "../experiment/schema/intensity";
import { isSquashed } from "../statistics/robustRange";

export interface ImageIntensity {
  /** Participant and session. */
  readonly name: string;
  readonly intensity: IntensityFacts;
}

/** @param settings what is done to the values */
export const intensityFindings = (
  images: readonly ImageIntensity[],
  settings: IntensitySettings | null,
  file: string,
): Problem[] => [...outliers(images, settings, file), ...notNumbers(images, file)];

function outliers(
  images: readonly ImageIntensity[],
  settings: IntensitySettings | null,
  file: string,
): Problem[] {
  // They are clipped: nothing else is changed by them.
  if (settings?.kind === "percentile") return [];
  const found = images.filter(({ intensity }) => isSquashed(intensity));
  if (found.length === 0) return [];
  const examples = found.map(({ name, intensity: { min, max, low, high } }) =>
    phrase("value-among", {
      name,
      value: rounded(max - high > low - min ? max : min),
      low: rounded(low),
      high: rounded(high),
    }),
  );
  const values = { count: found.length, of: images.length, examples: some(examples) };
  return [
    settings?.kind === "min-max"
      ? warning("intensity.squashed", { file }, values)
      : warning("intensity.outliers", { file }, values),
  ];
}

function notNumbers(images: readonly ImageIntensity[], file: string): Problem[] {
  const found = images.filter(({ intensity }) => intensity.notNumbers > 0);
  if (found.length === 0) return [];
  const examples = found.map(({ name, intensity }) =>
    phrase("voxels-of", { name, count: intensity.notNumbers }),
  );
  const values = { count: found.length, of: images.length, examples: some(examples) };
  return [remark("intensity.not-numbers", { file }, values)];
}

const rounded = (value: number) => Number(value.toPrecision(4));
