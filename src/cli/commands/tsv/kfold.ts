import { resolve } from "node:path";
import { KFOLD_DEFAULTS, kfoldTable } from "../../../data/tsv/kfold";
import { defineCommand } from "../../command";
import { checkSubsetName } from "./subsetName";

export const tsvKfold = defineCommand({
  name: "tsv kfold",
  summary: "Makes k splits of a table, each participant in the validation set of one.",
  arguments: [
    {
      name: "TSV",
      text: "table of sessions; a diagnosis that it lacks comes from the labels.tsv above it",
      completes: "file",
    },
  ],
  options: {
    "n-splits": {
      kind: "whole",
      value: "K",
      least: 2,
      default: KFOLD_DEFAULTS.nSplits,
      text: "number of splits",
    },
    stratification: {
      kind: "text",
      value: "COLUMN",
      text: "column whose values each fold holds in equal shares, instead of the diagnosis",
    },
    "subset-name": {
      kind: "text",
      value: "NAME",
      default: KFOLD_DEFAULTS.subsetName,
      text: "name of the validation sets",
    },
    "valid-longitudinal": {
      kind: "flag",
      text: "also write all the sessions of the validation sets, not only the first ones",
    },
  },
  remarks: [
    "Writes a folder `<k>_fold` beside TSV (`<k>_fold_2`, ... where there is one), with the files of ClinicaDL.",
    "A table always gives the same folds, those of ClinicaDL: there is no seed to choose.",
  ],
  examples: ["tsv kfold split/train.tsv --n-splits 5"],
  async run({ TSV }, options, terminal) {
    const subsetName = checkSubsetName(options["subset-name"]);
    const { warnings, ...result } = await kfoldTable(resolve(TSV), {
      nSplits: options["n-splits"],
      subsetName,
      stratification: options.stratification ?? KFOLD_DEFAULTS.stratification,
      validLongitudinal: options["valid-longitudinal"],
    });
    const { folder, sizes } = result;
    for (const warning of warnings) terminal.warn(warning);
    terminal.say(terminal.text("folds-made", { folder, splits: sizes.length, sizes, name: subsetName }));
    return { result };
  },
});
