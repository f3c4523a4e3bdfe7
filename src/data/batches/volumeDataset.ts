/** The samples of a planned set, read from their image files. */
import { openVolumeReader, type ReaderOptions, type VolumeReader } from "../nifti/volumeReader";
import type { DataPlan } from "../plan/experimentData";
import type { PlannedImage } from "../plan/plannedImage";
import { openTensorReader, type TensorReaderOptions } from "../sources/preparedTensors";
import type { Dataset, Sample } from "./dataset";
import { imageSeed, sampleSeed } from "./trainingSeeds";

export interface DatasetOptions {
  /** Only this part of each image (its place among the parts, from 0): what one of several networks sees. */
  readonly part?: number;
  /** What was fitted on the training set, for an `intensity` that is. */
  readonly standard?: readonly number[] | undefined;
}

/** `workers` are for images: tensors, of a plan with `prepare_dl`, are read in the calling thread. */
export type PlanReaderOptions = ReaderOptions & TensorReaderOptions;

/** A reader for all the sets of a plan, so that they share workers and memory. Close it when the last set is done. */
export function openReader(
  { input, tensors }: Pick<DataPlan, "input" | "tensors">,
  options: PlanReaderOptions,
): VolumeReader {
  return tensors === null ? openVolumeReader(input, options) : openTensorReader(input, tensors, options);
}

/** `reader` stays open when the dataset is closed. */
export function openDataset(
  plan: Pick<DataPlan, "inputSize" | "partNumbers">,
  images: readonly PlannedImage[],
  reader: VolumeReader,
  options: DatasetOptions = {},
): Dataset {
  const parts = partsOf(plan, options.part);
  const samples = samplesOf(plan, images, options.part);
  const inputLength = plan.inputSize.reduce((product, length) => product * length, 1);

  return {
    inputSize: plan.inputSize,
    samples,
    partsPerImage: parts.length,
    async read(indices, seeds, memory) {
      const batch = memory ?? new Float32Array(indices.length * inputLength);
      await Promise.all(
        groupByImage(indices, parts.length).map(async ({ image, places }) => {
          const wanted = places.map((place) => parts[indices[place]! % parts.length]!);
          const planned = images[image]!;
          const drawing = seeds && {
            parts: places.map((place) => sampleSeed(seeds.batch, place)),
            image: imageSeed(seeds.epoch, planned),
          };
          const inputs = await reader.read(planned, wanted, drawing, options.standard);
          for (const [i, place] of places.entries()) batch.set(inputs[i]!, place * inputLength);
          reader.giveBack(inputs);
        }),
      );
      return batch;
    },
    async close() {},
  };
}

/** Of each image its parts, or one of them (its place among the parts, from 0). */
export function samplesOf(
  plan: Pick<DataPlan, "partNumbers">,
  images: readonly PlannedImage[],
  part: number | undefined,
): readonly Sample[] {
  const parts = partsOf(plan, part);
  return images.flatMap((image) => parts.map((one) => sampleOf(image, plan.partNumbers[one] ?? 0)));
}

const partsOf = ({ partNumbers }: Pick<DataPlan, "partNumbers">, part: number | undefined) =>
  part === undefined ? partNumbers.map((_, one) => one) : [part];

function sampleOf(image: PlannedImage, part: number): Sample {
  const { participantId, sessionId, cohort, label, target } = image;
  return { participantId, sessionId, cohort, part, label, target };
}

/** Parts of one image that a batch wants are read together: the image is decoded once. */
function groupByImage(
  indices: readonly number[],
  partsPerImage: number,
): { image: number; places: number[] }[] {
  const groups = new Map<number, number[]>();
  for (const [place, index] of indices.entries()) {
    const image = Math.floor(index / partsPerImage);
    const places = groups.get(image);
    if (places === undefined) groups.set(image, [place]);
    else places.push(place);
  }
  return [...groups].map(([image, places]) => ({ image, places }));
}
