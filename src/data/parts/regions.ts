/** Regions of interest: binary masks of the CAPS, or the hippocampi that are built in. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Preprocessing } from "../../experiment/preprocessing";
import { InputError, type Problem } from "../../experiment/problem";
import { collect } from "../batches/collect";
import { type NiftiVolume, readNifti } from "../nifti/nifti";
import type { ImageSize } from "../sources/images";
import { type Region, regionSize } from "./parts";

/**
 * The regions that `preprocessing_dict` asks for, in its order. Throws an InputError with every mask that is missing, of another
 * size than the images, empty or not binary, and when regions differ in size, which no network could take.
 */
export async function readRegions(
  preprocessing: Preprocessing,
  image: ImageSize,
  caps: string,
): Promise<Region[]> {
  const names = preprocessing.roi_list;
  if (names === null || names.length === 0) return hippocampi(preprocessing, image);
  const folder = masksFolder(preprocessing, caps);
  const problems: Problem[] = [];
  const regions: Region[] = [];
  for (const name of names) {
    const region = await collect(problems, () => readRegion(preprocessing, image, folder, name));
    if (region !== undefined) regions.push(region);
  }
  if (problems.length === 0) problems.push(...unequalSizes(regions));
  if (problems.length > 0) throw new InputError(problems);
  return regions;
}

async function readRegion(
  preprocessing: Preprocessing,
  image: ImageSize,
  folder: string,
  name: string,
): Promise<Region> {
  const maskFile = await findMask(preprocessing, folder, name);
  const { header, data } = await readNifti(join(folder, maskFile));
  checkMask({ header, data }, image);
  const all = (length: number) => Array.from({ length }, (_, i) => i);
  const planes: Region["planes"] = preprocessing.uncropped_roi
    ? [all(image[0]), all(image[1]), all(image[2])]
    : touchedPlanes(data, image);
  const mask = maskWithin(planes, data, image);
  return mask.includes(0) ? { name, planes, mask, maskFile } : { name, planes, maskFile };
}

const TEMPLATE = "MNI152NLin2009cSym";

function masksFolder(preprocessing: Preprocessing, caps: string): string {
  const custom = preprocessing.preprocessing === "custom";
  if (custom && preprocessing.roi_custom_template === "") {
    throw refused(
      "preprocessing_dict.roi_custom_template",
      "Masks for `custom` images are found by the name of their template.",
      'Add "roi_custom_template": the folder of the masks is `masks/tpl-<template>` in the CAPS.',
    );
  }
  return join(caps, "masks", `tpl-${custom ? preprocessing.roi_custom_template : TEMPLATE}`);
}

/** `*<pattern>*_roi-<name>_mask.nii*`; cropped images want `_desc-Crop_`, whole ones refuse it. Of several the shortest. */
async function findMask(preprocessing: Preprocessing, folder: string, name: string): Promise<string> {
  const custom = preprocessing.preprocessing === "custom";
  const pattern = custom ? preprocessing.roi_custom_mask_pattern : "res-1x1x1";
  const cropped = !preprocessing.use_uncropped_image;
  const end = new RegExp(`_roi-${name.replace(/[\\^$.|?*+(){}[\]]/g, "\\$&")}_mask\\.nii(\\.gz)?$`);
  const files = await readdir(folder).catch(() => []);
  const candidates = files
    .filter((file) => end.test(file) && file.replace(end, "").includes(pattern))
    .filter((file) => custom || file.includes("_desc-Crop_") === cropped)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const [best] = candidates;
  if (best !== undefined) return best;
  const crop = custom ? "" : cropped ? ", with `_desc-Crop_`" : ", without `_desc-Crop_`";
  throw refused(
    "preprocessing_dict.roi_list",
    `There is no mask of "${name}" in ${folder}: \`*${pattern}*_roi-${name}_mask.nii.gz\`${crop}.`,
    "Put the mask there, or correct `roi_list`.",
  );
}

function checkMask({ header, data }: NiftiVolume, image: ImageSize): void {
  const about = (message: string, remedy: string) =>
    new InputError([{ severity: "error", file: header.file, message, remedy }]);
  if (header.shape.some((length, axis) => length !== image[axis])) {
    throw about(
      `The mask has ${header.shape.join("x")} voxels, the images ${image.join("x")}.`,
      "Resample the mask to the images, or choose the mask of their crop.",
    );
  }
  const other = data.find((value) => value !== 0 && value !== 1);
  if (other !== undefined) throw about(`The mask holds ${other}, not only 0 and 1.`, "Binarise the mask.");
  if (!data.includes(1)) throw about("The mask is empty.", "Give a mask with ones.");
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
  const list = regions.map(({ name }, i) => `${name} ${sizes[i]}`).join(", ");
  return [
    {
      severity: "error",
      where: "preprocessing_dict.roi_list",
      message: `The regions differ in size: ${list}.`,
      remedy: "Give masks whose boxes have one size, or set `uncropped_roi` to true.",
    },
  ];
}

/** Centres and edge of ClinicaDL's own regions, in voxels of the cropped t1-linear image. */
const CROPPED_T1: ImageSize = [169, 208, 179];
const HIPPOCAMPI = [
  { name: "rightHippocampus", centre: [109, 96, 68] },
  { name: "leftHippocampus", centre: [61, 96, 68] },
] as const;
const EDGE = 50;

function hippocampi({ preprocessing, use_uncropped_image }: Preprocessing, image: ImageSize): Region[] {
  const known = CROPPED_T1.every((length, axis) => length === image[axis]);
  if (preprocessing !== "t1-linear" || use_uncropped_image || !known) {
    throw refused(
      "preprocessing_dict.roi_list",
      `Without \`roi_list\` the regions are the hippocampi in cropped t1-linear images of ${CROPPED_T1.join("x")}; these are ${preprocessing} images of ${image.join("x")}.`,
      "Name the regions in `roi_list` and put their masks into the CAPS.",
    );
  }
  const around = (centre: number) => Array.from({ length: EDGE }, (_, i) => centre - EDGE / 2 + i);
  return HIPPOCAMPI.map(({ name, centre: [x, y, z] }) => ({
    name,
    planes: [around(x), around(y), around(z)],
  }));
}

function refused(where: string, message: string, remedy: string): InputError {
  return new InputError([{ severity: "error", where, message, remedy }]);
}
