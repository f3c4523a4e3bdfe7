/** Which validation images are looked at while an autoencoder trains: the same at every epoch. */
import type { Dataset } from "../../data/batches/dataset";
import type { DataPlan } from "../../data/plan/experimentData";
import type { PlannedImage } from "../../data/plan/plannedImage";
import type { Experiment } from "../../experiment/experiment";
import { participantInFiles } from "../../maps/folder/participantInFiles";

export interface KeptSample {
  /** Among the samples of the validation set. */
  readonly index: number;
  /** Of its files, before what tells input from output. */
  readonly name: string;
  readonly image: PlannedImage;
  /** Number of the part; null for a whole image. */
  readonly part: number | null;
  /** Place of the part among the parts of the image. */
  readonly place: number;
}

export interface KeptSamples {
  readonly samples: readonly KeptSample[];
  /** Its best epochs count. */
  readonly metric: string;
  readonly mostBytes: number;
  readonly input: DataPlan["input"];
}

/** A megabyte as disks are sold. */
const MEGABYTE = 1_000_000;

/** Images at even distances in the validation set; of one that is cut into parts the part in the middle. */
export function keptSamples(
  experiment: Pick<
    Experiment,
    "kept_reconstructions" | "kept_reconstructions_mb" | "selection_metrics" | "preprocessing_dict"
  >,
  { input, partNumbers }: Pick<DataPlan, "input" | "partNumbers">,
  images: readonly PlannedImage[],
  { samples, partsPerImage }: Dataset,
): KeptSamples {
  const { kept_reconstructions: wanted, selection_metrics: metrics } = experiment;
  const { mode } = experiment.preprocessing_dict;
  const count = Math.min(wanted, images.length);
  const nameOf = participantInFiles(images);
  return {
    samples: Array.from({ length: count }, (_, i) => {
      const at = Math.floor((i * images.length) / count);
      const image = images[at]!;
      const index = at * partsPerImage + Math.floor(partsPerImage / 2);
      const { part } = samples[index]!;
      const which = mode === "image" ? mode : `${mode}-${part}`;
      return {
        index,
        name: `${nameOf(image)}_${image.sessionId}_${which}`,
        image,
        part: mode === "image" ? null : part,
        place: partNumbers.indexOf(part),
      };
    }),
    metric: metrics.includes("loss") ? "loss" : metrics[0]!,
    mostBytes: experiment.kept_reconstructions_mb * MEGABYTE,
    input,
  };
}
