/** Data groups that a training makes itself, with a table for each split. */

/** Whom the networks learn from; by whom they are chosen; with `inner_validation` the fold that neither of them comes from. */
export const SPLIT_GROUPS = ["train", "validation", "outer"] as const;

export type SplitGroup = (typeof SPLIT_GROUPS)[number];

export const isSplitGroup = (group: string): group is SplitGroup =>
  SPLIT_GROUPS.some((name) => name === group);
