/** Whether of the people with a probability of 0.8 eight in ten are of the class. */

import { calibrationCurve, calibrationError } from "../../../src/statistics/calibration/calibrationCurve";
import { brierScore } from "../../../src/statistics/calibration/scores";
import { isUndefined } from "../../../src/statistics/figure";
import { wilson } from "../../../src/statistics/intervals/proportion";
import type { Scored } from "../../../src/statistics/roc/scored";
import { type Plot, SHARES, tableOf } from "../../shared/plot/plot";
import type { CurveLook } from "./curves";

export interface CalibrationWords {
  readonly title: string;
  readonly x: (name: string) => string;
  readonly y: (name: string) => string;
  readonly note: (error: number, bins: number, brier: number) => string;
  readonly bin: (count: number, probability: number, share: number) => string;
  readonly perfect: string;
  readonly bins: string;
  readonly n: string;
  readonly lower: string;
  readonly upper: string;
}

/** Of few people few bins: a bin of one person says nothing. */
const binsFor = (people: number) => (people < 50 ? 5 : 10);

/** Bins of equal width, with Wilson's interval of the share of each; null where nobody has a probability. */
export function calibrationPlot(
  scored: Scored,
  { label, color }: CurveLook,
  words: CalibrationWords,
): Plot | null {
  const bins = binsFor(scored.scores.length);
  const curve = calibrationCurve(scored, { bins });
  const error = calibrationError(scored, bins);
  const brier = brierScore(scored);
  if (isUndefined(curve) || isUndefined(error) || isUndefined(brier)) return null;
  const filled = curve.flatMap(({ count, positives, meanScore, share }) => {
    const limits = wilson({ count: positives, of: count });
    return meanScore === null || share === null || isUndefined(limits)
      ? []
      : [{ count, meanScore, share, limits }];
  });
  const xs = filled.map(({ meanScore }) => meanScore);
  const ys = filled.map(({ share }) => share);
  const lower = filled.map(({ limits }) => limits.lower);
  const upper = filled.map(({ limits }) => limits.upper);
  return {
    id: "calibration",
    title: words.title,
    note: words.note(error.expected, bins, brier),
    xLabel: words.x(label),
    yLabel: words.y(label),
    x: SHARES,
    y: SHARES,
    bands: [],
    lines: [
      { label: words.perfect, xs: [0, 1], ys: [0, 1], color: null, dash: "dotted" },
      { label: "", xs, ys, color, dash: "solid" },
    ],
    points: [{ label: words.bins, xs, ys, color, shape: "square", size: 4, whiskers: { lower, upper } }],
    rules: [],
    marks: [],
    readings: filled.length,
    reading: (i) => {
      const { count, meanScore, share } = filled[i]!;
      return { x: meanScore, y: share, words: words.bin(count, meanScore, share), row: -1 };
    },
    table: tableOf([
      { name: words.n, values: filled.map(({ count }) => count) },
      { name: words.x(label), values: xs },
      { name: words.y(label), values: ys },
      { name: words.lower, values: lower },
      { name: words.upper, values: upper },
    ]),
  };
}
