/** The draws that a training makes for one of its inputs. */
import type { AskedDraw } from "../../../../webview/inputs/messages";
import { drawsOfSample, type SampleDraw } from "../../../data/batches/trainingSeeds";
import { samplesOf } from "../../../data/batches/volumeDataset";
import type { DataPlan } from "../../../data/plan/experimentData";
import type { PlannedImage } from "../../../data/plan/plannedImage";
import { imageKey } from "../../../data/sources/images";
import type { Experiment } from "../../../experiment/experiment";

type TrainingSettings = Pick<
  Experiment,
  "sampler" | "network_task" | "batch_size" | "epochs" | "multi_network"
>;

/** The one that is asked for; null where the training does not draw so often for it. @param part from 0 */
export function trainingDraw(
  settings: TrainingSettings,
  plan: Pick<DataPlan, "splits" | "partNumbers">,
  image: PlannedImage,
  part: number,
  { split, seed, number }: AskedDraw,
): SampleDraw | null {
  const train = plan.splits.find((one) => one.split === split)?.train ?? [];
  const place = train.findIndex((one) => imageKey(one) === imageKey(image));
  if (place < 0) return null;
  // Each of several networks sees one part of every image.
  const network = settings.multi_network ? part : null;
  const samples = samplesOf(plan, train, network ?? undefined);
  const index = network === null ? place * plan.partNumbers.length + part : place;
  let before = number;
  for (const draw of drawsOfSample({ seed, split, network }, index, samples, settings)) {
    if (before === 0) return draw;
    before--;
  }
  return null;
}
