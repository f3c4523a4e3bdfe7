import { describe, expect, it } from "vitest";
import { scoreMetrics } from "../../../src/statistics/metrics/compute";

describe("the metrics of probabilities", () => {
  it("are those of the first of two classes, the positive one", () => {
    const { values, undefinedNames } = scoreMetrics({
      truth: [0, 0, 1, 1],
      probabilities: [
        [0.9, 0.1],
        [0.4, 0.6],
        [0.6, 0.4],
        [0.2, 0.8],
      ],
    });
    // Three of four pairs are in order; precision is 1 at the first and 2/3 at the second of the class.
    expect(values.AUC).toBe(0.75);
    expect(values.AP).toBeCloseTo(1 / 2 + 2 / 3 / 2, 14);
    expect(values.Brier).toBeCloseTo((0.1 ** 2 + 0.6 ** 2 + 0.6 ** 2 + 0.2 ** 2) / 4, 14);
    expect(undefinedNames).toEqual([]);
  });

  it("are means over more than two classes", () => {
    const { values, undefinedNames } = scoreMetrics({
      truth: [0, 1, 2],
      probabilities: [
        [0.8, 0.1, 0.1],
        [0.1, 0.8, 0.1],
        [0.2, 0.5, 0.3],
      ],
    });
    expect(values).toMatchObject({ AUC: 1, AP: 1 });
    expect(values.Brier).toBeCloseTo(
      (0.2 ** 2 + 0.1 ** 2 + 0.2 ** 2 + (0.1 ** 2 + 0.2 ** 2 + 0.5 ** 2) + (0.1 ** 2 + 0.1 ** 2 + 0.7 ** 2)) /
        9,
      14,
    );
    expect(undefinedNames).toEqual([]);
  });

  it("have no value, and ClinicaDL's 0 for one, where a class has nobody", () => {
    const one = {
      truth: [1, 1],
      probabilities: [
        [0.3, 0.7],
        [0.6, 0.4],
      ],
    };
    const { values, undefinedNames } = scoreMetrics(one);
    expect(undefinedNames).toEqual(["AUC", "AP"]);
    expect(values).toMatchObject({ AUC: 0, AP: 0 });
    expect(values.Brier).toBeCloseTo((0.3 ** 2 + 0.6 ** 2) / 2, 14);
  });
});
