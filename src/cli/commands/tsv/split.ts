import { resolve } from "node:path";
import { SPLIT_DEFAULTS, type SplitOutcome, splitTable } from "../../../data/tsv/split";
import { describeProblem } from "../../../experiment/problem";
import { number, onlyWord, parseWords, wholeNumber } from "../../arguments";
import { type Command, EXIT, UsageError } from "../../command";
import { counted } from "../../counted";
import { checkSubsetName } from "./subsetName";

export const tsvSplit: Command = {
  name: "tsv split",
  usage:
    "tsv split TSV [--n_test 100] [--subset_name validation] [--ignore_demographics] [--seed 0] [--json]",
  summary: "Sets participants apart from the others, alike in age, sex and diagnosis.",
  help: [
    "TSV                     table of sessions; age, sex or diagnosis that it lacks come from the labels.tsv above it",
    `--n_test                participants to set apart: a number, a share below 1, or 0 for everyone (default ${SPLIT_DEFAULTS.nTest})`,
    `--subset_name           their set, test for one (default ${SPLIT_DEFAULTS.subsetName})`,
    `--p_age_threshold       smallest p-value of the t-test of the ages (default ${SPLIT_DEFAULTS.pAgeThreshold})`,
    `--p_sex_threshold       smallest p-value of the chi-square test of the sexes (default ${SPLIT_DEFAULTS.pSexThreshold})`,
    "--ignore_demographics   draw without regard to age, sex and diagnosis",
    "--valid_longitudinal    also write all the sessions of the set, not only the first ones",
    `--seed                  equal seeds give equal sets (default ${SPLIT_DEFAULTS.seed})`,
    "--json                  prints one JSON object",
    "Writes a folder `split` beside TSV (`split_2`, ... where there is one), with the files of ClinicaDL.",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      n_test: { type: "string" },
      subset_name: { type: "string", default: SPLIT_DEFAULTS.subsetName },
      p_age_threshold: { type: "string" },
      p_sex_threshold: { type: "string" },
      ignore_demographics: { type: "boolean", default: SPLIT_DEFAULTS.ignoreDemographics },
      valid_longitudinal: { type: "boolean", default: SPLIT_DEFAULTS.validLongitudinal },
      seed: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const file = resolve(onlyWord(positionals, "TSV"));
    const { warnings, ...outcome } = await splitTable(file, {
      nTest: numberOrShare(values.n_test) ?? SPLIT_DEFAULTS.nTest,
      subsetName: checkSubsetName(values.subset_name),
      pAgeThreshold: number("p_age_threshold", values.p_age_threshold, 0, 1) ?? SPLIT_DEFAULTS.pAgeThreshold,
      pSexThreshold: number("p_sex_threshold", values.p_sex_threshold, 0, 1) ?? SPLIT_DEFAULTS.pSexThreshold,
      ignoreDemographics: values.ignore_demographics,
      validLongitudinal: values.valid_longitudinal,
      seed: wholeNumber("seed", values.seed, 0) ?? SPLIT_DEFAULTS.seed,
    });
    for (const warning of warnings) terminal.say(describeProblem(warning));
    terminal.say(summary(outcome, values.subset_name));
    if (values.json) terminal.print(JSON.stringify(outcome));
    return EXIT.done;
  },
};

function numberOrShare(text: string | undefined): number | undefined {
  const value = number("n_test", text, 0, Number.MAX_SAFE_INTEGER);
  if (value === undefined || value < 1 || Number.isInteger(value)) return value;
  throw new UsageError(`--n_test ${text}: expected a whole number of participants, or a share below 1.`);
}

function summary({ folder, train, subset, balance }: Omit<SplitOutcome, "warnings">, name: string): string {
  const sets = `${folder}: ${counted(train, "participant")} in train, ${subset} in ${name}.`;
  if (balance === null) return sets;
  const { pAge, pSex, draws } = balance;
  return `${sets}\nReached p = ${pAge.toFixed(3)} for age and p = ${pSex.toFixed(3)} for sex in ${counted(draws, "draw")}.`;
}
