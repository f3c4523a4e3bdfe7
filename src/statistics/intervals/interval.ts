/** What an interval says of itself, so that whoever shows it can name how it was made. */

/** 95 of 100 such intervals hold the true value. */
export const USUAL_LEVEL = 0.95;

export interface Interval<Method extends string = string> {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly method: Method;
}

/** Below it a difference is one of the order of sums. */
const ROUNDING = 1e-9;

/** Whether it would say that no error is possible. */
export const isWithoutWidth = ({ lower, upper }: Pick<Interval, "lower" | "upper">): boolean =>
  upper - lower < ROUNDING;

/** Within 0 and 1, as shares and areas are. */
export const clipped = (value: number): number => Math.min(1, Math.max(0, value));

export const logit = (share: number): number => Math.log(share / (1 - share));

export const expit = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * The interval of a share on the scale of its logarithmic odds, where it stays within 0 and 1: expit(logit(share) -+ z error /
 * (share (1 - share))), the error carried over by the delta method. Null where the share is 0 or 1, or the error 0.
 */
export function logitLimits(
  share: number,
  error: number,
  reach: number,
): { readonly lower: number; readonly upper: number } | null {
  if (share <= 0 || share >= 1 || !(error > 0)) return null;
  const width = (reach * error) / (share * (1 - share));
  return { lower: expit(logit(share) - width), upper: expit(logit(share) + width) };
}
