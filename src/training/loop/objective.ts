/** The loss of an experiment, and the size of the answer that it needs. */
import type { Objective } from "../../engine/engine";
import type { Experiment } from "../../experiment/experiment";

/**
 * @param classes number of classes; of no meaning outside classification
 * @param targets class codes of the training samples, for balanced weights
 */
export function objectiveOf(
  { loss, class_weights }: Pick<Experiment, "loss" | "class_weights">,
  classes: number,
  targets: readonly number[],
): Objective {
  if (loss === "MSELoss") return { loss };
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
