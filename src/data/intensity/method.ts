/** What a kind of normalisation is: something that is measured of some of the values, and what is made of all of them by it. */
import type { IntensitySettings } from "../../experiment/schema/intensity";

export type IntensityKind = IntensitySettings["kind"];
export type SettingsOf<Kind extends IntensityKind> = Extract<IntensitySettings, { kind: Kind }>;

export interface IntensityMethod<Kind extends IntensityKind> {
  /**
   * @param chosen values that are measured, each a number, at least one
   * @returns null where they are all one value, which nothing can be scaled by
   */
  readonly measure: (chosen: Float32Array, settings: SettingsOf<Kind>) => readonly number[] | null;
  /**
   * In place, rounded to float32.
   * @param measured what `measure` has given
   * @param standard what was fitted on the training set; empty for kinds that are not
   */
  readonly apply: (
    values: Float32Array,
    measured: readonly number[],
    settings: SettingsOf<Kind>,
    standard: readonly number[],
  ) => void;
}
