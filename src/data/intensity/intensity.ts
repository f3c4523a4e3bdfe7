/** Normalisation of an image or a part of it by the kind that an experiment asks for: one line a kind. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { IntensitySettings } from "../../experiment/schema/intensity";
import type { VoxelArray } from "../../space/voxelArray";
import { histogram } from "./histogram";
import type { IntensityKind, IntensityMethod } from "./method";
import { minMax } from "./minMax";
import { percentile } from "./percentile";
import { zScore } from "./zScore";

const METHODS: { readonly [Kind in IntensityKind]: IntensityMethod<Kind> } = {
  "min-max": minMax,
  "z-score": zScore,
  percentile,
  histogram,
};

/** Plain data: it travels to the workers. */
export type IntensityPlan = IntensitySettings & {
  /** 0 for each voxel of an image that is not measured, in shared memory; absent where no mask was given. */
  readonly mask?: VoxelArray;
};

/** Whether an image is measured before it is cut. */
export const measuresImages = (settings: IntensitySettings): boolean => settings.each === "image";

/** What of an image or a part is measured, and where it comes from. */
interface Measured {
  readonly file: string;
  /** NaN counts as 0, which it becomes. */
  readonly values: Float32Array;
  /** Of the mask, what belongs to `values`; null without. */
  readonly mask: VoxelArray | null;
}

/**
 * Null where nothing is chosen, or all that is chosen has one value.
 * @throws InputError for values that a float32 cannot hold the range of
 */
export function measureIntensity(settings: IntensitySettings, { file, values, mask }: Measured) {
  const chosen = choose(settings, values, mask);
  const measured = chosen.length === 0 ? null : methodOf(settings).measure(chosen, settings);
  const width = measured === null ? 0 : (measured.at(-1) ?? 0) - (measured[0] ?? 0);
  if (!Number.isFinite(Math.fround(width))) throw refuse("image.infinite", { file });
  return measured;
}

/**
 * In place; what could not be measured becomes 0, and so does a part that could be measured in no image of the training set.
 * @param standard what was fitted on the training set, for kinds that are: NaN where nothing could be
 */
export function applyIntensity(
  settings: IntensitySettings,
  values: Float32Array,
  measured: readonly number[] | null,
  standard: readonly number[],
): void {
  if (measured === null || Number.isNaN(standard[0])) values.fill(0);
  else methodOf(settings).apply(values, measured, settings, standard);
}

/** That of the kind of the settings, which is what the table says and the compiler cannot follow. */
const methodOf = ({ kind }: IntensitySettings) => METHODS[kind] as IntensityMethod<IntensityKind>;

function choose(settings: IntensitySettings, values: Float32Array, mask: VoxelArray | null): Float32Array {
  const over = "over" in settings ? settings.over : "all";
  const number = (value: number) => (Number.isNaN(value) ? 0 : value);
  if (over === "all") {
    return values.some((value) => Number.isNaN(value)) ? values.map(number) : values;
  }
  const isChosen =
    "above" in over
      ? (i: number) => number(values[i]!) > over.above
      : (i: number) => mask !== null && mask[i] !== 0;
  const chosen = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (isChosen(i)) chosen[count++] = number(values[i]!);
  return chosen.subarray(0, count);
}
