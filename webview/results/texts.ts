import type { AnswerSource } from "../../src/report/results/groupResults";
import { textOf } from "../shared/text";
import { resultsStrings } from "./strings";

export const text = textOf(resultsStrings);

/** "Ensemble of 5 splits", "Split 0". */
export function modelName(source: AnswerSource): string {
  switch (source.kind) {
    case "ensemble":
    case "pooled":
      return text(source.kind, source.splits.length);
    case "single":
      return text("split", source.split);
  }
}
