import { resolve } from "node:path";
import { KFOLD_DEFAULTS, kfoldTable } from "../../../data/tsv/kfold";
import { describeProblem } from "../../../experiment/problem";
import { onlyWord, parseWords, wholeNumber } from "../../arguments";
import { type Command, EXIT } from "../../command";
import { checkSubsetName } from "./subsetName";

export const tsvKfold: Command = {
  name: "tsv kfold",
  usage: "tsv kfold TSV [--n_splits 5] [--stratification COLUMN] [--subset_name validation] [--json]",
  summary: "Makes k splits of a table, each participant in the validation set of one.",
  help: [
    "TSV                    table of sessions; a diagnosis that it lacks comes from the labels.tsv above it",
    `--n_splits             number of splits, at least 2 (default ${KFOLD_DEFAULTS.nSplits})`,
    "--stratification       column whose values each fold holds in equal shares (default: the diagnosis)",
    `--subset_name          name of the validation sets (default ${KFOLD_DEFAULTS.subsetName})`,
    "--valid_longitudinal   also write all the sessions of the validation sets, not only the first ones",
    "--json                 prints one JSON object",
    "Writes a folder `<k>_fold` beside TSV (`<k>_fold_2`, ... where there is one), with the files of ClinicaDL.",
    "A table always gives the same folds, those of ClinicaDL: there is no seed to choose.",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      n_splits: { type: "string" },
      stratification: { type: "string" },
      subset_name: { type: "string", default: KFOLD_DEFAULTS.subsetName },
      valid_longitudinal: { type: "boolean", default: KFOLD_DEFAULTS.validLongitudinal },
      json: { type: "boolean", default: false },
    });
    const file = resolve(onlyWord(positionals, "TSV"));
    const { warnings, ...outcome } = await kfoldTable(file, {
      nSplits: wholeNumber("n_splits", values.n_splits, 2) ?? KFOLD_DEFAULTS.nSplits,
      subsetName: checkSubsetName(values.subset_name),
      stratification: values.stratification ?? KFOLD_DEFAULTS.stratification,
      validLongitudinal: values.valid_longitudinal,
    });
    const { folder, sizes } = outcome;
    for (const warning of warnings) terminal.say(describeProblem(warning));
    terminal.say(
      `${folder}: ${sizes.length} splits with ${sizes.join(", ")} participants in ${values.subset_name}.`,
    );
    if (values.json) terminal.print(JSON.stringify(outcome));
    return EXIT.done;
  },
};
