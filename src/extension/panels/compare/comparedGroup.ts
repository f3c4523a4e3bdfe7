/** What the comparison is told of a data group: what each run's answers are worth, and whether they differ by more than chance. */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import type {
  ComparedGroup,
  ComparedPair,
  DrawnPair,
  GroupOfRun,
} from "../../../../webview/compare/messages";
import { readFoldSizes } from "../../../report/reading/foldSizes";
import { groupsWithResults, openResults, readGroupResults } from "../../../report/reading/readGroupResults";
import { type ComparedAnswers, commonPeople, compareAnswers, unlike } from "../../../report/results/compare";
import { differenceSteps } from "../../../report/results/drawnDifferences";
import { byPerson, gradedScores } from "../../../report/results/people";
import { setFigures } from "../../../report/results/setFigures";
import { isUndefined } from "../../../statistics/figure";
import { cornersOf, rocCurve } from "../../../statistics/roc/rocCurve";
import type { Steps } from "../../../statistics/steps";
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

/**
 * The answers that stand for the group in each run. Those unlike the first are not compared with it: no axis holds both. People are drawn
 * again pair by pair after everything else is told, in short slices, since the editor waits for each.
 * @param tell is given what is known at first, and again after each pair
 * @param signal that nobody waits any more
 */
export async function compareGroup(
  maps: readonly string[],
  group: string,
  tell: (compared: ComparedGroup) => void,
  signal: AbortSignal,
): Promise<void> {
  const read = await Promise.all(maps.map((one) => readAnswers(one, group).catch(() => null)));
  const known = read.filter((one) => one !== null);
  const [first] = known;
  const kindOf = (one: ComparedAnswers) => (first === undefined ? null : unlike(first.results, one.results));
  const alike = known.filter((one) => kindOf(one) === null);
  const couples = alike.flatMap((one, i) => alike.slice(i + 1).map((other) => [one, other] as const));
  const compared = {
    group,
    classes: first?.results.classes ?? [],
    runs: known.map((one) => runOf(one, kindOf(one))),
    pairs: pairsOf(couples),
  };
  if (signal.aborted) return;
  let drawn: readonly DrawnPair[] = [];
  tell({ ...compared, drawn, waiting: couples.length });
  for (const [i, [one, other]] of couples.entries()) {
    const differences = await inSlices(differenceSteps(one, other), signal);
    if (differences === null) return;
    const common = commonPeople(one.set.sessions, other.set.sessions).length;
    drawn = [...drawn, { ...namesOf(one, other), common, differences }];
    tell({ ...compared, drawn, waiting: couples.length - 1 - i });
  }
}

/** Milliseconds after which the editor has its turn. */
const SLICE = 15;

/** Null where nobody waits any more. */
async function inSlices<Value>(steps: Steps<Value>, signal: AbortSignal): Promise<Value | null> {
  while (!signal.aborted) {
    const end = performance.now() + SLICE;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
  return null;
}

const namesOf = (first: ComparedAnswers, second: ComparedAnswers) => ({
  first: basename(first.results.maps),
  second: basename(second.results.maps),
});

async function readAnswers(maps: string, group: string): Promise<ComparedAnswers | null> {
  const opened = await openResults(maps);
  const results = await readGroupResults(opened, group);
  const set = results.answers.find(({ id }) => id === results.headline);
  if (set === undefined) return null;
  return {
    results,
    set,
    figures: setFigures(set, results, null),
    foldSizes: await readFoldSizes(opened, group, set),
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
  const scores = gradedScores(byPerson(set.sessions).people);
  if (scores === null) return null;
  const curve = rocCurve(scores);
  if (isUndefined(curve)) return null;
  const corners = cornersOf(curve);
  return {
    xs: Float64Array.from(corners, ({ falsePositiveRate }) => falsePositiveRate),
    ys: Float64Array.from(corners, ({ truePositiveRate }) => truePositiveRate),
  };
}

/** Every two runs; the p-values of one test of one figure adjusted together, by Holm. */
function pairsOf(couples: readonly (readonly [ComparedAnswers, ComparedAnswers])[]): readonly ComparedPair[] {
  const rows: readonly ComparedPair[] = couples.flatMap(([first, second]) => {
    const { tests, ...whom } = compareAnswers(first, second);
    return tests.map((test) => ({ ...namesOf(first, second), ...whom, ...test, adjusted: null }));
  });
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
