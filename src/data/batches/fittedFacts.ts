/** What of an image a normalisation is fitted on. */

import { partCount } from "../../space/cut";
import { NO_LANDMARKS } from "../intensity/histogram";
import { measureIntensity, measuresImages } from "../intensity/intensity";
import { cutPart } from "../parts/parts";
import { type InputSettings, measuredImage } from "./networkInput";

/**
 * Landmarks of the histogram of the image, or of each of its parts: [part, landmark], NaN for parts of which nothing can be measured.
 * Undefined for normalisations that are not fitted.
 * @throws InputError where nothing of the image can be measured
 */
export function fittedFacts(
  { file, data }: { readonly file: string; readonly data: Float32Array },
  settings: Pick<InputSettings, "intensity" | "cut" | "imageSize">,
): readonly number[] | undefined {
  const { intensity, cut, imageSize } = settings;
  if (intensity?.kind !== "histogram") return undefined;
  if (measuresImages(intensity)) return measuredImage({ file, data }, settings);
  const parts = Array.from({ length: partCount(cut) }, (_, part) => {
    const values = cutPart(data, imageSize, cut, part);
    const mask = intensity.mask === undefined ? null : cutPart(intensity.mask, imageSize, cut, part);
    return measureIntensity(intensity, { file, values, mask }) ?? NO_LANDMARKS;
  });
  return parts.flat();
}
