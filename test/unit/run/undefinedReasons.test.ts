import { describe, expect, it } from "vitest";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { measuredColumns, undefinedReasons } from "../../../src/run/undefinedReasons";
import type { ConfusionMatrix } from "../../../src/statistics/confusion";
import {
  columnsOfClasses,
  meanOverClasses,
  regressionMetrics,
  undefinedColumns,
  undefinedMeans,
  undefinedOfValues,
} from "../../../src/statistics/metrics/compute";

const CLASSES = ["AD", "CN"];

/** What is said of each undefined metric of a matrix. */
function said(confusion: ConfusionMatrix): Readonly<Record<string, string>> {
  const lacking = undefinedColumns(confusion);
  const measured = measuredColumns(columnsOfClasses(confusion), lacking);
  const classes = confusion.length === 2 ? CLASSES : ["AD", "CN", "MCI"];
  return Object.fromEntries(
    lacking.map((name) => [name, undefinedReasons([name], measured, classes).map(phraseText).join(", ")]),
  );
}

describe("why a metric is undefined", () => {
  it("is a class without images, which all that need it say", () => {
    const why = "no image of AD";
    expect(
      said([
        [0, 0],
        [2, 5],
      ]),
    ).toEqual({ BA: why, sensitivity: why, MCC: why, LR_plus: why, LR_minus: why });
    const whyOther = "no image of CN";
    expect(
      said([
        [5, 2],
        [0, 0],
      ]),
    ).toEqual({ BA: whyOther, specificity: whyOther, MCC: whyOther, LR_plus: whyOther, LR_minus: whyOther });
  });

  it("is an answer that was never given", () => {
    expect(
      said([
        [0, 4],
        [0, 6],
      ]),
    ).toEqual({
      PPV: "no image was taken for AD",
      MCC: "no image was taken for AD",
      MK: "no image was taken for AD",
      LR_plus: "no image of another class was taken for AD",
    });
    expect(
      said([
        [4, 0],
        [6, 0],
      ]),
    ).toEqual({
      NPV: "no image was taken for CN",
      MCC: "no image was taken for CN",
      MK: "no image was taken for CN",
      LR_minus: "every image of another class was taken for AD",
    });
  });

  it("is a ratio without an error to divide by", () => {
    expect(
      said([
        [4, 0],
        [0, 6],
      ]),
    ).toEqual({ LR_plus: "no image of another class was taken for AD" });
  });

  it("names both of what a correlation lacks", () => {
    expect(
      said([
        [5, 0],
        [0, 0],
      ]).MCC,
    ).toBe("no image of CN, no image was taken for CN");
  });

  it("names the class of more than two, and none in a mean over them", () => {
    const confusion = [
      [3, 1, 0],
      [0, 0, 0],
      [1, 0, 2],
    ];
    expect(said(confusion)).toMatchObject({
      "sensitivity-1": "no image of CN",
    });
    const lacking = undefinedMeans(confusion);
    const measured = measuredColumns(meanOverClasses(confusion), lacking);
    expect(undefinedReasons(["sensitivity", "BA"], measured, ["AD", "CN", "MCI"]).map(phraseText)).toEqual([
      "no image of one of the classes",
    ]);
  });

  it("is that all true values are equal", () => {
    const pair = { truth: [70, 70], predicted: [69, 70] };
    const measured = measuredColumns(regressionMetrics(pair), undefinedOfValues(pair));
    expect(undefinedReasons(["R2_score"], measured, []).map(phraseText)).toEqual([
      "all true values are equal",
    ]);
  });
});
