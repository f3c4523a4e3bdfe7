/** What was found about the maps of an explanation as a whole, in words: for the report and for the view of the maps. */
import type { Phrase } from "../../experiment/problems/words";
import type { InterpretationFindings } from "../../maps/folder/interpretationRecord";
import { reportPhrase } from "./reportWords";

export function explanationFindings({
  weightsTest,
  completeness,
}: InterpretationFindings): readonly [Phrase, ...Phrase[]] {
  return [
    weightsTest === undefined ? reportPhrase("map-untested") : weightsPhrase(weightsTest),
    ...(completeness === undefined
      ? []
      : [
          reportPhrase("map-complete", {
            change: short(completeness.meanChange),
            gap: short(completeness.meanGap),
            largest: short(completeness.largestGap),
          }),
        ]),
  ];
}

function weightsPhrase(test: NonNullable<InterpretationFindings["weightsTest"]>): Phrase {
  const { samples, depends } = test;
  if (depends === null) return reportPhrase("map-untold", { samples });
  return reportPhrase(depends ? "map-depends" : "map-same", {
    samples,
    rank: correlation(test.rank),
    absolute: correlation(test.absoluteRank),
    similarity: test.similarity.toFixed(2),
  });
}

const correlation = (value: number | null) => (value === null ? "-" : value.toFixed(2));
const short = (value: number) => String(Number(value.toPrecision(3)));
