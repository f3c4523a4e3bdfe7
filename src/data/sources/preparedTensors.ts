/**
 * Parts that ClinicaDL's prepare-data has saved (`--save_features`, `prepare_dl` true): PyTorch tensors, in a folder of each session
 * of a CAPS, named after the image, the cut and the part.
 */

import { basename, dirname, join } from "node:path";
import { aboutSubject, problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { namesIn } from "../../files/reader";
import { reasonOf } from "../../messages/reasonOf";
import type { Tensor } from "../../network/weights/tensor";
import { axisCodes, orientationOf } from "../../space/orientation";
import type { SpaceRule } from "../../space/spaceRule";
import { mapLimited } from "../batches/collect";
import { finishInput, type InputSettings } from "../batches/networkInput";
import { isReadAsStored } from "../nifti/imageInSpace";
import { VolumeCache } from "../nifti/volumeCache";
import { cacheBytesOf, type FoundImage, type ReaderOptions, type VolumeReader } from "../nifti/volumeReader";
import { type Cut, partNumbers, type Region } from "../parts/parts";
import { tensorsFolder } from "./caps";
import type { ImageFiles, ImageRequest } from "./images";
import { imageName, nameImage } from "./nameImage";

/** Reads one `.pt` file: what the room of the MAPS knows how to do. */
export type TensorReader = (file: string) => Promise<Tensor>;

/** The tensor of the `index`-th part of an image. */
export function partTensorFile(
  image: FoundImage,
  preprocessing: Preprocessing,
  cut: Cut,
  index: number,
): string {
  const pipeline = preprocessing.preprocessing.replace("-", "_");
  const folder = join(tensorsFolder(image.place, image), `${cut.mode}_based`, pipeline);
  return join(folder, tensorName(basename(image.file), preprocessing, cut, index));
}

const AXES = ["sag", "cor", "axi"] as const;

function tensorName(image: string, preprocessing: Preprocessing, cut: Cut, index: number): string {
  const last = image.lastIndexOf("_");
  const prefix = image.slice(0, last);
  const suffix = image.slice(last + 1).replace(".nii.gz", ".pt");
  switch (cut.mode) {
    case "image":
      return `${prefix}_${suffix}`;
    case "patch":
      return `${prefix}_patchsize-${cut.size}_stride-${cut.stride}_patch-${index}_${suffix}`;
    case "slice": {
      const channel = cut.channels === 3 ? "rgb" : "single";
      return `${prefix}_axis-${AXES[cut.direction]}_channel-${channel}_slice-${cut.first + index}_${suffix}`;
    }
    case "roi": {
      const tokens = image.split("_");
      const session = tokens.slice(0, tokens[2] === "T1w" ? 3 : 2).join("_");
      return `${session}_${regionText(cut.regions[index]!, preprocessing)}_${suffix}`;
    }
  }
}

/** `space-<template>[_desc-...][_others]_roi-<name>`, from the name of the mask. */
function regionText(region: Region, { uncropped_roi }: Preprocessing): string {
  const tokens = (region.maskFile ?? "").split("_");
  const template = (tokens[0] ?? "").split("-")[1] ?? "";
  const descriptors = tokens.slice(1, -2);
  const cropped = descriptors.includes("desc-Crop");
  const others = descriptors.filter((token) => token !== "desc-Crop");
  const description = uncropped_roi ? (cropped ? ["desc-CropImage"] : []) : ["desc-CropRoi"];
  return [`space-${template}`, ...description, ...others, `roi-${region.name}`].join("_");
}

/**
 * Null when the parts are cut from the images (whole images always are: their voxels are in the NIfTI). Throws an InputError with
 * every image whose tensors are not all there, and where the tensors would have to be turned: they do not say where their axes point.
 */
export async function planTensors(
  { preprocessing_dict: preprocessing, space }: ImageRequest,
  cut: Cut,
  images: readonly FoundImage[],
  headers: ImageFiles["headers"],
): Promise<Preprocessing | null> {
  if (!preprocessing.prepare_dl || cut.mode === "image") return null;
  const unique = [...new Map(images.map((image) => [image.file, image])).values()];
  const problems = [
    ...turnedTensors(space, unique, headers),
    ...(await missingTensors(unique, preprocessing, cut)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return preprocessing;
}

/** Tensors are as their images are stored. */
function turnedTensors(
  space: SpaceRule,
  images: readonly FoundImage[],
  headers: ImageFiles["headers"],
): Problem[] {
  const turned = images.flatMap((image) => {
    const header = headers.get(image.file);
    return header === undefined || isReadAsStored(header, space) ? [] : [{ image, header }];
  });
  const [first] = turned;
  if (first === undefined) return [];
  const orientations = [...new Set(turned.map(({ header }) => axisCodes(orientationOf(header.affine))))];
  const example = imageName(first.image);
  const values = { count: turned.length, of: images.length, orientations, example };
  return [problem("tensors.orientation", { where: "space.orientation" }, values)];
}

async function missingTensors(
  images: readonly FoundImage[],
  preprocessing: Preprocessing,
  cut: Cut,
): Promise<Problem[]> {
  const parts = partNumbers(cut).map((_, index) => index);
  const problems = await mapLimited(images, 32, async (image): Promise<Problem[]> => {
    const files = parts.map((part) => partTensorFile(image, preprocessing, cut, part));
    const folder = dirname(files[0]!);
    const present = new Set(await namesIn(folder).catch(() => []));
    const missing = files.filter((file) => !present.has(basename(file)));
    if (missing.length === 0) return [];
    const values = { missing: missing.length, count: files.length, example: basename(missing[0]!) };
    return [aboutSubject(imageName(image), problem("tensors.missing", { file: folder }, values))];
  });
  return problems.flat();
}

export interface TensorReaderOptions extends Pick<ReaderOptions, "cacheBytes"> {
  /** Reads the `.pt` files. */
  readonly readTensor: TensorReader;
}

/** Tensors are small and need no decoding: they are read in the calling thread, and stay in memory as decoded images do. */
export function openTensorReader(
  settings: InputSettings,
  preprocessing: Preprocessing,
  { readTensor, ...options }: TensorReaderOptions,
): VolumeReader {
  const cache = new VolumeCache<{ readonly file: string; readonly data: Float32Array }>(
    cacheBytesOf(options),
    0,
  );
  const floats = async (file: string): Promise<Float32Array<ArrayBuffer>> => {
    const data = cache.get(file)?.data ?? (await floatsOf(file, settings, readTensor));
    cache.put({ file, data });
    // What follows works on the values themselves.
    return new Float32Array(data);
  };
  return {
    read: async (image, parts, seeds) =>
      await Promise.all(
        parts.map(async (part, i) => {
          const file = partTensorFile(image, preprocessing, settings.cut, part);
          try {
            return finishInput(await floats(file), settings, {
              file,
              part,
              augmentationSeed: seeds?.parts[i],
            });
          } catch (error) {
            throw nameImage(image, error);
          }
        }),
      ),
    giveBack() {},
    check: async () => null,
    close: async () => {},
  };
}

async function floatsOf(
  file: string,
  { inputSize }: InputSettings,
  readTensor: TensorReader,
): Promise<Float32Array<ArrayBuffer>> {
  const tensor = await readTensor(file).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    const reason = reasonOf(error);
    throw refuse("tensor.unreadable", { file }, { reason });
  });
  if (tensor.dtype !== "float32" || tensor.shape.join("x") !== inputSize.join("x")) {
    const values = { type: tensor.dtype, size: tensor.shape.join("x"), expected: inputSize.join("x") };
    throw refuse("tensor.shape", { file }, values);
  }
  return new Float32Array(tensor.data);
}
