import { basename, resolve } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError } from "../../experiment/problems/problem";
import { readFoldSizes } from "../../report/reading/foldSizes";
import {
  groupNames,
  groupsWithResults,
  openResults,
  readGroupResults,
} from "../../report/reading/readGroupResults";
import { type ComparedAnswers, compareAnswers, unlike } from "../../report/results/compare";
import { differenceSteps } from "../../report/results/drawnDifferences";
import { measureReply } from "../../report/results/resultsReply";
import { setFigures } from "../../report/results/setFigures";
import { isUndefined } from "../../statistics/figure";
import { finished } from "../../statistics/steps";
import { adjustedPs } from "../../statistics/tests/multipleComparisons";
import { defineCommand } from "../command";
import { misuse } from "../commandLine/usageError";
import { type ComparedPair, comparisonText } from "../terminal/comparisonTable";

export const compare = defineCommand({
  name: "compare",
  summary: "Compares the networks of several MAPS, with the test that their answers deserve.",
  arguments: [
    { name: "MAPS", text: "the MAPS that the others are compared with", completes: "folder" },
    { name: "OTHER", text: "other MAPS of the same task and classes", completes: "folder", many: true },
  ],
  options: {
    group: {
      kind: "text",
      value: "GROUP",
      text: "data group; without it, one of unseen people that all have answered, or the validation folds",
    },
    selection: {
      kind: "text",
      value: "METRIC",
      text: "models of this selection metric, instead of those that stand for the group",
    },
  },
  remarks: [
    "Of the same people: DeLong's paired test of the areas, McNemar's of who is right, Wilcoxon's signed ranks of errors.",
    "Of different people, two samples: DeLong's unpaired test, Fisher's of the shares that are right with Newcombe's interval, Welch's of errors. Where some are the same, these alone are compared.",
    "Over folds of the same people: the t-test that is corrected for the people that the folds share (Nadeau and Bengio).",
    "With more than one other MAPS, p-values are given as Holm adjusts them too.",
    "Other figures: the difference with an interval by drawing the people again whom both answered, each class for itself (paired bootstrap, seeded). Of different people: by formula, or each group drawn again by itself.",
  ],
  examples: ["compare maps-cnn maps-resnet", "compare maps-cnn maps-resnet maps-vgg --group test --json"],
  async run({ MAPS, OTHER }, options, terminal) {
    if (OTHER.length === 0) throw misuse("usage.missing", { words: "OTHER" });
    const opened = await Promise.all([MAPS, ...OTHER].map((maps) => openResults(resolve(maps))));
    const names = await Promise.all(opened.map(groupNames));
    const [ofFirst] = opened;
    const ordered =
      options.group === undefined && ofFirst !== undefined
        ? (await groupsWithResults(ofFirst)).map((one) => one.group)
        : (names[0] ?? []);
    const shared = ordered.filter((group) => names.every((groups) => groups.includes(group)));
    const group = options.group ?? shared.find((name) => name !== "train");
    if (group === undefined || !shared.includes(group)) {
      const place = { file: resolve(MAPS) };
      throw new InputError([problem("compare.no-shared-group", place, { group, groups: shared })]);
    }
    const answers = await Promise.all(
      opened.map(async (maps): Promise<ComparedAnswers> => {
        const results = await readGroupResults(maps, group);
        const wanted = options.selection;
        for (const one of results.problems) terminal.warn({ ...one, severity: "warning" });
        const set = results.answers.find(({ id, source }) =>
          wanted === undefined
            ? id === results.headline
            : source.metric === wanted && isOfAll(results.answers, id),
        );
        if (set === undefined) {
          const place = { file: results.maps };
          throw new InputError([problem("compare.no-answers", place, { group, metric: wanted })]);
        }
        return {
          results,
          set,
          figures: setFigures(set, results, null),
          // Where folds are tested, they are the same in all.
          foldSizes: maps === ofFirst ? await readFoldSizes(maps, group, set) : [],
        };
      }),
    );
    const [first, ...others] = answers;
    if (first === undefined) throw misuse("usage.missing", { words: "MAPS" });
    const differing = others.flatMap(({ results }) => {
      const what = unlike(first.results, results);
      if (what === null) return [];
      const values = { what: phrase(`unlike-${what}`), other: basename(first.results.maps) };
      return [problem("compare.unlike", { file: results.maps }, values)];
    });
    if (differing.length > 0) throw new InputError(differing);
    const pairs = adjusted(
      others.map((second) => ({
        first,
        second,
        ...compareAnswers(first, second),
        differences: finished(differenceSteps(first, second)),
      })),
    );
    return {
      result: {
        group,
        maps: answers.map(({ results, set, figures }) => ({
          maps: results.maps,
          acquaintance: results.acquaintance,
          answers: set.id,
          people: figures.people,
          measures: figures.measures.map((measure) => measureReply(measure, results.classes)),
        })),
        comparisons: pairs.map(({ first: one, second, ...pair }) => ({
          ...pair,
          first: one.results.maps,
          second: second.results.maps,
          tests: pair.tests.map(({ p, ...test }) => ({
            ...test,
            p: isUndefined(p) ? null : p,
            undefinedBecause: isUndefined(p) ? p.undefinedBecause : null,
          })),
          differences: pair.differences.map(({ measure, difference, interval }) => ({
            measure,
            difference: isUndefined(difference) ? null : difference,
            interval: isUndefined(interval) ? null : interval,
            undefinedBecause: isUndefined(interval) ? interval.undefinedBecause : null,
          })),
        })),
      },
      show: () => terminal.print(comparisonText(group, answers, pairs, (phrase) => terminal.words(phrase))),
    };
  },
});

/** The answers of all splits where there are some of their metric, else those of a single split. */
function isOfAll(answers: ComparedAnswers["results"]["answers"], id: string): boolean {
  const own = answers.find((one) => one.id === id);
  const together = answers.find(
    ({ source }) => source.kind !== "single" && source.metric === own?.source.metric,
  );
  return together === undefined || together.id === id;
}

/** Each p of a test with that which Holm makes of it and the others of its kind. */
function adjusted(pairs: readonly Omit<ComparedPair, "adjusted">[]): readonly ComparedPair[] {
  return pairs.map((pair, at) => ({
    ...pair,
    adjusted: pair.tests.map(({ test, measure }) => {
      const same = pairs.map(
        ({ tests }) => tests.find((one) => one.test === test && one.measure === measure)?.p,
      );
      const ps = same.filter((p) => typeof p === "number");
      const own = same[at];
      if (ps.length < 2 || typeof own !== "number") return null;
      return adjustedPs(ps, "holm")[ps.indexOf(own)] ?? null;
    }),
  }));
}
