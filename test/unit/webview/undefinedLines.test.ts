import { describe, expect, it } from "vitest";
import { canBeUndefined } from "../../../src/statistics/metrics/metrics";
import { type Figure, type Series, undrawable } from "../../../webview/shared/chart/figure";
import { figureTable } from "../../../webview/shared/chart/figureTable";
import { spokenValue, valueText } from "../../../webview/shared/chart/valueText";

const loss: Series = {
  id: "a",
  label: "a",
  xs: [1, 2],
  ys: [0.5, Number.NaN],
  color: 0,
  dash: "solid",
  shape: "circle",
  ghost: false,
};
const sensitivity: Series = { ...loss, canBeUndefined: true };
const figureOf = (series: Series): Figure => ({
  id: "f",
  title: "F",
  xLabel: "Epochs",
  yLabel: "F",
  series: [series],
  marks: [],
  rules: [],
  logScale: false,
});

describe("a line of a metric that can be undefined", () => {
  it("says so where it has no value, which is no fault to be marked", () => {
    expect(undrawable(sensitivity, [0, 3])).toEqual([]);
    expect(valueText(sensitivity, Number.NaN)).toBe("undefined");
    expect(valueText(sensitivity, undefined)).toBe("undefined");
    expect(spokenValue(sensitivity, Number.NaN)).toBe("a undefined");
    const { columns } = figureTable(figureOf(sensitivity), String, valueText);
    expect([0, 1].map((row) => columns[1]!.format(columns[1]!.value(row)))).toEqual(["0.5000", "undefined"]);
  });

  it("is none of the loss, whose NaN stays one", () => {
    expect(undrawable(loss, [0, 3])).toEqual([2]);
    expect(valueText(loss, Number.NaN)).toBe("NaN");
    expect(spokenValue(loss, Number.NaN)).toBe("a is not a number here");
    expect(["loss", "MAE", "BA", "R2_score"].map(canBeUndefined)).toEqual([false, false, true, true]);
  });
});
