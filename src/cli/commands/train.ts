import { resolve } from "node:path";
import { asksForGpu } from "../../experiment/file/resolve";
import { ENGINES } from "../../experiment/schema/schema";
import { defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { DEVICE_OPTION } from "../commandLine/deviceOption";
import { EXPERIMENT_ARGUMENT } from "../commandLine/experimentArgument";
import { misuse } from "../commandLine/usageError";
import { loadExperiment, outcomeOf, runExperiment, sayFigures } from "../runExperiment";

export const train = defineCommand({
  name: "train",
  summary: "Trains the experiment of a file and keeps the result in a MAPS folder.",
  arguments: [EXPERIMENT_ARGUMENT],
  options: {
    output: {
      kind: "text",
      value: "MAPS",
      text: "folder of the MAPS; without --join or --resume it must not exist or be empty",
      completes: "folder",
    },
    split: {
      kind: "whole",
      value: "N",
      least: 0,
      many: true,
      text: "only this split, instead of the experiment's",
    },
    join: {
      kind: "flag",
      text: "also into a MAPS that another process has made with the same settings: each trains what is free",
    },
    resume: {
      kind: "flag",
      text: "also where it was begun before: goes on with what is left, and is done at once where nothing is",
    },
    strict: { kind: "flag", text: "refuse an experiment with keys that are not known or do nothing" },
    engine: { kind: "choice", choices: ENGINES, text: "instead of the experiment's" },
    device: DEVICE_OPTION,
    threads: { kind: "whole", value: "N", least: 0, text: "instead of the experiment's; 0 for all cores" },
    ...ACCEPT_OPTIONS,
  },
  remarks: [
    "Ctrl+C stops after the current weight update, with a checkpoint; `gyrus resume MAPS` goes on. SIGTERM, SIGHUP (a closed session) and SIGUSR1, SIGUSR2 or SIGXCPU (a cluster's warning) do the same.",
    "With --resume the same command can be given until it is done, as a cluster does that gives a job back to the queue.",
    "Windows has Ctrl+C, Ctrl+Break and the closing of the console, which it ends ten seconds later; a training that is ended there goes on from its last checkpoint.",
  ],
  examples: [
    "train ad-cn.experiment.json --output maps",
    "train ad-cn.experiment.json --output maps --resume",
    "train ad-cn.experiment.json --output maps --join --split 3",
  ],
  async run(
    { EXPERIMENT: file },
    { output, split: asked, join, resume, strict, engine, device, threads, ...accept },
    terminal,
    words,
  ) {
    if (output === undefined) throw misuse("usage.missing", { words: "--output MAPS" });
    const experiment = await loadExperiment(file, terminal, { strict });
    const split = [...(asked ?? experiment.split)];
    const outcome = await runExperiment(
      {
        ...experiment,
        split,
        engine: engine ?? experiment.engine,
        ...(device !== undefined && { device }),
        threads: threads ?? experiment.threads,
      },
      resolve(output),
      ["train", ...words],
      terminal,
      {
        join,
        resume,
        accepted: acceptedBy(accept),
        wantsGpu: await asksForGpu(file),
        wishes: { engine, device, threads },
      },
    );
    await sayFigures(outcome, terminal);
    return outcomeOf(outcome);
  },
});
