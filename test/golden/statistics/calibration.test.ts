/** Scores and calibration of probabilities as scikit-learn has them; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  calibrationCurve,
  calibrationError,
  confidenceError,
} from "../../../src/statistics/calibration/calibrationCurve";
import { brierScore, brierScoreOfClasses, logLoss } from "../../../src/statistics/calibration/scores";
import { defined, expectAllNear, expectNear } from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FILE = "golden/i_roc.json";
const EXACT = 1e-12;
const LOSS = 1e-10;

const numbers = z.array(z.number());
const curve = z.object({ edges: numbers, counts: numbers, prob_true: numbers, prob_pred: numbers });
const error = z.object({
  n_bins: z.number(),
  ece: z.number(),
  mce: z.number(),
  bins: z.array(
    z.object({ count: z.number(), mean_score: z.number().nullable(), fraction: z.number().nullable() }),
  ),
});
const schema = z.object({
  binary: z.array(
    z.object({
      name: z.string(),
      y: numbers,
      p: numbers,
      brier: z.number(),
      log_loss: z.number(),
      calibration: z.record(z.string(), curve),
      ece_class1: z.array(error),
      ece_confidence: z.array(error),
    }),
  ),
  multiclass: z.array(
    z.object({
      name: z.string(),
      y: numbers,
      p: z.array(numbers),
      one_vs_rest: z.array(z.object({ class: z.number(), brier: z.number() })),
      brier_sum: z.number(),
      log_loss: z.number(),
      ece_confidence: z.array(error),
    }),
  ),
});

describeWithReference("the calibration of scikit-learn", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8")));

  describe.each(golden.binary)("$name", (one) => {
    const scored = { positive: one.y.map((code) => code === 1), scores: one.p };
    const classified = { truth: one.y, probabilities: one.p.map((p) => [1 - p, p]) };

    it("scores", () => {
      expectNear(brierScore(scored), one.brier, LOSS);
      expectNear(logLoss(classified), one.log_loss, LOSS);
    });

    it("bins", () => {
      for (const [key, expected] of Object.entries(one.calibration)) {
        const [binning, bins] = key.split("_");
        if (binning !== "uniform" && binning !== "quantile") throw new Error(key);
        const found = defined(calibrationCurve(scored, { bins: Number(bins), binning }));
        const filled = found.filter(({ count }) => count > 0);
        expect(
          found.map(({ count }) => count),
          key,
        ).toEqual(expected.counts);
        expectAllNear([found[0]!.lower, ...found.map(({ upper }) => upper)], expected.edges, EXACT, key);
        expectAllNear(
          filled.map(({ share }) => share!),
          expected.prob_true,
          EXACT,
          key,
        );
        expectAllNear(
          filled.map(({ meanScore }) => meanScore!),
          expected.prob_pred,
          EXACT,
          key,
        );
      }
    });

    it("errors", () => {
      for (const expected of one.ece_class1) {
        const found = defined(calibrationError(scored, expected.n_bins));
        expectAllNear([found.expected, found.maximum], [expected.ece, expected.mce], EXACT);
        const bins = defined(calibrationCurve(scored, { bins: expected.n_bins }));
        expect(bins.map(({ count }) => count)).toEqual(expected.bins.map(({ count }) => count));
        for (const [i, { mean_score, fraction }] of expected.bins.entries()) {
          if (mean_score === null || fraction === null)
            expect(bins[i]).toMatchObject({ meanScore: null, share: null });
          else expectAllNear([bins[i]!.meanScore!, bins[i]!.share!], [mean_score, fraction], EXACT);
        }
      }
      for (const expected of one.ece_confidence) {
        const found = defined(confidenceError(classified, expected.n_bins));
        expectAllNear([found.expected, found.maximum], [expected.ece, expected.mce], EXACT);
      }
    });
  });

  it.each(golden.multiclass)("$name", (one) => {
    const classified = { truth: one.y, probabilities: one.p };
    for (const { class: code, brier } of one.one_vs_rest) {
      const scored = { positive: one.y.map((y) => y === code), scores: one.p.map((row) => row[code]!) };
      expectNear(brierScore(scored), brier, LOSS);
    }
    expectNear(brierScoreOfClasses(classified), one.brier_sum, LOSS);
    expectNear(logLoss(classified), one.log_loss, LOSS);
    for (const expected of one.ece_confidence) {
      const found = defined(confidenceError(classified, expected.n_bins));
      expectAllNear([found.expected, found.maximum], [expected.ece, expected.mce], EXACT);
    }
  });
});
