/** What the network must answer for each row: a class, a value, or nothing. */
import type { Experiment } from "../../experiment/experiment";
import type { Problem } from "../../experiment/problem";
import { classNames, codeOf, isNumber, type LabelCode, labelCodeFault, labelCodeOf } from "../plan/labels";
import type { ImageRow } from "../plan/rows";
import type { SplitRows } from "../plan/splits";
import { imageName } from "../sources/nameImage";

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
  const fault = labelCodeFault(code);
  if (fault !== undefined && (given || trained.length > 0)) {
    problems.push({
      severity: "error",
      where: given ? "label_code" : "label",
      message: given
        ? `The classes must be numbered 0, 1, ... without a gap, and be two at least; ${fault}.`
        : `A classification needs two classes at least, but in the column "${request.label}" ${fault}.`,
      remedy: given ? "Number the classes from 0." : "Choose another label, or other diagnoses.",
    });
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
  const refuse = (message: string, remedy: string): number => {
    problems.push({ severity: "error", file: row.table, where: `row ${row.line}`, message, remedy });
    return Number.NaN;
  };
  const name = imageName(row);
  if (row.label === "") return refuse(`${name} has no ${request.label}.`, "Fill it in, or remove the row.");
  if (code === null) {
    if (isNumber(row.label)) return Number(row.label);
    return refuse(
      `The ${request.label} of ${name} is "${row.label}", not a number.`,
      "Correct it, or remove the row.",
    );
  }
  const target = codeOf(code, row.label);
  if (target !== undefined) return target;
  // Where the training labels are no classes, that is said once, and no row is to blame.
  if (labelCodeFault(code) !== undefined) return Number.NaN;
  return refuse(
    `The ${request.label} of ${name}, "${row.label}", is none of ${Object.keys(code).join(", ")}.`,
    "Add it to `label_code`, correct it, or remove the row.",
  );
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
  const problem = (severity: Problem["severity"], rows: readonly ImageRow[], set: string, remedy: string) =>
    absent(rows).map(
      (name): Problem => ({
        severity,
        file: rows[0]?.table ?? "",
        message: `The class ${name} has no row in the ${set} set of split ${split.split}.`,
        remedy,
      }),
    );
  return [
    ...(split.train.length === 0
      ? []
      : problem("error", split.train, "training", "Change `diagnoses`, `label_code` or the split.")),
    ...(split.validation.length === 0
      ? []
      : problem("warning", split.validation, "validation", "Its balanced accuracy says nothing about it.")),
  ];
}
