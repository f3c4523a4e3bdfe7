/** What the network of an experiment learns, by the loss and the class weights that it asks for. */
import type { Experiment } from "../../experiment/experiment";
import type { LossKey } from "../../experiment/schema/schema";
import {
  isClassLoss,
  LOSS_OPTIONS,
  type ObjectiveData,
  valueObjective,
} from "../../statistics/losses/losses";
import { type Objective, objectiveFor } from "../../statistics/objective";

/**
 * @param classes number of classes; of no meaning outside classification
 * @param targets class codes of the training samples, for balanced weights
 */
export function objectiveOf(
  experiment: Pick<Experiment, "network_task" | "loss" | "class_weights" | LossKey>,
  classes: number,
  targets: readonly number[],
): Objective {
  return objectiveFor(experiment.network_task, lossOf(experiment, classes, targets));
}

function lossOf(
  experiment: Pick<Experiment, "loss" | "class_weights" | LossKey>,
  classes: number,
  targets: readonly number[],
): ObjectiveData {
  const { loss, class_weights } = experiment;
  if (!isClassLoss(loss)) {
    const options = LOSS_OPTIONS.map(({ name }) => [name, experiment[`loss_${name}`]] as const);
    return valueObjective(loss, Object.fromEntries(options));
  }
  if (class_weights === null) return { loss, classes };
  const classWeights = class_weights === "balanced" ? balancedWeights(targets, classes) : class_weights;
  return { loss, classes, classWeights };
}

/** n / (k n_c) for each class c, as scikit-learn balances: 1 when all classes are equally frequent. */
function balancedWeights(targets: readonly number[], classes: number): number[] {
  return Array.from({ length: classes }, (_, code) => {
    const count = targets.filter((target) => target === code).length;
    return targets.length / (classes * count);
  });
}
