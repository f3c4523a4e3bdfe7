import { resolve } from "node:path";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { isSplitGroup } from "../../experiment/splitGroups";
import { formatRows } from "../../files/tsv";
import { forgetThresholds, keepThresholds } from "../../maps/folder/keptThreshold";
import {
  groupNames,
  groupsWithResults,
  openResults,
  type ResultsOfMaps,
  readGroupResults,
} from "../../report/reading/readGroupResults";
import { tellsAge, withAgeGap } from "../../report/results/ageGap";
import {
  type AnswerSet,
  type ChosenThreshold,
  type GroupResults,
  splitsOf,
} from "../../report/results/groupResults";
import { resultsReply, resultsRows } from "../../report/results/resultsReply";
import { setFigures } from "../../report/results/setFigures";
import { youdenOn } from "../../report/results/threshold";
import { defineCommand } from "../command";
import { misuse } from "../commandLine/usageError";
import { resultsText } from "../terminal/resultsTables";

export const results = defineCommand({
  name: "results",
  summary: "Shows how good the networks of a MAPS are, and on whom: of Gyrus or of ClinicaDL.",
  arguments: [
    { name: "MAPS", text: "folder of a training, of Gyrus or of ClinicaDL", completes: "folder" },
    {
      name: "GROUP",
      text: "name of a data group; without it, that of people whom the networks have not seen, where there is one",
      optional: true,
    },
  ],
  options: {
    threshold: {
      kind: "text",
      value: "P",
      text: "of two classes: the probability of the first one from which on somebody is taken for it, `youden` to choose it on the validation set, or `answered` for the most probable class",
    },
    "keep-threshold": {
      kind: "flag",
      text: "keeps that threshold with the group: terminal, panel and report judge it by it from then on; `answered` keeps none",
    },
    tsv: { kind: "flag", text: "prints a table of tab-separated values, a row a figure" },
  },
  remarks: [
    "Reads the tables of predictions, and computes nothing anew: only --keep-threshold writes a file. Every person counts once, in every interval.",
    "docs/results.md says what the figures and their intervals are.",
  ],
  examples: [
    "results maps",
    "results maps test --json",
    "results maps test --threshold youden --keep-threshold",
  ],
  async run({ MAPS, GROUP }, options, terminal) {
    const maps = resolve(MAPS);
    const opened = await openResults(maps);
    const groups =
      GROUP === undefined
        ? (await groupsWithResults(opened)).map((one) => one.group)
        : await groupNames(opened);
    const group = chosenGroup(groups, maps, GROUP);
    const others = groups.filter((one) => one !== group);
    if (options["keep-threshold"] && options.threshold === undefined) throw misuse("usage.keep-no-threshold");
    const found = await readGroupResults(opened, group);
    const thresholdOf = await thresholds(opened, found, options.threshold);
    if (options["keep-threshold"]) await keep(opened, found, thresholdOf);
    const corrects = tellsAge(found) && groups.includes("validation");
    const validation = corrects ? await readGroupResults(opened, "validation") : null;
    const judged = found.answers.map((set) => {
      const threshold = thresholdOf(set);
      const stands = set.id === found.headline;
      const figures = setFigures(set, found, threshold?.value ?? null, stands);
      return { set, threshold, figures: withAgeGap(figures, set, found, validation) };
    });
    for (const one of found.problems) terminal.warn({ ...one, severity: "warning" });
    const warnings = found.problems.map((one) => terminal.reply({ ...one, severity: "warning" }));
    return {
      result: { ...resultsReply(found, judged), warnings },
      show: () =>
        terminal.print(
          options.tsv
            ? formatRows(resultsRows(found, judged)).trimEnd()
            : resultsText(found, judged, others, (phrase) => terminal.words(phrase)),
        ),
    };
  },
});

/** The group that was asked for, or that says most. Throws an InputError where no network has answered it. */
function chosenGroup(groups: readonly string[], maps: string, asked: string | undefined): string {
  const group = asked ?? groups[0];
  if (group !== undefined && groups.includes(group)) return group;
  throw new InputError([
    group === undefined || groups.length === 0
      ? problem("results.none", { file: maps })
      : problem("results.no-group", { file: maps }, { group, groups }),
  ]);
}

/** Null where their own classes count. */
type ThresholdOf = (set: AnswerSet) => ChosenThreshold | null;

/** With the group in the MAPS, for whoever looks at it later. */
async function keep({ place }: ResultsOfMaps, found: GroupResults, thresholdOf: ThresholdOf): Promise<void> {
  const kept = found.answers.flatMap((set) => {
    const threshold = thresholdOf(set);
    return threshold === null ? [] : [{ set, threshold }];
  });
  const [first] = kept;
  if (first === undefined) return await forgetThresholds(place.group(found.group));
  await keepThresholds(place.group(found.group), {
    positive: found.classes[0]!,
    rule: first.threshold.rule,
    thresholds: kept.map(({ set, threshold }) => ({
      answers: set.id,
      splits: splitsOf(set.source),
      value: threshold.value,
    })),
  });
}

/** The threshold that is asked for, else the one that is kept with the group. */
async function thresholds(
  opened: ResultsOfMaps,
  found: GroupResults,
  asked: string | undefined,
): Promise<ThresholdOf> {
  if (asked === undefined) return ({ threshold }) => threshold ?? null;
  if (found.classes.length !== 2) throw refuse("results.threshold-two-classes", { file: found.maps });
  if (asked === "answered") return () => null;
  if (asked !== "youden") {
    const value = Number(asked);
    if (asked.trim() === "" || !(value >= 0 && value <= 1)) throw misuse("usage.threshold", { value: asked });
    return () => ({ value, rule: "given" });
  }
  // Whoever is in a fold may have chosen the threshold of another one.
  if (isSplitGroup(found.group)) {
    throw refuse("results.threshold-on-itself", { file: found.maps }, { group: found.group });
  }
  const validation = await readGroupResults(opened, "validation");
  return ({ source }) => {
    const chosen = youdenOn(validation, source);
    if (chosen === null) throw refuse("results.no-threshold", { file: found.maps });
    return chosen;
  };
}
