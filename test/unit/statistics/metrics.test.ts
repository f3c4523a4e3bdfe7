import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../../src/statistics/confusion";
import {
  meanOverClasses,
  reconstructionMetrics,
  regressionMetrics,
} from "../../../src/statistics/metrics/compute";
import { lowerIsBetter, metricNamesOf, selectableMetrics } from "../../../src/statistics/metrics/metrics";
import { structuralSimilarity } from "../../../src/statistics/structuralSimilarity";

describe("the metrics", () => {
  it("stand in the order of ClinicaDL's files", () => {
    const ofClasses = "BA accuracy F1_score sensitivity specificity PPV NPV MCC MK LR_plus LR_minus";
    expect(metricNamesOf("classification").join(" ")).toBe(ofClasses);
    expect(metricNamesOf("regression")).toEqual(["R2_score", "MAE", "RMSE"]);
    expect(metricNamesOf("reconstruction")).toEqual(["MAE", "RMSE", "PSNR", "SSIM"]);
  });

  it("choose a best model, but for the likelihood ratios, which are 0 where they are infinite", () => {
    const ofClasses = "loss BA accuracy F1_score sensitivity specificity PPV NPV MCC MK AUC AP Brier";
    expect(selectableMetrics("classification").join(" ")).toBe(ofClasses);
    expect(selectableMetrics("regression")).toEqual(["loss", "R2_score", "MAE", "RMSE"]);
    expect(selectableMetrics("reconstruction")).toEqual(["loss", "MAE", "RMSE", "PSNR", "SSIM"]);
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

  it("averages over more classes", () => {
    const metrics = meanOverClasses(confusionMatrix([0, 1, 2], [0, 1, 1], 3));
    expect(metrics.sensitivity).toBeCloseTo((1 + 1 + 0) / 3, 15);
    expect(metrics.accuracy).toBeCloseTo(2 / 3, 15);
  });
});

describe("regression", () => {
  it("gives R2 0 when all true values are equal", () => {
    expect(regressionMetrics({ truth: [2, 2], predicted: [1, 3] })).toEqual({ R2_score: 0, MAE: 1, RMSE: 1 });
  });
});

describe("reconstruction", () => {
  const truth = Float32Array.from({ length: 64 }, (_, i) => i / 63);
  const output = truth.map((value) => 0.9 * value + 0.05);

  it("equals ClinicaDL's values for a ramp", () => {
    const metrics = reconstructionMetrics({ truth, predicted: output, shape: [1, 4, 4, 4] });
    expect(metrics.MAE).toBeCloseTo(0.0253968, 7);
    // The error of voxel i is 0.1 (i / 63 - 0.5): a uniform distribution.
    expect(metrics.RMSE).toBeCloseTo((0.1 / 63) * Math.sqrt((64 ** 2 - 1) / 12), 8);
    expect(metrics.PSNR).toBeCloseTo(30.65608, 5);
    expect(metrics.SSIM).toBeCloseTo(0.9977288, 6);
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
