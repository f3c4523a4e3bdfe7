import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../../src/statistics/confusion";
import {
  type ClassificationMetrics,
  meanOverClasses,
  type ReconstructionMetrics,
  type RegressionMetrics,
  reconstructionMetrics,
  regressionMetrics,
  scoreMetrics,
} from "../../../src/statistics/metrics/compute";
import {
  lowerIsBetter,
  metricNamesOf,
  type SCORE_METRICS,
  selectableMetrics,
} from "../../../src/statistics/metrics/metrics";
import { structuralSimilarity } from "../../../src/statistics/structuralSimilarity";
import { TASK_NAMES } from "../../../src/statistics/task";

/** A metric that is not in the type of `wanted` is an error of types there. */
function expectEach(metrics: object, wanted: Readonly<Record<string, number>>, digits: number): void {
  expect(Object.keys(metrics).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(metrics)) expect(value, name).toBeCloseTo(wanted[name]!, digits);
}

/** ClinicaDL's, by task, in the order of its files. */
const CLINICADL = {
  classification: "BA accuracy F1_score sensitivity specificity PPV NPV MCC MK LR_plus LR_minus".split(" "),
  regression: ["R2_score", "MAE", "RMSE"],
  reconstruction: ["MAE", "RMSE", "PSNR", "SSIM"],
};

describe("the metrics", () => {
  it.each(TASK_NAMES)("of %s hold ClinicaDL's in the order of its files", (task) => {
    const known = CLINICADL[task];
    expect(metricNamesOf(task).filter((name) => known.includes(name))).toEqual(known);
  });

  it("choose a best model, but for the likelihood ratios, which are 0 where they are infinite", () => {
    for (const task of TASK_NAMES) {
      const chosen = CLINICADL[task].filter((name) => !name.startsWith("LR_"));
      const selectable = selectableMetrics(task);
      expect(selectable.filter((name) => name === "loss" || CLINICADL[task].includes(name))).toEqual([
        "loss",
        ...chosen,
      ]);
    }
    expect(selectableMetrics("classification")).toEqual(expect.arrayContaining(["AUC", "AP", "Brier"]));
  });

  it("are better when they are larger, but for the loss and the errors", () => {
    const names = ["loss", "BA", "LR_plus", "LR_minus", "AUC", "Brier", "R2_score", "MAE", "RMSE", "PSNR"];
    expect(names.filter(lowerIsBetter)).toEqual(["loss", "LR_minus", "Brier", "MAE", "RMSE"]);
  });
});

