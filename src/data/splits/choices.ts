/** What is asked of splits: what to predict, how many sets, who stays together, in what the sets shall be alike. */

export interface SplitChoices {
  /** Column to predict, of any name; null where nothing is predicted (reconstruction). */
  readonly label: string | null;
  /** Values of each class, several where they are merged into one; null where the label is a number, or there is none. */
  readonly classes: readonly (readonly string[])[] | null;
  /** People set apart for the end: a share below 1, a number, or 0 for none. */
  readonly test: number;
  readonly validation: Validation;
  /** Columns whose equal values stay in one set: family, scanner. A person always does. */
  readonly keepTogether: readonly string[];
  /** Columns in which the sets shall be alike, besides the label. */
  readonly stratify: readonly string[];
  readonly sessions: SessionRule;
  readonly seed: number;
}

/** Everybody validates in one of several folds; one set validates; or each value of a column does in turn (a site). */
export type Validation =
  | { readonly kind: "folds"; readonly folds: number }
  | { readonly kind: "share"; readonly share: number }
  | { readonly kind: "leave-one-out"; readonly column: string };

/** All sessions of a person, or the first of those that can be used. */
export const SESSION_RULES = ["all", "baseline"] as const;
export type SessionRule = (typeof SESSION_RULES)[number];

export const SPLIT_CHOICES = {
  test: 0.2,
  folds: 5,
  seed: 0,
} as const;
