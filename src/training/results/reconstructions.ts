/** Inputs and reconstructions of an autoencoder on disk: as NIfTI in the space of the image, and as tensors for PyTorch. */
import { join } from "node:path";
import type { Dataset } from "../../data/batches/dataset";
import type { DataPlan } from "../../data/plan/experimentData";
import type { PlannedImage } from "../../data/plan/plannedImage";
import type { Predictor } from "../../engine/engine";
import type { Mode } from "../../experiment/schema/preprocessing";
import { participantInFiles } from "../../maps/folder/participantInFiles";
import type { ResultsPlace } from "../../maps/folder/place";
import { saveTensor, tensorFile } from "../../maps/weights/tensorFile";
import { writePartVolume } from "../explanation/partVolume";

export interface ReconstructionPlace {
  readonly results: ResultsPlace;
  readonly mode: Mode;
}

export interface ReconstructionFormats {
  readonly nifti: boolean;
  readonly tensors: boolean;
}

export interface Reconstructed {
  readonly predictor: Predictor;
  readonly dataset: Dataset;
  /** The images of the dataset, in its order. */
  readonly images: readonly PlannedImage[];
  readonly plan: Pick<DataPlan, "input" | "partNumbers">;
}

/** Writes input and output of the samples at `indices`, the names being ClinicaDL's. */
export async function saveReconstructions(
  { predictor, dataset, images, plan }: Reconstructed,
  places: readonly ReconstructionPlace[],
  indices: readonly number[],
  formats: ReconstructionFormats,
): Promise<void> {
  const nameOf = participantInFiles(images);
  for (const index of indices) {
    const { sessionId, part } = dataset.samples[index]!;
    const image = images[Math.floor(index / dataset.partsPerImage)]!;
    const participantId = nameOf(image);
    const input = await dataset.read([index]);
    const { data: output } = await predictor.predict({ size: 1, inputs: { image: input } });
    for (const place of places) {
      const { results, mode } = place;
      for (const [kind, data] of [
        ["input", input],
        ["output", output],
      ] as const) {
        if (formats.tensors) {
          const key = { participantId, sessionId, mode, part };
          const file = tensorFile(results, key, kind);
          await saveTensor(file, { dtype: "float32", shape: dataset.inputSize, data });
        }
        if (formats.nifti) {
          // As ClinicaDL names them; of parts each has a file of its own.
          const which = mode === "image" ? "image" : `${mode}-${part}`;
          const name = `${participantId}_${sessionId}_${which}_${kind}.nii.gz`;
          const folder = join(results.folder, "nifti_images");
          await writePartVolume(join(folder, name), image.file, plan, plan.partNumbers.indexOf(part), data);
        }
      }
    }
  }
}

/** The samples of the first image of a set. */
export function firstImage({ partsPerImage, samples }: Dataset): number[] {
  return Array.from({ length: Math.min(partsPerImage, samples.length) }, (_, index) => index);
}
