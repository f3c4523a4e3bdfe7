/** The commands of `gyrus`, in the order in which help and docs tell of them. */
import type { Command } from "./command";
import { audit } from "./commands/audit";
import { benchEngines } from "./commands/benchEngines";
import { cacheClear } from "./commands/cacheClear";
import { cancel } from "./commands/cancel";
import { check } from "./commands/check";
import { clusterPredict } from "./commands/clusterPredict";
import { clusterTask } from "./commands/clusterTask";
import { compare } from "./commands/compare";
import { completionCommand } from "./commands/completion";
import { demo } from "./commands/demo";
import { describe } from "./commands/describe";
import { engines } from "./commands/engines";
import { exportModel } from "./commands/export";
import { installEngine } from "./commands/installEngine";
import { interpret } from "./commands/interpret";
import { predict } from "./commands/predict";
import { report } from "./commands/report";
import { results } from "./commands/results";
import { resume } from "./commands/resume";
import { status } from "./commands/status";
import { submit } from "./commands/submit";
import { submitPredict } from "./commands/submitPredict";
import { train } from "./commands/train";
import { trainAll } from "./commands/trainAll";
import { tsvAnalysis } from "./commands/tsv/analysis";
import { tsvGetLabels } from "./commands/tsv/getLabels";
import { tsvKfold } from "./commands/tsv/kfold";
import { tsvMakeSplits } from "./commands/tsv/makeSplits";
import { tsvSplit } from "./commands/tsv/split";

export const COMMANDS: readonly Command[] = [
  check,
  audit,
  train,
  trainAll,
  resume,
  submit,
  submitPredict,
  status,
  cancel,
  predict,
  results,
  compare,
  report,
  exportModel,
  interpret,
  tsvGetLabels,
  tsvSplit,
  tsvKfold,
  tsvMakeSplits,
  tsvAnalysis,
  describe,
  cacheClear,
  engines,
  benchEngines,
  installEngine,
  demo,
  clusterTask,
  clusterPredict,
  completionCommand(() => COMMANDS),
];

/** The command that the first words name: of several the one with the longest name. */
export function commandOf(words: readonly string[]): Command | undefined {
  return COMMANDS.filter(({ name }) => name.split(" ").every((part, place) => part === words[place])).sort(
    (a, b) => b.name.length - a.name.length,
  )[0];
}

/** The commands whose names begin with this word and go on, or all where none does. */
export function family(word: string | undefined): readonly Command[] {
  const relatives = COMMANDS.filter(({ name }) => word !== undefined && name.startsWith(`${word} `));
  return relatives.length === 0 ? COMMANDS : relatives;
}
