import { resolve } from "node:path";
import { ENGINES } from "../../experiment/schema";
import { experimentOfMaps, resumeTraining } from "../../training/run/resumeTraining";
import { oneOf, onlyWord, parseWords, wholeNumber } from "../arguments";
import { chooseEngine } from "../chooseEngine";
import type { Command } from "../command";
import { engineFolders } from "../engineFolders";
import { exitCodeOf, outcomeAsJson, watched } from "../runExperiment";

export const resume: Command = {
  name: "resume",
  usage: "resume MAPS [--engine auto|onnx|tensorflow] [--threads N] [--json]",
  summary: "Goes on with a training that was stopped or interrupted, as if it had never ended.",
  help: [
    "MAPS        folder that `gyrus train` made; splits that have finished keep their results",
    "--engine    instead of the experiment's",
    "--threads   instead of the experiment's; another number of threads rounds differently",
    "--json      prints one JSON object, as `gyrus train` does",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      engine: { type: "string" },
      threads: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const maps = resolve(onlyWord(positionals, "MAPS"));
    const experiment = await experimentOfMaps(maps);
    const engine = await chooseEngine(oneOf("engine", values.engine, ENGINES) ?? experiment.engine, {
      threads: wholeNumber("threads", values.threads, 0) ?? experiment.threads,
      folders: engineFolders(),
    });
    const outcome = await watched(engine, ["resume", ...words], terminal, (options) =>
      resumeTraining(maps, options),
    );
    if (values.json) terminal.print(outcomeAsJson(outcome));
    return exitCodeOf(outcome, terminal);
  },
};
