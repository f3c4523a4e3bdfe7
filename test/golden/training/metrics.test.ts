import { describe, expect, it } from "vitest";
import { z } from "zod";
import { confusionMatrix } from "../../../src/statistics/confusion";
import {
  columnsOfClasses,
  reconstructionMetrics,
  regressionMetrics,
} from "../../../src/statistics/metrics/compute";
import { fixture } from "../../support/fixturePath";
import { readJsonFixture } from "../../support/fixtures";
import { readSafetensors } from "../../support/safetensors";

const values = z.record(z.string(), z.number());
const casesSchema = z.array(
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("classification"),
      n_classes: z.number(),
      y: z.array(z.number()),
      y_pred: z.array(z.number()),
      metrics: values,
    }),
    z.object({
      kind: z.literal("regression"),
      y: z.array(z.number()),
      y_pred: z.array(z.number()),
      metrics: values,
    }),
    z.object({ kind: z.literal("reconstruction"), arrays: z.string(), metrics: z.looseObject({}) }),
  ]),
);

const cases = casesSchema.parse(readJsonFixture("training/f_metrics.json"));

describe("metrics equal ClinicaDL's", () => {
  for (const [index, golden] of cases.entries()) {
    switch (golden.kind) {
      case "classification":
        it(`classification ${index}, ${golden.n_classes} classes`, () => {
          const confusion = confusionMatrix(golden.y, golden.y_pred, golden.n_classes);
          const metrics = columnsOfClasses(confusion);
          expect(Object.keys(metrics)).toEqual(Object.keys(golden.metrics));
          for (const [name, value] of Object.entries(golden.metrics)) {
            expect(metrics[name], name).toBeCloseTo(value, 13);
          }
        });
        break;
      case "regression":
        it(`regression ${index}`, () => {
          const metrics: Readonly<Record<string, number>> = regressionMetrics({
            truth: golden.y,
            predicted: golden.y_pred,
          });
          expect(Object.keys(metrics)).toEqual(Object.keys(golden.metrics));
          for (const [name, value] of Object.entries(golden.metrics)) {
            expect(metrics[name], name).toBeCloseTo(value, 12);
          }
        });
        break;
      case "reconstruction":
        // ClinicaDL has no answer for a single-channel 2D image: its SSIM fails.
        if ("error" in golden.metrics) break;
        it(`reconstruction ${index}`, () => {
          const tensors = readSafetensors(fixture("training/f_metrics.safetensors"));
          const truth = tensors.get(`${golden.arrays}_y`)!;
          const output = tensors.get(`${golden.arrays}_pred`)!;
          if (truth.dtype !== "float32" || output.dtype !== "float32") throw new Error("float32 expected");
          const metrics: Readonly<Record<string, number>> = reconstructionMetrics({
            truth: truth.data,
            predicted: output.data,
            shape: truth.shape,
          });
          expect(Object.keys(metrics)).toEqual(Object.keys(golden.metrics));
          for (const [name, value] of Object.entries(values.parse(golden.metrics))) {
            // The golden numbers are sums in float32.
            expect(Math.abs(metrics[name]! / value - 1), name).toBeLessThan(1e-6);
          }
        });
    }
  }
});
