import { resolve } from "node:path";
import type { Comparison } from "../../../data/tsv/balance";
import { SPLIT_DEFAULTS, type SplitOutcome, splitTable } from "../../../data/tsv/split";
import { defineCommand } from "../../command";
import type { Say } from "../../terminal/words";
import { numberOrShare } from "./numberOrShare";
import { checkSubsetName } from "./subsetName";

export const tsvSplit = defineCommand({
  name: "tsv split",
  summary: "Sets participants apart from the others, alike in age, sex and diagnosis.",
  arguments: [
    {
      name: "TSV",
      text: "table of sessions; age, sex or diagnosis that it lacks come from the labels.tsv above it",
      completes: "file",
    },
  ],
  options: {
    "n-test": {
      kind: "number",
      value: "N",
      least: 0,
      default: SPLIT_DEFAULTS.nTest,
      text: "participants to set apart: a number, a share below 1, or 0 for everyone",
    },
    "subset-name": {
      kind: "text",
      value: "NAME",
      default: SPLIT_DEFAULTS.subsetName,
      text: "their set, test for one",
    },
    "p-age-threshold": {
      kind: "number",
      value: "P",
      least: 0,
      most: 1,
      default: SPLIT_DEFAULTS.pAgeThreshold,
      text: "smallest p-value of Student's t-test of the ages",
    },
    "p-sex-threshold": {
      kind: "number",
      value: "P",
      least: 0,
      most: 1,
      default: SPLIT_DEFAULTS.pSexThreshold,
      text: "smallest likeness of the shares of the sexes, by ClinicaDL's measure: no p-value",
    },
    "ignore-demographics": { kind: "flag", text: "draw without regard to age, sex and diagnosis" },
    "valid-longitudinal": {
      kind: "flag",
      text: "also write all the sessions of the set, not only the first ones",
    },
    seed: {
      kind: "whole",
      value: "N",
      least: 0,
      default: SPLIT_DEFAULTS.seed,
      text: "equal seeds give equal sets",
    },
  },
  remarks: [
    "Writes a folder `split` beside TSV (`split_2`, ... where there is one), with the files of ClinicaDL.",
  ],
  examples: ["tsv split labels.tsv --n-test 0.2 --subset-name test", "tsv split split/train.tsv --n-test 50"],
  async run({ TSV }, options, terminal) {
    const subsetName = checkSubsetName(options["subset-name"]);
    const { warnings, ...result } = await splitTable(resolve(TSV), {
      nTest: numberOrShare("n-test", options["n-test"]),
      subsetName,
      pAgeThreshold: options["p-age-threshold"],
      pSexThreshold: options["p-sex-threshold"],
      ignoreDemographics: options["ignore-demographics"],
      validLongitudinal: options["valid-longitudinal"],
      seed: options.seed,
    });
    for (const warning of warnings) terminal.warn(warning);
    terminal.say(summary(result, subsetName, terminal.text));
    return { result };
  },
});

function summary(
  { folder, train, subset, balance }: Omit<SplitOutcome, "warnings">,
  name: string,
  say: Say,
): string {
  const sets = say("set-apart", { folder, participants: train, subset, name });
  if (balance === null) return sets;
  const { age, sex, draws } = balance;
  const reached = say("reached-balance", {
    age: said(say("of-age"), age, say),
    sex: said(say("of-sex"), sex, say),
    draws,
  });
  return `${sets}\n${reached}`;
}

/** The p-value with its test, and how many it leaves out; no p-value where nothing was compared. */
function said(what: string, { p, test, unknown }: Comparison, say: Say): string {
  if (p === null) return say("no-p-value", { what });
  return say("p-value", {
    p: p.toFixed(3),
    what,
    test: say(test),
    unknown: unknown === 0 ? null : unknown,
  });
}
