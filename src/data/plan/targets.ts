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
import { imageName } from "../sources/nameImage";
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
  const fault = labelCodeFault(code);
  if (!given && fault !== undefined && trained.length > 0) {
    problems.push(problem("label.no-classes", { where: "label" }, { label: request.label, fault }));
  }
  return code;
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
    return isNumber(row.label) ? Number(row.label) : none(problem("label.not-a-number", place, values));
  }
  const target = codeOf(code, row.label);
  if (target !== undefined) return target;
  // Where the training labels are no classes, that is said once, and no row is to blame.
  if (labelCodeFault(code) !== undefined) return Number.NaN;
  return none(problem("label.no-class", place, { ...values, classes: Object.keys(code) }));
}

/** Classes without a training row are errors, without a validation row warnings. */
export function classProblems(
  split: SplitRows,
  code: LabelCode,
  codesOf: (rows: readonly ImageRow[]) => ReadonlySet<number>,
): Problem[] {
  const absent = (rows: readonly ImageRow[]) => {
    const present = codesOf(rows);
    return classNames(code).filter((_, number) => !present.has(number));
  };
  const { train, validation } = split;
  const placeIn = ([first]: readonly ImageRow[]) => ({ file: first?.table });
  const without = (rows: readonly ImageRow[], told: (name: string) => Problem) =>
    rows.length === 0 ? [] : absent(rows).map(told);
  const values = (name: string) => ({ name, split: split.split });
  return [
    ...without(train, (name) => problem("class.not-trained", placeIn(train), values(name))),
    ...without(validation, (name) => warning("class.not-validated", placeIn(validation), values(name))),
  ];
}
