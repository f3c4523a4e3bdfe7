import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { experimentJsonSchema } from "../../../src/experiment/schema/jsonSchema";
import { defaultsByTask } from "../../../src/experiment/schema/taskDefaults";
import { TASK_NAMES } from "../../../src/statistics/task";

describe("the default of a key that depends on the task", () => {
  it("is said of each task, of those that share it together", () => {
    expect(defaultsByTask("label")).toBe("`diagnosis` for classification, `age` for regression");
    expect(defaultsByTask("loss")).toBe(
      "`CrossEntropyLoss` for classification, `MSELoss` for regression and reconstruction",
    );
  });

  it.each(TASK_NAMES)("is what the description of the key says it is in %s", (network_task) => {
    const { experiment } = resolveExperiment(
      {
        network_task,
        caps_directory: "caps",
        tsv_path: "tsv",
        preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
      },
      "/data/a.experiment.json",
    );
    if (experiment === null) throw new Error("the experiment was refused");
    const properties = experimentJsonSchema().properties ?? {};
    for (const key of ["label", "architecture", "loss", "selection_metrics"] as const) {
      const value = experiment[key];
      const { description = "" } = Object(properties[key]);
      const words = [value].flat().map((name) => `\`${String(name)}\``);
      if (value === null) expect(description).not.toContain(network_task);
      else expect(description).toMatch(new RegExp(`${words.join(" and ")} for [\\w ]*${network_task}`));
    }
  });
});
