/** From the normalisation that an experiment asks for to what is done to its images: the mask is read. */
import type { Experiment } from "../../experiment/experiment";
import { refuse } from "../../experiment/problems/makeProblem";
import { intensityOf } from "../../experiment/schema/intensity";
import type { Grid } from "../../space/grid";
import { type IntensityPlan, measuresImages } from "../intensity/intensity";
import { readMaskInSpace } from "../parts/maskInSpace";

/**
 * Null where nothing is done to the values. `image`: the grid of the first image as it is read.
 * @throws InputError for a mask that does not fit the images, and where tensors of parts do not tell what is to be measured
 */
export async function planIntensity(
  request: Pick<Experiment, "intensity" | "normalize" | "space" | "preprocessing_dict">,
  image: Grid,
): Promise<IntensityPlan | null> {
  const settings = intensityOf(request);
  if (settings === null) return null;
  const { prepare_dl, mode } = request.preprocessing_dict;
  if (prepare_dl && mode !== "image") {
    const place = { where: "intensity" };
    if (settings.kind === "histogram") throw refuse("intensity.tensors-histogram", place);
    if (measuresImages(settings)) throw refuse("intensity.tensors", place);
  }
  if ("range" in settings && settings.range[0] >= settings.range[1])
    throw refuse("intensity.range", { where: "intensity.range" });
  const over = "over" in settings ? settings.over : "all";
  if (over === "all" || "above" in over) return settings;
  if (request.space.size !== undefined && request.space.center === "head")
    throw refuse("intensity.head", { where: "intensity.over" });
  const { values } = await readMaskInSpace(over.mask, image, request.space);
  if (values.every((value) => value === 0)) throw refuse("mask.empty", { file: over.mask });
  const mask = new Uint8Array(new SharedArrayBuffer(values.length));
  for (let i = 0; i < mask.length; i++) mask[i] = Number(values[i] !== 0);
  return { ...settings, mask };
}
