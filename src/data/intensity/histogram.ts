/**
 * Histogram standardisation (Nyúl, Udupa and Zhang 2000): landmarks of each image, some percentiles of its values, are brought to where
 * those of the training images are on average.
 */
import type { IntensityMethod, SettingsOf } from "./method";
import { percentilesOf } from "./percentilesOf";

/** Of the values that are chosen. */
export const LANDMARKS = [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99] as const;

/** Between landmarks linear; beyond the outermost with the slope of the first or last piece, as TorchIO does. */
export const histogram: IntensityMethod<"histogram"> = {
  measure: (chosen) => {
    const landmarks = percentilesOf(chosen, LANDMARKS);
    return landmarks.at(-1)! > landmarks[0]! ? landmarks : null;
  },
  apply: (values, measured, _, standard) => {
    const last = measured.length - 2;
    const slopes = measured.map((from, i) => {
      const width = (measured[i + 1] ?? from) - from;
      return width > 0 ? (standard[i + 1]! - standard[i]!) / width : 0;
    });
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      let piece = 0;
      while (piece < last && value >= measured[piece + 1]!) piece++;
      values[i] = standard[piece]! + (value - measured[piece]!) * slopes[piece]!;
    }
  },
};

/** Of what could not be measured. */
export const NO_LANDMARKS: readonly number[] = LANDMARKS.map(() => Number.NaN);

/** Of `part` among the landmarks of all parts, [part, landmark]; those of whole images hold for each. */
export const landmarksOfPart = (all: readonly number[], part: number): readonly number[] =>
  all.length > LANDMARKS.length ? all.slice(part * LANDMARKS.length, (part + 1) * LANDMARKS.length) : all;

/** Of the training images, as `fittedFacts` has measured each. */
export const fitLandmarks = (
  images: readonly (readonly number[])[],
  { each, range }: Pick<SettingsOf<"histogram">, "each" | "range">,
): number[] => (each === "image" ? standardLandmarks(images, range) : standardOfParts(images, range));

/**
 * `standardLandmarks` of each part by itself: what is at one place of the image is compared with what is there in others.
 * @param images of each training image [part, landmark], NaN for parts that could not be measured
 * @returns [part, landmark], NaN for parts that could be measured in no image
 */
function standardOfParts(images: readonly (readonly number[])[], range: readonly [number, number]): number[] {
  const parts = (images[0]?.length ?? 0) / LANDMARKS.length;
  return Array.from({ length: parts }, (_, part) => {
    const own = images.map((image) => image.slice(part * LANDMARKS.length, (part + 1) * LANDMARKS.length));
    const measured = own.filter(([first]) => !Number.isNaN(first));
    return measured.length === 0 ? NO_LANDMARKS : standardLandmarks(measured, range);
  }).flat();
}

/**
 * Where the landmarks of all images are brought: each image is stretched so that its first and last are the ends of `range`, then the
 * mean is taken.
 * @param images landmarks of each training image; at least one
 */
export function standardLandmarks(
  images: readonly (readonly number[])[],
  [bottom, top]: readonly [number, number],
): number[] {
  const stretched = images.map((landmarks) => {
    const [first = 0, last = 1] = [landmarks[0], landmarks.at(-1)];
    return landmarks.map((landmark) => bottom + ((landmark - first) * (top - bottom)) / (last - first));
  });
  return (stretched[0] ?? []).map(
    (_, i) => stretched.reduce((sum, landmarks) => sum + landmarks[i]!, 0) / stretched.length,
  );
}
