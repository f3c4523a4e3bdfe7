import { describe, expect, it } from "vitest";
import { countsOf } from "../../../src/statistics/confusion";
import {
  columnsOfClasses,
  meanOverClasses,
  regressionMetrics,
  shownMetrics,
  undefinedAmong,
  undefinedColumns,
  undefinedMeans,
  undefinedOfValues,
} from "../../../src/statistics/metrics/compute";

describe("metrics without a value", () => {
  it.each([
    [
      "a group with CN only",
      [
        [0, 0],
        [2, 5],
      ],
      ["BA", "sensitivity", "MCC", "LR_plus", "LR_minus"],
    ],
    [
      "a group with AD only",
      [
        [5, 2],
        [0, 0],
      ],
      ["BA", "specificity", "MCC", "LR_plus", "LR_minus"],
    ],
    [
      "a perfect classifier",
      [
        [4, 0],
        [0, 6],
      ],
      ["LR_plus"],
    ],
    [
      "one that answers CN for all",
      [
        [0, 4],
        [0, 6],
      ],
      ["PPV", "MCC", "MK", "LR_plus"],
    ],
    [
      "one that answers AD for all",
      [
        [4, 0],
        [6, 0],
      ],
      ["NPV", "MCC", "MK", "LR_minus"],
    ],
    [
      "one that is always wrong",
      [
        [0, 4],
        [6, 0],
      ],
      ["LR_minus"],
    ],
    [
      "one that errs now and then",
      [
        [3, 1],
        [2, 4],
      ],
      [],
    ],
  ])("are those that %s leaves without one", (_, confusion, names) => {
    expect(undefinedColumns(confusion).sort()).toEqual([...names].sort());
    expect(undefinedMeans(confusion).sort()).toEqual([...names].sort());
  });

  it("are numbers in ClinicaDL's files, 0 where it divides by 0", () => {
    for (const confusion of [
      [
        [0, 0],
        [2, 5],
      ],
      [
        [4, 0],
        [0, 6],
      ],
      [
        [0, 4],
        [0, 6],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]) {
      const values = columnsOfClasses(confusion);
      expect(Object.values(values).every(Number.isFinite)).toBe(true);
    }
  });

  it("are those of a class, of more than two", () => {
    const confusion = [
      [3, 1, 0],
      [0, 0, 0],
      [1, 0, 2],
    ];
    expect(undefinedColumns(confusion)).toContain("sensitivity-1");
    expect(undefinedColumns(confusion)).not.toContain("sensitivity-0");
    expect(undefinedMeans(confusion)).toContain("sensitivity");
    expect(Object.keys(meanOverClasses(confusion))).toEqual(
      expect.arrayContaining(undefinedMeans(confusion)),
    );
  });

  it("are told by the columns wherever somebody of a class or of the others is right", () => {
    const counts = [0, 1, 2, 7];
    const rows = counts.flatMap((one) => counts.map((other) => [one, other]));
    const two = rows.flatMap((first) => rows.map((second) => [first, second]));
    const three = two.flatMap(([[a = 0, b = 0] = [], [c = 0, d = 0] = []]) => [
      [
        [a, b, c],
        [d, a, 0],
        [0, c, b],
      ],
      [
        [a, 0, b],
        [0, 0, 0],
        [c, 1, d],
      ],
    ]);
    for (const confusion of [...two, ...three]) {
      const codes = confusion.length === 2 ? [0] : [0, 1, 2];
      const isTold = codes.every((code) => {
        const { tp, tn } = countsOf(confusion, code);
        return tp + tn > 0;
      });
      const told = undefinedAmong(columnsOfClasses(confusion));
      expect(told, JSON.stringify(confusion)).toEqual(isTold ? undefinedColumns(confusion) : null);
    }
  });

  it("are not told by columns that are missing or no shares", () => {
    const values = columnsOfClasses([
      [0, 4],
      [1, 6],
    ]);
    expect(undefinedAmong(values)).toEqual([]);
    expect(undefinedAmong({ ...values, NPV: Number.NaN })).toBeNull();
    expect(undefinedAmong({ ...values, specificity: 1.5 })).toBeNull();
    expect(undefinedAmong({ sensitivity: 0.5 })).toBeNull();
  });

  it("are the R squared of equal values", () => {
    const pair = { truth: [70, 70, 70], predicted: [69, 70, 71] };
    expect(undefinedOfValues(pair)).toEqual(["R2_score"]);
    expect(regressionMetrics(pair).R2_score).toBe(0);
    expect(undefinedOfValues({ truth: [70, 71], predicted: [69, 70] })).toEqual([]);
  });

  it("are null where they are shown", () => {
    expect(shownMetrics({ BA: 0.5, sensitivity: 0 }, ["sensitivity"])).toEqual({
      BA: 0.5,
      sensitivity: null,
    });
  });
});
