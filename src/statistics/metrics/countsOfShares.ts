/** Which counts of a class are 0, told by the shares that were computed from them: a table of metrics says it without its answers. */
import type { ClassCounts } from "../confusion";

/** As tables have them, 0 where the formula divides by 0; what a table does not have is left out. */
export interface ClassShares {
  readonly sensitivity?: number | undefined;
  readonly specificity?: number | undefined;
  readonly PPV?: number | undefined;
  readonly NPV?: number | undefined;
}

/**
 * Counts that are 0 where the true ones are and above 0 elsewhere, which is all that a metric needs of them (`CLASS_NEEDS`); their size
 * says nothing. A sensitivity above 0 has true positives, and is 1 only without false negatives; where it is 0, nobody may be of the class
 * or nobody found, and the true negatives tell which: then NPV is 1 only without false negatives. So for the specificity and PPV. Null
 * where neither class has anybody right, or a share is missing: nothing is told.
 */
export function countsOfShares({ sensitivity, specificity, PPV, NPV }: ClassShares): ClassCounts | null {
  if (!isShare(sensitivity) || !isShare(specificity)) return null;
  const found = sensitivity > 0 ? sensitivity : specificity > 0 ? NPV : undefined;
  const spared = specificity > 0 ? specificity : sensitivity > 0 ? PPV : undefined;
  if (!isShare(found) || !isShare(spared)) return null;
  const [tp, tn] = [sensitivity, specificity];
  return { tp, fp: 1 - spared, fn: 1 - found, tn, correct: tp + tn };
}

const isShare = (value: number | undefined): value is number =>
  value !== undefined && value >= 0 && value <= 1;
