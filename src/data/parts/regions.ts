/** Regions of interest: binary masks that stand beside the images, or the hippocampi that are built in. */

import { basename, join } from "node:path";
import { nameFault } from "../../experiment/names";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { namesIn } from "../../files/reader";
import { type Geometry, geometryOf } from "../../space/geometry";
import type { Grid } from "../../space/grid";
import type { SpaceRule } from "../../space/spaceRule";
import { collect } from "../batches/collect";
import { type ImagePlace, openSource } from "../sources/imageSources";
import type { ImageSize } from "../sources/images";
import { readMaskInSpace } from "./maskInSpace";
import { type Region, regionSize } from "./parts";

/**
 * The regions that `preprocessing_dict` asks for, in its order, masks read in the space of the images. `image`: the grid of the first of these as it is read. Throws an InputError with every mask that is missing, of another
 * size than the images, empty or not binary, and when regions differ in size, which no network could take.
 */
export async function readRegions(
  preprocessing: Preprocessing,
  image: Grid,
  place: ImagePlace,
  space: SpaceRule,
): Promise<Region[]> {
  const names = preprocessing.roi_list;
  if (names === null || names.length === 0) return hippocampi(preprocessing, image.shape);
  const faults = [
    ...names,
    ...(isTold(preprocessing, place) ? [templateOf(preprocessing, place)] : []),
  ].flatMap((name) => {
    const fault = nameFault(name);
    return fault === null ? [] : [problem("regions.name", { where: ROI_LIST }, { name, fault })];
  });
  if (faults.length > 0) throw new InputError(faults);
  const folder = openSource(place).masks(templateOf(preprocessing, place));
  const problems: Problem[] = [];
  const regions: Region[] = [];
  for (const name of names) {
    const region = await collect(problems, async () => {
      const file = join(folder, await findMask(preprocessing, folder, name));
      return await readRegion(preprocessing, image, file, name, space);
    });
    if (region !== undefined) regions.push(region);
  }
  if (problems.length === 0) problems.push(...unequalSizes(regions));
  if (problems.length > 0) throw new InputError(problems);
  return regions;
}

async function readRegion(
  preprocessing: Preprocessing,
  image: Grid,
  file: string,
  name: string,
  space: SpaceRule,
): Promise<Region> {
  const { grid, values: data } = await readMaskInSpace(file, image, space);
  checkMask(file, data);
  const { shape } = image;
  const all = (length: number) => Array.from({ length }, (_, i) => i);
  const planes: Region["planes"] = preprocessing.uncropped_roi
    ? [all(shape[0]), all(shape[1]), all(shape[2])]
    : touchedPlanes(data, shape);
  const mask = maskWithin(planes, data, shape);
  const own = { name, planes, maskFile: basename(file), geometry: geometryOf(grid.affine, [1, 1, 1]), grid };
  return mask.includes(0) ? { ...own, mask } : own;
}

const TEMPLATE = "MNI152NLin2009cSym";
const ROI_LIST = "preprocessing_dict.roi_list";

/** Whether the experiment names the template of its masks: those beside images that stand in no CAPS need none. */
const isTold = (
  { preprocessing, roi_custom_template: template }: Preprocessing,
  { images }: Pick<ImagePlace, "images">,
): boolean => preprocessing === "custom" && (template !== "" || images === undefined);

function templateOf({ preprocessing, roi_custom_template }: Preprocessing, { images }: ImagePlace): string {
  if (preprocessing !== "custom") return TEMPLATE;
  if (roi_custom_template !== "" || images !== undefined) return roi_custom_template;
  throw refuse("regions.no-template", { where: "preprocessing_dict.roi_custom_template" });
}

