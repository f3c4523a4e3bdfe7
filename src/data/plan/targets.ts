/** What the network must answer for each row: a class, a value, or nothing. */
import type { Experiment } from "../../experiment/experiment";
import {
  classNames,
  codeOf,
  isNumber,
  type LabelCode,
  labelCodeFault,
  labelCodeOf,
  labelCodeProblems,
} from "../../experiment/labelCode";
import { problem, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { imageName } from "../sources/nameImage";
import { hasDecimalComma } from "../tables/demographics";
import type { ImageRow } from "./rows";
import type { SplitRows } from "./splits";

export type TargetRequest = Pick<Experiment, "network_task" | "label" | "label_code">;

/**
 * The codes of the experiment, or those of its training labels: sorted, from 0, the same for all splits. Null outside
 * classification. What is wrong goes to `problems`.
 */
export function planLabelCode(
  request: TargetRequest,
  splits: readonly SplitRows[],
  problems: Problem[],
): LabelCode | null {
  if (request.network_task !== "classification") return null;
  const given = request.label_code !== null && Object.keys(request.label_code).length > 0;
  const trained = splits
    .flatMap(({ train }) => train.map(({ label }) => label))
    .filter((label) => label !== "");
  const code = given ? (request.label_code ?? {}) : labelCodeOf(trained);
  if (given) problems.push(...labelCodeProblems(code));
  if (!given && areValues(trained)) {
    const examples = some([...new Set(trained)]);
    const values = { label: request.label, count: new Set(trained).size, rows: trained.length, examples };
    const tell = areRepeated(trained) ? warning : problem;
    problems.push(tell("label.is-a-number", { where: "label" }, values));
  }
  const fault = labelCodeFault(code);
  if (!given && fault !== undefined && trained.length > 0) {
    problems.push(problem("label.no-classes", { where: "label" }, { label: request.label, fault }));
  }
  return code;
}

/** Fewer numbers may be codes of classes, if they are small, as those of a scale: a CDR is 0, 0.5, 1, 2 or 3. */
const FEWEST_VALUES = 5;
const MOST_CODES = 10;
const LARGEST_CODE = 20;

/** Whether labels are values rather than classes, as an age is: numbers that are large, many, or stand once for the most part. */
function areValues(labels: readonly string[]): boolean {
  const different = [...new Set(labels)];
  const count = different.length;
  if (count < 2 || !different.every((label) => isNumber(label) || hasDecimalComma(label))) return false;
  const isCode = (label: string) => Math.abs(Number(label.replace(",", "."))) <= LARGEST_CODE;
  if (!different.every(isCode) || count > MOST_CODES) return true;
  return count >= FEWEST_VALUES && 2 * count > labels.length;
}

/** So often a person's age or score does not come back, but the number of a centre or a genotype does. */
const OFTEN = 10;

/** Whether numbers may be codes of classes in spite of their size: few whole ones, each in many rows. */
function areRepeated(labels: readonly string[]): boolean {
  const rows = new Map<string, number>();
  for (const label of labels) rows.set(label, (rows.get(label) ?? 0) + 1);
  return [...rows].every(([label, count]) => Number.isInteger(Number(label)) && count >= OFTEN);
}

/** Class code (classification), value (regression), or NaN (reconstruction) of a row; what is wrong goes to `problems`. */
export function targetOf(
  row: ImageRow,
  request: TargetRequest,
  code: LabelCode | null,
  problems: Problem[],
): number {
  if (request.network_task === "reconstruction" || request.label === null) return Number.NaN;
  const none = (found: Problem): number => {
    problems.push(found);
    return Number.NaN;
  };
  const place = { file: row.table, where: `row ${row.line}` };
  const values = { session: imageName(row), label: request.label, value: row.label };
  if (row.label === "") return none(problem("label.missing", place, values));
  if (code === null) {
    if (isNumber(row.label)) return Number(row.label);
    const fault = hasDecimalComma(row.label) ? "label.decimal-comma" : "label.not-a-number";
    return none(problem(fault, place, values));
  }
  const target = codeOf(code, row.label);
  if (target !== undefined) return target;
  // Where the training labels are no classes, that is said once, and no row is to blame.
  if (labelCodeFault(code) !== undefined) return Number.NaN;
  return none(problem("label.no-class", place, { ...values, classes: Object.keys(code) }));
}

/** Classes without a training row are errors, without a validation row warnings: each told once, with its splits. */
export function classProblems(
  splits: readonly SplitRows[],
  code: LabelCode,
  codesOf: (rows: readonly ImageRow[]) => ReadonlySet<number>,
): Problem[] {
  const without = (set: "train" | "validation", number: number) =>
    splits.filter((split) => split[set].length > 0 && !codesOf(split[set]).has(number));
  const values = (name: string, lacking: readonly SplitRows[]) => ({
    name,
    splits: lacking.map(({ split }) => split),
  });
  return classNames(code).flatMap((name, number) => {
    const [train, validation] = [without("train", number), without("validation", number)];
    const placeIn = (rows: readonly ImageRow[] | undefined) => ({ file: rows?.[0]?.table });
    return [
      ...(train.length === 0
        ? []
        : [problem("class.not-trained", placeIn(train[0]?.train), values(name, train))]),
      ...(validation.length === 0
        ? []
        : [warning("class.not-validated", placeIn(validation[0]?.validation), values(name, validation))]),
    ];
  });
}
