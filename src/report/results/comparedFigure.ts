/** What a test between two models says. */
import type { Figure } from "../../statistics/figure";

export type ComparisonTest =
  | "delong-paired"
  | "delong-unpaired"
  | "mcnemar"
  | "fisher-exact"
  | "corrected-resampled-t"
  | "wilcoxon"
  | "welch";

export interface ComparedFigure {
  readonly test: ComparisonTest;
  readonly measure: string;
  /** First less second; null where the test has none. */
  readonly difference: number | null;
  /** Of 95 %, of the difference. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Two-sided. */
  readonly p: Figure;
}