/** `*<pattern>*_roi-<name>_mask.nii*`; cropped images want `_desc-Crop_`, whole ones refuse it. Of several the shortest. */
async function findMask(preprocessing: Preprocessing, folder: string, name: string): Promise<string> {
  const custom = preprocessing.preprocessing === "custom";
  const pattern = custom ? preprocessing.roi_custom_mask_pattern : "res-1x1x1";
  const cropped = !preprocessing.use_uncropped_image;
  const end = new RegExp(`_roi-${name.replace(/[\\^$.|?*+(){}[\]]/g, "\\$&")}_mask\\.nii(\\.gz)?$`);
  const files = await namesIn(folder).catch(() => []);
  const candidates = files
    .filter((file) => end.test(file) && file.replace(end, "").includes(pattern))
    .filter((file) => custom || file.includes("_desc-Crop_") === cropped)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const [best] = candidates;
  if (best !== undefined) return best;
  throw refuse(
    "regions.no-mask",
    { where: ROI_LIST },
    {
      region: name,
      folder,
      pattern: `*${pattern}*_roi-${name}_mask.nii.gz`,
      crop: custom ? null : phrase(cropped ? "with-crop" : "without-crop"),
    },
  );
}

function checkMask(file: string, data: Float32Array): void {
  const other = data.find((value) => value !== 0 && value !== 1);
  if (other !== undefined) throw refuse("mask.not-binary", { file }, { value: other });
  if (!data.includes(1)) throw refuse("mask.empty", { file });
}

function touchedPlanes(mask: Float32Array, [nx, ny, nz]: ImageSize): [number[], number[], number[]] {
  const touched = [new Set<number>(), new Set<number>(), new Set<number>()] as const;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    touched[0].add(Math.floor(i / (ny * nz)));
    touched[1].add(Math.floor(i / nz) % ny);
    touched[2].add(i % nz);
  }
  const among = (length: number, planes: ReadonlySet<number>) =>
    Array.from({ length }, (_, plane) => plane).filter((plane) => planes.has(plane));
  return [among(nx, touched[0]), among(ny, touched[1]), among(nz, touched[2])];
}

/** In shared memory, so that each worker does not hold a copy. */
function maskWithin([xs, ys, zs]: Region["planes"], whole: Float32Array, [, ny, nz]: ImageSize): Uint8Array {
  const mask = new Uint8Array(new SharedArrayBuffer(xs.length * ys.length * zs.length));
  let to = 0;
  for (const x of xs) {
    for (const y of ys) {
      for (const z of zs) mask[to++] = whole[(x * ny + y) * nz + z]!;
    }
  }
  return mask;
}

function unequalSizes(regions: readonly Region[]): Problem[] {
  const sizes = regions.map((region) => regionSize(region).join("x"));
  if (new Set(sizes).size < 2) return [];
  const list = regions.map(({ name }, i) => `${name} ${sizes[i]}`);
  return [problem("regions.unequal", { where: ROI_LIST }, { sizes: list })];
}

/** Centres and edge of ClinicaDL's own regions, in voxels of the cropped t1-linear image. */
const CROPPED_T1: ImageSize = [169, 208, 179];
const HIPPOCAMPI = [
  { name: "rightHippocampus", centre: [109, 96, 68] },
  { name: "leftHippocampus", centre: [61, 96, 68] },
] as const;
const EDGE = 50;
/** How Clinica's t1-linear writes that image. */
const TEMPLATE_GEOMETRY: Geometry = { orientation: "RAS", handedness: "right", voxelSize: [1, 1, 1] };

function hippocampi({ preprocessing, use_uncropped_image }: Preprocessing, image: ImageSize): Region[] {
  const known = CROPPED_T1.every((length, axis) => length === image[axis]);
  if (preprocessing !== "t1-linear" || use_uncropped_image || !known) {
    const values = { expected: CROPPED_T1.join("x"), pipeline: preprocessing, size: image.join("x") };
    throw refuse("regions.no-hippocampi", { where: ROI_LIST }, values);
  }
  const around = (centre: number) => Array.from({ length: EDGE }, (_, i) => centre - EDGE / 2 + i);
  return HIPPOCAMPI.map(({ name, centre: [x, y, z] }) => ({
    name,
    planes: [around(x), around(y), around(z)],
    geometry: TEMPLATE_GEOMETRY,
  }));
}
