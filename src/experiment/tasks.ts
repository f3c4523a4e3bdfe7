/** The tasks: what each learns from, and what an experiment takes where it says nothing. */
import type { ArchitectureName } from "../network/zoo/zoo";
import type { ClassLossName, ValueLossName } from "../statistics/losses/losses";
import type { SelectionMetric } from "../statistics/metrics/metrics";
import type { Task } from "../statistics/task";

export interface TaskDefinition<Loss> {
  /** Column of the tables that holds what is learned; null where the image itself is. */
  readonly label: string | null;
  readonly architecture: ArchitectureName;
  readonly loss: Loss;
  /** Of the best models that are kept. */
  readonly selectionMetrics: readonly SelectionMetric[];
}

type LossFor<T extends Task> = T extends "classification" ? ClassLossName : ValueLossName;

export const TASKS: { readonly [T in Task]: TaskDefinition<LossFor<T>> } = {
  classification: {
    label: "diagnosis",
    architecture: "Conv5_FC3",
    loss: "CrossEntropyLoss",
    selectionMetrics: ["loss", "BA"],
  },
  regression: {
    label: "age",
    architecture: "Conv5_FC3",
    loss: "MSELoss",
    selectionMetrics: ["loss"],
  },
  reconstruction: {
    label: null,
    architecture: "AE_Conv5_FC3",
    loss: "MSELoss",
    selectionMetrics: ["loss"],
  },
};
