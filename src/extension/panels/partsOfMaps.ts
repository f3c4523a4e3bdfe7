/** Where the parts of an image lie that have a network each, with a brain beneath them. */
import type { PartsMap } from "../../../webview/training/messages";
import { readImageInSpace } from "../../data/nifti/imageInSpace";
import { inputPlace } from "../../data/parts/inputPlace";
import { planInput } from "../../data/plan/inputPlan";
import { readSplit } from "../../data/plan/splits";
import { placeOf, readCohorts } from "../../data/sources/cohorts";
import { imageKey, locateImages } from "../../data/sources/images";
import { readExperiment } from "../../experiment/file/resolve";
import { splitNumbers } from "../../experiment/splitNumbers";
import { mapsPlace } from "../../maps/folder/place";
import { partCount } from "../../space/cut";
import { type KeptImage, planeBytes } from "../../space/keptPlanes";
import { spaceOf } from "../../space/space";
import { AXES, type Axis, type Triple } from "../../space/triple";
import { robustRange } from "../../statistics/robustRange";

/** The first image of a table may be missing: a few are looked up. */
const LOOKED_UP = 8;

/** Null where there is one network, or the images that tell where the parts lie are not here. */
export async function partsOfMaps(maps: string): Promise<PartsMap | null> {
  const { experiment } = await readExperiment(mapsPlace(maps).mapsJson);
  if (experiment === null || !experiment.multi_network) return null;
  const cohorts = await readCohorts(experiment);
  const [first = 0] = splitNumbers(experiment);
  const split = await readSplit(cohorts, first, experiment, []);
  const rows = [...split.train, ...split.validation].slice(0, LOOKED_UP);
  const { grid, files } = await locateImages(rows, experiment, []);
  if (grid === undefined) return null;
  const masks = cohorts[0] ?? placeOf(experiment.caps_directory, experiment.images);
  const input = await planInput(experiment, grid, masks);
  const { cut, imageSize: size } = input;
  const across = (world: Axis) =>
    AXES.find((axis) => spaceOf(grid.affine, [1, 1, 1]).orientation[axis].world === world) ?? 2;
  // Slices are seen from their edge, other parts from above.
  const edge =
    cut.mode === "slice" ? [across(0), across(1)].find((axis) => axis !== cut.direction) : undefined;
  const through = edge ?? across(2);
  const boxes = Array.from({ length: partCount(cut) }, (_, part) => {
    const { start, size: extent } = inputPlace(input, part);
    const index = start[through] + Math.floor(extent[through] / 2);
    return {
      start,
      size: extent,
      index,
      name: cut.mode === "roi" ? (cut.regions[part]?.name ?? null) : null,
    };
  });
  const file = rows.map((row) => files.get(imageKey(row))).find((found) => found !== undefined);
  const image = file === undefined ? null : await readImageInSpace(file, experiment.space).catch(() => null);
  return {
    size,
    affine: grid.affine,
    boxes,
    panels: [...new Set(boxes.map(({ index }) => index))].map((index) => ({
      index,
      image: image === null ? null : picture(image.values, size, grid.affine, through, index),
    })),
    through,
  };
}

function picture(
  values: Float32Array,
  size: Triple,
  affine: KeptImage["affine"],
  through: Axis,
  index: number,
): KeptImage {
  const { low, high } = robustRange(values.length, (voxel) => values[voxel]!);
  const input = planeBytes(values, size, { through, index }, { low, high });
  return { size, affine, low, high, planes: [{ through, input, output: input, difference: input }] };
}
