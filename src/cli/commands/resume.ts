import { resolve } from "node:path";
import { ENGINES } from "../../experiment/schema/schema";
import { experimentOfMaps, resumeTraining } from "../../training/run/resumeTraining";
import { defineCommand } from "../command";
import { DEVICE_OPTION } from "../commandLine/deviceOption";
import { outcomeOf, sayFigures, trainingEngine, watched } from "../runExperiment";

export const resume = defineCommand({
  name: "resume",
  summary: "Goes on with a training that was stopped or interrupted, as if it had never ended.",
  arguments: [
    {
      name: "MAPS",
      text: "folder that `gyrus train` made; splits that have finished keep their results",
      completes: "folder",
    },
  ],
  options: {
    join: { kind: "flag", text: "also while others train there: what they hold is left to them" },
    "accept-space": {
      kind: "flag",
      text: "although images are stored in another orientation or voxel size than when the training began",
    },
    engine: {
      kind: "choice",
      choices: ENGINES,
      text: "instead of the one that it was trained with last, which it keeps",
    },
    device: DEVICE_OPTION,
    threads: {
      kind: "whole",
      value: "N",
      least: 0,
      text: "instead of the experiment's; another number of threads rounds differently",
    },
  },
  examples: ["resume maps"],
  async run({ MAPS }, options, terminal, words) {
    const maps = resolve(MAPS);
    const experiment = await experimentOfMaps(maps);
    const choose = await trainingEngine(experiment, options, maps, terminal);
    const threads = options.threads ?? experiment.threads;
    const outcome = await watched(
      { threads, wishedCard: options.device ?? experiment.device ?? "", choose },
      ["resume", ...words],
      terminal,
      (run) =>
        resumeTraining(maps, {
          ...run,
          join: options.join,
          accepted: new Set(options["accept-space"] ? (["space"] as const) : []),
        }),
      maps,
    );
    await sayFigures(outcome, terminal);
    return outcomeOf(outcome);
  },
});
