import { resolve } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import { INTERPRETATION_METHODS } from "../../maps/folder/interpretationRecord";
import { EXIT } from "../../run/exitCodes";
import { interpretGroup } from "../../training/explanation/interpretGroup";
import { defineCommand } from "../command";
import { GROUP_ARGUMENTS, GROUP_OPTIONS, groupRequest } from "../commandLine/groupOptions";
import { answeringEngine } from "../engines/answeringEngine";
import { checkProgress } from "../runExperiment";
import { stopSignal } from "../terminal/stopSignal";

export const interpret = defineCommand({
  name: "interpret",
  summary:
    "Shows where in the images the answers of a MAPS come from: a map for each participant and their mean.",
  arguments: [
    ...GROUP_ARGUMENTS,
    { name: "NAME", text: "the maps go to interpret-<NAME> beside the results of the group" },
    { name: "METHOD", text: "how they are made", choices: INTERPRETATION_METHODS },
  ],
  options: {
    ...GROUP_OPTIONS,
    node: {
      kind: "whole",
      value: "CODE",
      least: 0,
      default: 0,
      text: "the output that is explained: a class code",
    },
    level: {
      kind: "whole",
      value: "N",
      least: 1,
      text: "grad-cam: how many layers of `convolutions` come before the features, instead of all",
    },
    block: {
      kind: "whole",
      value: "VOXELS",
      least: 1,
      text: "occlusion: side of the blocks that are hidden; a twelfth of the longest side of the input when absent",
    },
    stride: {
      kind: "whole",
      value: "VOXELS",
      least: 1,
      text: "occlusion: from one block to the next; as long as a block when absent",
    },
    steps: {
      kind: "whole",
      value: "N",
      least: 1,
      text: "integrated-gradients: points on the way from an empty image, 50 when absent",
    },
    "skip-weights-test": {
      kind: "flag",
      text: "do not compare the maps of the first 5 samples with those of weights that are drawn anew",
    },
    overwrite: { kind: "flag", text: "replace maps of the same name" },
  },
  examples: [
    "interpret maps test why gradients",
    "interpret maps test where-ad grad-cam --node 0 --split 0",
    "interpret maps test hidden occlusion --block 16 --stride 8",
  ],
  async run({ MAPS, GROUP: group, NAME: name, METHOD: method }, options, terminal) {
    const engine = await answeringEngine(options, terminal);
    const { signal, release } = stopSignal(terminal, { stopping: "stopping-after-batch" });
    const { node, level, block, stride, steps, overwrite } = options;
    try {
      const { stopped, ...result } = await interpretGroup(
        {
          ...groupRequest(options),
          ...{ maps: resolve(MAPS), group, name, method, node, level, block, stride, steps, overwrite },
          skipWeightsTest: options["skip-weights-test"],
        },
        {
          engine,
          signal,
          onWarning: (warning) => terminal.warn(warning),
          onHeader: checkProgress(terminal, "reading-headers"),
          onProgress: (done, of) =>
            terminal.draw(done === of ? "" : terminal.text("interpreting", { done, of })),
        },
      );
      return {
        result,
        show: () => {
          for (const folder of result.folders) terminal.say(folder);
        },
        ...(stopped && { exit: EXIT.stopped, problems: [problem("results.stopped", {})] }),
      };
    } finally {
      release();
    }
  },
});
