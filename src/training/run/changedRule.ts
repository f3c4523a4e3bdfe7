/** What a training that a former version began does otherwise from its resumption on. */
import { batchCount } from "../../data/batches/readAhead";
import type { SplitPlan } from "../../data/plan/experimentData";
import { mapsPlace } from "../../maps/folder/place";
import { countedBatchesAlike } from "../../maps/weights/checkpoint";
import { comparesClasses } from "../../statistics/losses/losses";
import { objectiveOf } from "../loop/objective";
import { type Notice, notice } from "../notices";
import type { PreparedRun } from "./prepareRun";

/** Says which networks of `maps` go on with another mean over the batches of an update than they began with; null: none does. */
export async function changedAccumulation(prepared: PreparedRun, maps: string): Promise<Notice | null> {
  const former: number[] = [];
  for (const split of prepared.plan.splits.filter((split) => weighsBatchesUnequally(prepared, split))) {
    for (const network of prepared.networks) {
      const place = mapsPlace(maps).split(split.split).network(network);
      if (await countedBatchesAlike(place)) former.push(split.split);
    }
  }
  if (former.length === 0) return null;
  return notice("accumulation-changed", { networks: former.length, splits: [...new Set(former)] });
}

/** Whether batches of one weight update weigh differently: a last one that is smaller, or other classes with other weights. */
function weighsBatchesUnequally(
  { experiment, plan, networks, learned }: PreparedRun,
  { train }: SplitPlan,
): boolean {
  const { batch_size: batchSize, accumulation_steps: steps } = experiment;
  const samples = train.length * (networks.includes(null) ? plan.partNumbers.length : 1);
  const batches = batchCount(samples, batchSize);
  if (steps === 1 || batches === 1) return false;
  const targets = train.map(({ target }) => target);
  const { data } = objectiveOf(experiment, learned.classes.length, targets);
  const weights = comparesClasses(data) ? (data.classWeights ?? []) : [];
  const inLastUpdate = ((batches - 1) % steps) + 1;
  return new Set(weights).size > 1 || (samples % batchSize !== 0 && inLastUpdate > 1);
}
