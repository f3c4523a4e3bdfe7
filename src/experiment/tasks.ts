/** The tasks: what each learns from, and what an experiment takes where it says nothing. */
import type { ArchitectureName } from "../network/zoo/zoo";
import type { SelectionMetric } from "../statistics/metrics/metrics";
import type { Task } from "../statistics/task";

export interface TaskDefinition {
  /** Column of the tables that holds what is learned; null where the image itself is. */
  readonly label: string | null;
  readonly architecture: ArchitectureName;
  /** Of the best models that are kept. */
  readonly selectionMetrics: readonly SelectionMetric[];
}

export const TASKS: { readonly [T in Task]: TaskDefinition } = {
  classification: { label: "diagnosis", architecture: "Conv5_FC3", selectionMetrics: ["loss", "BA"] },
  regression: { label: "age", architecture: "Conv5_FC3", selectionMetrics: ["loss"] },
  reconstruction: { label: null, architecture: "AE_Conv5_FC3", selectionMetrics: ["loss"] },
};
