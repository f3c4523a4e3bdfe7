/** Sex and age as tables spell them: BIDS's words (participants.tsv, BIDS 1.10), and those of older studies. */
import { isMissing } from "./missing";

/** `other` is known, and neither. */
export type Sex = "F" | "M" | "other";

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ["f", "F"],
  ["female", "F"],
  ["m", "M"],
  ["male", "M"],
  ["o", "other"],
  ["other", "other"],
]);

/** Without regard to case. Null where it is not known, undefined where the cell says something else. */
export function sexOf(cell: string | undefined): Sex | null | undefined {
  const text = cell?.trim() ?? "";
  return isMissing(text) || UNKNOWN.has(text.toLowerCase()) ? null : SEXES.get(text.toLowerCase());
}

/** Words for "not known" beyond those that pandas knows. */
const UNKNOWN: ReadonlySet<string> = new Set(["n/a", "na", "u", "unknown", "?"]);

/** What the cell of an age says. */
export type Age =
  | { readonly kind: "years"; readonly years: number }
  /** `89+`: this or more, as BIDS asks for, so that the oldest are not known by their age. */
  | { readonly kind: "at-least"; readonly years: number }
  | { readonly kind: "unknown" }
  /** `61,5` */
  | { readonly kind: "decimal-comma" }
  | { readonly kind: "unreadable" };

export function ageOf(cell: string | undefined): Age {
  const text = cell?.trim() ?? "";
  if (isMissing(text) || text.toLowerCase() === "n/a") return { kind: "unknown" };
  const years = Number(text);
  if (Number.isFinite(years)) return { kind: "years", years };
  const open = /^(\d+(?:\.\d+)?)\s*\+$/.exec(text) ?? /^(?:>=|≥)\s*(\d+(?:\.\d+)?)$/.exec(text);
  if (open !== null) return { kind: "at-least", years: Number(open[1]) };
  return { kind: hasDecimalComma(text) ? "decimal-comma" : "unreadable" };
}

/** A number as spreadsheets write it where the comma separates decimals. */
export const hasDecimalComma = (text: string) => /^[+-]?\d+,\d+$/.test(text);

/** In years, the least where the cell says "or more"; NaN where it tells none. */
export function yearsOf(cell: string | undefined): number {
  const age = ageOf(cell);
  return age.kind === "years" || age.kind === "at-least" ? age.years : Number.NaN;
}
