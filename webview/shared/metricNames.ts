import { runStrings } from "./strings";
import { textOf } from "./text";

const text = textOf(runStrings);

/** How metrics are named. Sensitivity and specificity say of which class they are. */
export interface MetricNames {
  /** For a reader: "BA" is "Balanced accuracy"; what has no longer name keeps its own. */
  readonly metric: (metric: string) => string;
  /** Within a sentence or a narrow place: "loss", "BA". */
  readonly short: (metric: string) => string;
  /** By code. */
  readonly classes: readonly string[];
}

/** `classes` by code: of two, the first is the positive one. Of more, these metrics are means over all. */
export function metricNames(classes: readonly string[]): MetricNames {
  const [positive, negative, ...others] = classes;
  const two = positive !== undefined && negative !== undefined && others.length === 0;
  const metric = (name: string) => {
    switch (name) {
      case "sensitivity":
        return two ? text("sensitivityOf", positive) : text(name);
      case "specificity":
        return two ? text("specificityOf", negative) : text(name);
      case "loss":
      case "BA":
      case "accuracy":
      case "F1_score":
      case "AUC":
      case "AP":
      case "Brier":
        return text(name);
      default:
        return name;
    }
  };
  const short = (name: string) => {
    switch (name) {
      case "loss":
      case "sensitivity":
      case "specificity":
        return lowerFirst(metric(name));
      default:
        return name;
    }
  };
  return { metric, short, classes };
}

/** A class keeps its capitals. */
const lowerFirst = (words: string) => words.slice(0, 1).toLocaleLowerCase() + words.slice(1);
