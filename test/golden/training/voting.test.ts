import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AnswerOf, classOf } from "../../../src/statistics/answer";
import { confusionMatrix } from "../../../src/statistics/confusion";
import { columnsOfClasses } from "../../../src/statistics/metrics/compute";
import { applySelectionThreshold, type PartPrediction, softVote } from "../../../src/training/results/voting";
import { fixture } from "../../support/fixturePath";
import { readJsonFixture } from "../../support/fixtures";

const rowSchema = z.object({
  participant_id: z.string(),
  session_id: z.string(),
  patch_id: z.coerce.number(),
  true_label: z.coerce.number(),
  proba0: z.coerce.number(),
  proba1: z.coerce.number(),
});
const casesSchema = z.array(
  z.union([
    // ClinicaDL's hard voting fails.
    z.object({ method: z.string(), error: z.string() }),
    z.object({
      method: z.literal("soft"),
      selection_threshold: z.number().nullable(),
      validation_accuracy_per_element: z.array(z.number()),
      predictions: z.array(
        z.object({
          participant_id: z.string(),
          session_id: z.string(),
          true_label: z.number(),
          predicted_label: z.number(),
          proba: z.array(z.union([z.number(), z.literal("nan")])),
        }),
      ),
      metrics: z.record(z.string(), z.number()),
    }),
  ]),
);

function readParts(): PartPrediction<AnswerOf<"probabilities">>[] {
  const text = readFileSync(fixture("training/d_vote0_test.tsv"), "utf8");
  const { data } = Papa.parse(text, { header: true, delimiter: "\t", skipEmptyLines: true });
  return z
    .array(rowSchema)
    .parse(data)
    .map((row) => ({
      participantId: row.participant_id,
      sessionId: row.session_id,
      part: row.patch_id,
      truth: row.true_label,
      answer: { kind: "probabilities", probabilities: [row.proba0, row.proba1] },
    }));
}

describe("soft voting equals ClinicaDL's, with its weights", () => {
  for (const golden of casesSchema.parse(readJsonFixture("training/d_voting.json"))) {
    if ("error" in golden) continue;
    const threshold = golden.selection_threshold;
    const given = new Map(golden.validation_accuracy_per_element.entries());
    const { weights, noneLeft } = applySelectionThreshold(given, threshold);
    if (golden.predictions.some((row) => row.proba.includes("nan"))) {
      it(`threshold ${threshold}: no part is left, where ClinicaDL answers NaN`, () => {
        expect(noneLeft).toBe(true);
        expect(new Set(weights.values())).toEqual(new Set([1]));
      });
      continue;
    }
    it(`threshold ${threshold}`, () => {
      const images = softVote(readParts(), weights).sort((a, b) =>
        a.participantId.localeCompare(b.participantId),
      );
      expect(images.map((image) => image.participantId)).toEqual(
        golden.predictions.map((row) => row.participant_id),
      );
      const predicted = images.map((image) => classOf(image.answer));
      expect(predicted).toEqual(golden.predictions.map((row) => row.predicted_label));
      for (const [i, row] of golden.predictions.entries()) {
        for (const [c, probability] of row.proba.entries()) {
          expect(images[i]!.answer.probabilities[c]).toBeCloseTo(Number(probability), 13);
        }
      }
      const truth = images.map((image) => image.truth);
      const metrics = columnsOfClasses(confusionMatrix(truth, predicted, 2));
      for (const [name, value] of Object.entries(golden.metrics)) {
        expect(metrics[name], name).toBeCloseTo(value, 13);
      }
    });
  }
});
