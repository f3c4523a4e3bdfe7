import type { Experiment } from "../../src/experiment/experiment";
import { resolveExperiment } from "../../src/experiment/file/resolve";

/** An experiment with all its defaults, changed by the keys of `json`. */
export function experimentOf(json: Readonly<Record<string, unknown>> = {}): Experiment {
  const file = "/study/test.experiment.json";
  const { experiment, problems } = resolveExperiment(
    { caps_directory: "caps", tsv_path: "split", ...json },
    file,
  );
  if (experiment === null) throw new Error(problems.map((problem) => problem.message).join("\n"));
  return experiment;
}
