/** Who is in the sets of a training and who was left out, told before the first epoch. */
import type { SplitPlan } from "../../data/plan/experimentData";
import { leftOutPhrase } from "../../experiment/flowWords";
import { phrase } from "../../experiment/problems/phrases";
import { SPLIT_GROUPS } from "../../experiment/splitGroups";
import { classWords } from "../../statistics/dataFlow";
import { type Notice, notice } from "../notices";

/** A line for each set, and one below it for each reason why rows of its tables are not in it. */
export function describeSets({
  splits,
}: {
  readonly splits: readonly Pick<SplitPlan, "split" | "flow">[];
}): Notice[] {
  return splits.flatMap(({ split, flow }) =>
    SPLIT_GROUPS.flatMap((name) => {
      const found = flow[name];
      if (found === undefined) return [];
      const { used, classes, leftOut } = found;
      const set = phrase(name === "train" ? "training" : name);
      return [
        notice("set-of-split", { split, set, ...used, classes: classes.map(classWords) }),
        ...leftOut.map((one) => notice("left-out-of-set", { left: leftOutPhrase(one) })),
      ];
    }),
  );
}
