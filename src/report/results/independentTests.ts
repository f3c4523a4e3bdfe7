/** Whether two models differ by more than chance where they have answered nobody in common: two samples of people. */
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../../statistics/figure";
import { welch } from "../../statistics/groups/twoSamples";
import { fisherExact } from "../../statistics/groupTests";
import { differenceOfAreas, differenceOfShares } from "../../statistics/intervals/independentDifference";
import type { Share } from "../../statistics/intervals/proportion";
import { delongUnpaired } from "../../statistics/tests/delong";
import type { ComparedFigure } from "./comparedFigure";
import type { GroupResults } from "./groupResults";
import { absoluteError, figureOfImage, gradedScores, type PersonAnswer } from "./people";

/** Both are of one task, label and classes, and nobody is in both. None where one has nobody. */
export function independentTests(
  { task, classes }: Pick<GroupResults, "task" | "classes">,
  first: readonly PersonAnswer[],
  second: readonly PersonAnswer[],
): readonly ComparedFigure[] {
  switch (task) {
    case "classification":
      return [
        ...(classes.length === 2 ? [areaTest(first, second)] : []),
        ...rightnessTest(rightOf(first), rightOf(second)),
      ];
    case "regression":
      return meanTest("MAE", known(first, absoluteError), known(second, absoluteError));
    case "reconstruction": {
      const ssim = (person: PersonAnswer) => figureOfImage(person, "SSIM");
      return meanTest("SSIM", known(first, ssim), known(second, ssim));
    }
  }
}

function areaTest(first: readonly PersonAnswer[], second: readonly PersonAnswer[]): ComparedFigure {
  const known = { test: "delong-unpaired", measure: "AUC" } as const;
  const [a, b] = [gradedScores(first), gradedScores(second)];
  const lacking = (p: Figure) => ({ ...known, difference: null, interval: null, p });
  if (a === null || b === null) return lacking(undefinedBecause("no-probabilities"));
  const apart = differenceOfAreas(a, b);
  if (isUndefined(apart)) return lacking(apart);
  const { difference, lower, upper } = apart;
  return {
    ...known,
    difference,
    interval: { lower, upper },
    p: mapFigure(delongUnpaired(a, b), ({ p }) => p),
  };
}

function rightOf(people: readonly PersonAnswer[]): Share {
  const judged = people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "class" ? [answer.predicted === truth] : [],
  );
  return { count: judged.filter(Boolean).length, of: judged.length };
}

/** Whether one is right for a larger share of its people than the other. */
function rightnessTest(first: Share, second: Share): readonly ComparedFigure[] {
  const apart = differenceOfShares(first, second);
  if (isUndefined(apart)) return [];
  const { difference, lower, upper } = apart;
  const p = fisherExact([
    [first.count, first.of - first.count],
    [second.count, second.of - second.count],
  ]);
  // Where everybody is answered alike, no way to deal the answers out is any other.
  return [{ test: "fisher-exact", measure: "accuracy", difference, interval: { lower, upper }, p: p ?? 1 }];
}

function meanTest(
  measure: string,
  first: readonly number[],
  second: readonly number[],
): readonly ComparedFigure[] {
  if (first.length === 0 || second.length === 0) return [];
  const found = welch(first, second);
  const known = { test: "welch", measure } as const;
  if (isUndefined(found)) return [{ ...known, difference: null, interval: null, p: found }];
  const { difference, lower, upper, p } = found;
  return [{ ...known, difference, interval: { lower, upper }, p }];
}

const known = (people: readonly PersonAnswer[], of: (person: PersonAnswer) => number | null) =>
  people.map(of).filter((value) => value !== null);
