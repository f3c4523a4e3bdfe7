/** What the comparison is told of a data group: what each run's answers are worth, and whether they differ by more than chance. */
import { basename } from "node:path";
import type { ComparedGroup, ComparedPair, GroupOfRun } from "../../../../webview/compare/messages";
import { readFoldSizes } from "../../../report/reading/foldSizes";
import { groupsWithResults, openResults, readGroupResults } from "../../../report/reading/readGroupResults";
import { type ComparedAnswers, compareAnswers, unlike } from "../../../report/results/compare";
import { byPerson } from "../../../report/results/people";
import { setFigures } from "../../../report/results/setFigures";
import { isUndefined } from "../../../statistics/figure";
import { cornersOf, rocCurve } from "../../../statistics/roc/rocCurve";
import { oneAgainstRest } from "../../../statistics/roc/scored";
import { adjustedPs } from "../../../statistics/tests/multipleComparisons";

/** Groups that a run has results of, those first that say most; none of a MAPS that cannot be read. */
export async function comparableGroups(maps: readonly string[]): Promise<readonly string[]> {
  const known = await Promise.all(
    maps.map(async (one) => {
      const groups = await openResults(one)
        .then(groupsWithResults)
        .catch(() => []);
      return groups.map(({ group }) => group);
    }),
  );
  const names = [...new Set(known.flat())];
  const runs = (group: string) => known.filter((groups) => groups.includes(group)).length;
  // What most runs have comes first; train says nothing of new people.
  return names.toSorted((a, b) => Number(a === "train") - Number(b === "train") || runs(b) - runs(a));
}

/** The answers that stand for the group in each run. Those unlike the first are not compared with it: no axis holds both. */
export async function readComparedGroup(maps: readonly string[], group: string): Promise<ComparedGroup> {
  const read = await Promise.all(maps.map((one) => readAnswers(one, group).catch(() => null)));
  const known = read.filter((one) => one !== null);
  const [first] = known;
  const kindOf = (one: ComparedAnswers) => (first === undefined ? null : unlike(first.results, one.results));
  const alike = known.filter((one) => kindOf(one) === null);
  return {
    group,
    classes: first?.results.classes ?? [],
    runs: known.map((one) => runOf(one, kindOf(one))),
    pairs: pairsOf(alike),
  };
}

async function readAnswers(maps: string, group: string): Promise<ComparedAnswers | null> {
  const opened = await openResults(maps);
  const results = await readGroupResults(opened, group);
  const set = results.answers.find(({ id }) => id === results.headline);
  if (set === undefined) return null;
  return {
    results,
    set,
    figures: setFigures(set, results, null),
    foldSizes: await readFoldSizes(opened, group),
  };
}

function runOf(answers: ComparedAnswers, unlikeBy: GroupOfRun["unlike"]): GroupOfRun {
  const { results, set, figures } = answers;
  return {
    maps: results.maps,
    acquaintance: results.acquaintance,
    source: set.source,
    people: figures.people,
    measures: figures.measures.filter(({ code }) => code === null),
    roc: unlikeBy === null ? curveOf(answers) : null,
    unlike: unlikeBy,
  };
}

/** Of two classes, the first against the second; null where there is no curve. */
function curveOf({ results, set }: ComparedAnswers): GroupOfRun["roc"] {
  if (results.classes.length !== 2) return null;
  const known = byPerson(set.sessions).people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "class" && answer.probabilities !== null
      ? [{ truth, probabilities: answer.probabilities }]
      : [],
  );
  const curve = rocCurve(
    oneAgainstRest(
      known.map(({ truth }) => truth),
      known.map(({ probabilities }) => probabilities),
      0,
    ),
  );
  if (isUndefined(curve)) return null;
  const corners = cornersOf(curve);
  return {
    xs: Float64Array.from(corners, ({ falsePositiveRate }) => falsePositiveRate),
    ys: Float64Array.from(corners, ({ truePositiveRate }) => truePositiveRate),
  };
}

/** Every two runs; the p-values of one test of one figure adjusted together, by Holm. */
function pairsOf(alike: readonly ComparedAnswers[]): readonly ComparedPair[] {
  const pairs = alike.flatMap((first, i) =>
    alike.slice(i + 1).map((second) => ({ first, second, ...compareAnswers(first, second) })),
  );
  const rows: readonly ComparedPair[] = pairs.flatMap(({ first, second, common, same, tests }) =>
    tests.map((test) => ({
      first: basename(first.results.maps),
      second: basename(second.results.maps),
      common,
      same,
      ...test,
      adjusted: null,
    })),
  );
  const familyOf = ({ test, measure }: ComparedPair) => `${test}\t${measure}`;
  return [...new Set(rows.map(familyOf))].flatMap((name) => {
    const family = rows.filter((row) => familyOf(row) === name);
    const tested = family.filter(({ p }) => !isUndefined(p));
    const ps = adjustedPs(
      tested.map(({ p }) => (isUndefined(p) ? 1 : p)),
      "holm",
    );
    return family.map((row) => {
      const place = tested.indexOf(row);
      return { ...row, adjusted: place < 0 ? null : ps[place]! };
    });
  });
}
