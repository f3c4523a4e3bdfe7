/** Words of the input preview as its functions need them. */
import { partCount } from "../../src/space/cut";
import { formatCount, formatPlain } from "../shared/numbers";
import { textOf } from "../shared/text";
import type { DrawnPhrase, InputCut, InputPlan } from "./messages";
import { drawnStrings, inputsStrings } from "./strings";

export const text = textOf(inputsStrings);

export const shapeText = (shape: readonly number[]) => shape.join(" × ");

/** Name of a part as file names and tables number it. */
export function partName(cut: InputCut, part: number): string {
  switch (cut.mode) {
    case "image":
      return text("image");
    case "patch":
      return text("patch", part);
    case "slice":
      return text("slice", cut.first + part);
    case "roi":
      return text("region", cut.regions[part]?.name ?? part);
  }
}

const INTENSITY_TEXTS = {
  "min-max": "normalized",
  "z-score": "zScored",
  percentile: "percentiles",
  histogram: "histograms",
} as const satisfies Readonly<Record<NonNullable<InputPlan["intensity"]>, keyof typeof inputsStrings>>;

/** What the network learns from, in one line. */
export function planText(plan: InputPlan): string {
  const { cut, label } = plan;
  const task =
    plan.task === "classification"
      ? text("classification", label ?? "", plan.classes.join(", "))
      : plan.task === "regression"
        ? text("regression", label ?? "")
        : text("reconstruction");
  return [
    task,
    cutText(plan),
    ...(cut.mode === "image" ? [] : [text("perImage", formatCount(partCount(cut)))]),
    text("shape", shapeText(plan.inputSize)),
    text(plan.intensity === null ? "asStored" : INTENSITY_TEXTS[plan.intensity]),
  ].join(" · ");
}

function cutText({ cut, reduced }: InputPlan): string {
  switch (cut.mode) {
    case "image":
      return reduced === null ? text("wholeImages") : text("reducedImages", stepOf(reduced[0]));
    case "patch":
      return text("patches", cut.size, cut.stride);
    case "slice":
      return text("slices", text((["sagittal", "coronal", "axial"] as const)[cut.direction]));
    case "roi":
      return text("regions");
  }
}

const stepOf = (planes: readonly number[]) => (planes[1] ?? 1) - (planes[0] ?? 0);

const drawnText = textOf(drawnStrings);

/** What a transform did, in words: "gamma 0.84". */
export const phraseText = ({ text: key, values }: DrawnPhrase): string =>
  // A whole number also chooses the form of its word.
  drawnText(
    key,
    ...values.map((value) =>
      typeof value === "string" || Number.isInteger(value)
        ? value
        : formatPlain(Number(value.toPrecision(3))),
    ),
  );
