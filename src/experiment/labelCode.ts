/** Labels: class codes for classification (the key `label_code`), numbers for regression. */

import { problem } from "./problems/makeProblem";
import { phrase } from "./problems/phrases";
import type { Problem } from "./problems/problem";
import type { Phrase } from "./problems/words";

/** Codes by label value, ClinicaDL's `label_code`: the values of the training set, sorted, from 0. */
export type LabelCode = Readonly<Record<string, number>>;

/**
 * Codes for `values`: sorted by Unicode code points as Python sorts strings, or by number when every value is one
 * (pandas reads such a column as numbers, and writes `1` as `1.0` where another row of it is empty: one value, one code).
 */
export function labelCodeOf(values: Iterable<string>): LabelCode {
  const unique = [...new Set(values)];
  const numeric = unique.every(isNumber);
  const sorted = unique
    .sort(numeric ? (a, b) => Number(a) - Number(b) : byCodePoint)
    .filter((value, i, all) => !numeric || i === 0 || Number(value) !== Number(all[i - 1]));
  return Object.fromEntries(sorted.map((value, code) => [value, code]));
}

/** Python's order of strings; JavaScript's own compares UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The class of a label value; `1` and `1.0` are the same value. Undefined for a value that the code does not know. */
export function codeOf(labelCode: LabelCode, value: string): number | undefined {
  if (Object.hasOwn(labelCode, value)) return labelCode[value];
  if (!isNumber(value)) return undefined;
  const same = Object.keys(labelCode).find((key) => isNumber(key) && Number(key) === Number(value));
  return same === undefined ? undefined : labelCode[same];
}

/** Names of the classes by code; the values of a class that has several are joined: `MCI+sMCI`. */
export function classNames(labelCode: LabelCode): string[] {
  const names: string[] = [];
  for (const [value, code] of Object.entries(labelCode)) {
    names[code] = names[code] === undefined ? value : `${names[code]}+${value}`;
  }
  return names;
}

/** Why `labelCode` cannot number classes: codes must be 0, 1, 2, ... without a gap, and at least two. */
export function labelCodeFault(labelCode: LabelCode): Phrase | undefined {
  const codes = [...new Set(Object.values(labelCode))].sort((a, b) => a - b);
  const classes = Object.keys(labelCode);
  if (codes.length < 2) {
    return phrase("one-class", { classes: classes.length === 0 ? phrase("none") : classes });
  }
  return codes.some((code, i) => code !== i) ? phrase("codes", { codes }) : undefined;
}

/** What is wrong with the codes that an experiment gives; nothing when they number classes. */
export function labelCodeProblems(labelCode: LabelCode): Problem[] {
  const fault = labelCodeFault(labelCode);
  return fault === undefined ? [] : [problem("label-code.fault", { where: "label_code" }, { fault })];
}

/** A finite decimal number, as pandas reads one. */
export function isNumber(text: string): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text));
}