describe("classification", () => {
  it("counts true classes in rows and predicted ones in columns", () => {
    expect(confusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  it("speaks of class 0 as the positive one when there are two", () => {
    const metrics = meanOverClasses(confusionMatrix([0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 0, 1], 2));
    expect(metrics.sensitivity).toBeCloseTo(2 / 3, 15);
    expect(metrics.specificity).toBeCloseTo(0.8, 15);
    expect(metrics.BA).toBeCloseTo(0.7333333333333333, 15);
  });

  it("has the value that its formula gives by hand, each metric", () => {
    // Of AD: 2 of 3 are found, and 4 of 5 of the others; of 3 that are taken for AD 2 are, of 5 others 4.
    const metrics = meanOverClasses(confusionMatrix([0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 0, 1], 2));
    const wanted: ClassificationMetrics = {
      BA: (2 / 3 + 4 / 5) / 2,
      accuracy: 6 / 8,
      F1_score: 4 / 6,
      sensitivity: 2 / 3,
      specificity: 4 / 5,
      PPV: 2 / 3,
      NPV: 4 / 5,
      MCC: 7 / 15,
      MK: 2 / 3 + 4 / 5 - 1,
      LR_plus: 2 / 3 / (1 / 5),
      LR_minus: 1 / 3 / (4 / 5),
    };
    expectEach(metrics, wanted, 14);
  });

  it("has the value that its formula gives by hand, each metric of probabilities", () => {
    const probabilities = [0.9, 0.4, 0.6, 0.1].map((first) => [first, 1 - first]);
    const { values } = scoreMetrics({ truth: [0, 0, 1, 1], probabilities });
    const wanted: { readonly [Name in (typeof SCORE_METRICS)[number]["name"]]: number } = {
      // 3 of 4 pairs are in order; of those found, the first is the first of 1, the second of 3.
      AUC: 3 / 4,
      AP: (1 + 2 / 3) / 2,
      Brier: (0.1 ** 2 + 0.6 ** 2 + 0.6 ** 2 + 0.1 ** 2) / 4,
    };
    expectEach(values, wanted, 14);
  });

  it("averages over more classes", () => {
    const metrics = meanOverClasses(confusionMatrix([0, 1, 2], [0, 1, 1], 3));
    expect(metrics.sensitivity).toBeCloseTo((1 + 1 + 0) / 3, 15);
    expect(metrics.accuracy).toBeCloseTo(2 / 3, 15);
  });
});

describe("regression", () => {
  it("has the value that its formula gives by hand, each metric", () => {
    const wanted: RegressionMetrics = { R2_score: 1 - 2 / 5, MAE: 2 / 4, RMSE: Math.sqrt(2 / 4) };
    expectEach(regressionMetrics({ truth: [1, 2, 3, 4], predicted: [1, 2, 4, 3] }), wanted, 14);
  });

  it("gives R2 0 when all true values are equal", () => {
    expect(regressionMetrics({ truth: [2, 2], predicted: [1, 3] })).toEqual({ R2_score: 0, MAE: 1, RMSE: 1 });
  });
});

describe("reconstruction", () => {
  const truth = Float32Array.from({ length: 64 }, (_, i) => i / 63);
  const output = truth.map((value) => 0.9 * value + 0.05);

  it("equals ClinicaDL's values for a ramp", () => {
    const metrics = reconstructionMetrics({ truth, predicted: output, shape: [1, 4, 4, 4] });
    // Value and digits. The error of voxel i is 0.1 (i / 63 - 0.5): a uniform distribution.
    const wanted: { readonly [Name in keyof ReconstructionMetrics]: readonly [number, number] } = {
      MAE: [0.0253968, 7],
      RMSE: [(0.1 / 63) * Math.sqrt((64 ** 2 - 1) / 12), 8],
      PSNR: [30.65608, 5],
      SSIM: [0.9977288, 6],
    };
    for (const [name, [value, digits]] of Object.entries(wanted))
      expect(Object(metrics)[name], name).toBeCloseTo(value, digits);
  });

  it("takes 2 as the range of an image with negative values, and the distance of the extremes beyond [-1, 1]", () => {
    const shape = [1, 4, 4, 4];
    const inUnitRange = reconstructionMetrics({ truth, predicted: output, shape }).PSNR;
    const negative = truth.map((value) => value - 0.5);
    const negativeOutput = output.map((value) => value - 0.5);
    expect(reconstructionMetrics({ truth: negative, predicted: negativeOutput, shape }).PSNR).toBeCloseTo(
      inUnitRange + 20 * Math.log10(2),
      4,
    );
    const wide = truth.map((value) => value * 1000);
    const wideOutput = output.map((value) => value * 1000);
    expect(reconstructionMetrics({ truth: wide, predicted: wideOutput, shape }).PSNR).toBeCloseTo(
      inUnitRange,
      4,
    );
  });

  it("compares two-dimensional images, the channels apart", () => {
    const image = Float32Array.from({ length: 2 * 12 * 13 }, (_, i) => Math.abs(Math.sin(i)));
    const blurred = image.map((value) => value * 0.8 + 0.1);
    const both = structuralSimilarity(image, blurred, [2, 12, 13]);
    const apart = [0, 1].map((channel) =>
      structuralSimilarity(
        image.subarray(channel * 156, (channel + 1) * 156),
        blurred.subarray(channel * 156, (channel + 1) * 156),
        [1, 12, 13],
      ),
    );
    expect(both).toBeCloseTo((apart[0]! + apart[1]!) / 2, 14);
    expect(structuralSimilarity(image, image, [2, 12, 13])).toBe(1);
  });
});
