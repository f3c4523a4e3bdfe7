/** What a reader must know of the figures of a set of answers. */
import type { Phrase } from "../../experiment/problems/words";
import type { GroupResults } from "./groupResults";
import type { JudgedSet } from "./resultsReply";
import { resultsPhrase, undefinedPhrase, withoutIntervalPhrase } from "./resultsWords";

/** In the order in which they are said. */
export function remarksOf(
  found: GroupResults,
  { set, figures }: Pick<JudgedSet, "set" | "figures">,
): readonly Phrase[] {
  const { changing } = figures;
  const lacking = undefinedPhrase(figures.measures);
  const withoutInterval = withoutIntervalPhrase(figures.measures);
  return [
    ...(lacking === null ? [] : [lacking]),
    ...(withoutInterval === null ? [] : [withoutInterval]),
    ...(figures.ungraded === 0 ? [] : [resultsPhrase("ungraded", { count: figures.ungraded })]),
    ...(figures.together === 0 ? [] : [resultsPhrase("sessions-together")]),
    ...(changing === 0 ? [] : [resultsPhrase("changing", { count: changing })]),
    ...(set.incomplete === 0 ? [] : [resultsPhrase("incomplete", { count: set.incomplete })]),
    ...(set.voting === "mean" && found.task !== "reconstruction"
      ? [resultsPhrase("only-mean-of-parts")]
      : []),
    ...(set.source.kind === "pooled" ? [resultsPhrase("pooled-ignores")] : []),
    ...(found.acquaintance === "chosen" ? [resultsPhrase("make-unseen")] : []),
  ];
}
