import { resolve } from "node:path";
import { ENGINES } from "../../experiment/schema";
import { oneOf, onlyWord, parseWords, wholeNumber } from "../arguments";
import { type Command, UsageError } from "../command";
import { exitCodeOf, loadExperiment, outcomeAsJson, runExperiment } from "../runExperiment";

export const train: Command = {
  name: "train",
  usage: "train EXPERIMENT --output MAPS [--engine auto|onnx|tensorflow] [--threads N] [--json]",
  summary: "Trains the experiment of a file and keeps the result in a MAPS folder.",
  help: [
    "EXPERIMENT   a JSON file of keys such as caps_directory, tsv_path, architecture; a maps.json of ClinicaDL is one",
    "--output     folder of the MAPS; it must not exist or be empty",
    "--engine     instead of the experiment's",
    "--threads    instead of the experiment's; 0 for all cores",
    "--json       prints one JSON object with the best models of each split",
    "Ctrl+C stops after the current weight update; `gyrus resume MAPS` goes on.",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      output: { type: "string" },
      engine: { type: "string" },
      threads: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const file = onlyWord(positionals, "EXPERIMENT");
    if (values.output === undefined) throw new UsageError("--output MAPS is missing.");
    const experiment = loadExperiment(file, terminal);
    const outcome = await runExperiment(
      {
        ...experiment,
        engine: oneOf("engine", values.engine, ENGINES) ?? experiment.engine,
        threads: wholeNumber("threads", values.threads, 0) ?? experiment.threads,
      },
      resolve(values.output),
      ["train", ...words],
      terminal,
    );
    if (values.json) terminal.print(outcomeAsJson(outcome));
    return exitCodeOf(outcome, terminal);
  },
};
