/** The curves of a classification as plots: one class told from all others, person by person. */
import type { PersonAnswer } from "../../../src/report/results/people";
import { isUndefined } from "../../../src/statistics/figure";
import { wilson } from "../../../src/statistics/intervals/proportion";
import { precisionRecallCurve } from "../../../src/statistics/roc/precisionRecall";
import { cornersOf, rocCurve } from "../../../src/statistics/roc/rocCurve";
import type { Scored } from "../../../src/statistics/roc/scored";
import { countsAt } from "../../../src/statistics/roc/thresholds";
import type { PaletteColor, Shape } from "../../shared/chart/figure";
import {
  type Plot,
  type PlotBand,
  type PlotLine,
  type PlotMark,
  SHARES,
  tableOf,
} from "../../shared/plot/plot";
import { type Answering, scoreOf } from "./answering";

/** Words of the plots, in the language of the reader; a module of pure figures knows none. */
export interface CurveWords {
  readonly rocTitle: string;
  readonly rocX: string;
  readonly rocY: string;
  readonly prTitle: string;
  readonly prX: string;
  readonly prY: string;
  readonly band: string;
  readonly chance: string;
  readonly threshold: string;
  readonly lower: string;
  readonly upper: string;
  readonly atThreshold: (threshold: number) => string;
  readonly rocPoint: (threshold: number, sensitivity: number, specificity: number) => string;
  readonly prPoint: (threshold: number, precision: number, recall: number) => string;
}

/** People with a label and a probability for the class that is told from the others. */
export function scoredPeople(people: readonly PersonAnswer[], answering: Answering): Scored {
  const known = people.filter(
    ({ truth, answer }) => truth !== null && !Number.isNaN(scoreOf(answer, answering)),
  );
  return {
    positive: known.map(({ truth }) => truth === answering.positive),
    scores: known.map(({ answer }) => scoreOf(answer, answering)),
  };
}

/** What is drawn of one curve, of one class or of one run. */
export interface CurveLook {
  readonly label: string;
  readonly color: PaletteColor;
  readonly dash: PlotLine["dash"];
}

interface Curve {
  readonly look: CurveLook;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly thresholds: Float64Array;
}

/** Sensitivity against 1 - specificity, with Wilson's interval of the sensitivity at each threshold; null where a class has nobody. */
function rocOf(scored: Scored, look: CurveLook): Curve | null {
  const points = rocCurve(scored);
  if (isUndefined(points)) return null;
  const corners = cornersOf(points);
  const positives = points.at(-1)!.truePositives;
  const limits = corners.map(({ truePositives }) => limitsOf(truePositives, positives));
  return {
    look,
    xs: Float64Array.from(corners, ({ falsePositiveRate }) => falsePositiveRate),
    ys: Float64Array.from(corners, ({ truePositiveRate }) => truePositiveRate),
    lower: Float64Array.from(limits, ([lower]) => lower),
    upper: Float64Array.from(limits, ([, upper]) => upper),
    thresholds: Float64Array.from(corners, ({ threshold }) => threshold),
  };
}

/** Precision against recall, with Wilson's interval of the precision at each threshold; null where nobody is positive. */
function precisionRecallOf(scored: Scored, look: CurveLook): Curve | null {
  const points = precisionRecallCurve(scored);
  if (isUndefined(points)) return null;
  const positives = scored.positive.filter(Boolean).length;
  // The end of the curve, where nobody is taken for the class, is a convention: its precision has no interval.
  const drawn = points
    .flatMap(({ threshold, precision, recall }) =>
      threshold === null ? [] : [{ threshold, precision, recall }],
    )
    .reverse();
  const limits = drawn.map(({ precision, recall }) => {
    const found = Math.round(recall * positives);
    return limitsOf(found, precision === 0 ? positives : Math.round(found / precision));
  });
  return {
    look,
    xs: Float64Array.from(drawn, ({ recall }) => recall),
    ys: Float64Array.from(drawn, ({ precision }) => precision),
    lower: Float64Array.from(limits, ([lower]) => lower),
    upper: Float64Array.from(limits, ([, upper]) => upper),
    thresholds: Float64Array.from(drawn, ({ threshold }) => threshold),
  };
}

function limitsOf(count: number, of: number): readonly [number, number] {
  const limits = wilson({ count, of });
  return isUndefined(limits) ? [Number.NaN, Number.NaN] : [limits.lower, limits.upper];
}

export interface CurveChoice {
  /** One or more, of the same people. */
  readonly curves: readonly { readonly scored: Scored; readonly look: CurveLook }[];
  /** Where the threshold stands; null for no mark. */
  readonly threshold: number | null;
  /** AUC, or average precision, in words. */
  readonly note: string;
}

export function rocPlot({ curves, threshold, note }: CurveChoice, words: CurveWords): Plot | null {
  const drawn = curves.flatMap(({ scored, look }) => rocOf(scored, look) ?? []);
  if (drawn.length === 0) return null;
  return {
    ...curvesPlot(drawn, words, { xLabel: words.rocX, yLabel: words.rocY }, (curve, i) =>
      words.rocPoint(curve.thresholds[i]!, curve.ys[i]!, 1 - curve.xs[i]!),
    ),
    id: "roc",
    title: words.rocTitle,
    note,
    lines: [
      { label: words.chance, xs: [0, 1], ys: [0, 1], color: null, dash: "dotted" },
      ...drawn.map(lineOf),
    ],
    marks: markOf(curves, drawn, threshold, words, (counts) => [
      counts.falsePositiveRate,
      counts.sensitivity,
    ]),
  };
}

export function precisionRecallPlot(
  { curves, threshold, note }: CurveChoice,
  words: CurveWords,
): Plot | null {
  const drawn = curves.flatMap(({ scored, look }) => precisionRecallOf(scored, look) ?? []);
  const [first] = curves;
  if (drawn.length === 0 || first === undefined) return null;
  const { positive } = first.scored;
  const share = positive.filter(Boolean).length / positive.length;
  return {
    ...curvesPlot(drawn, words, { xLabel: words.prX, yLabel: words.prY }, (curve, i) =>
      words.prPoint(curve.thresholds[i]!, curve.ys[i]!, curve.xs[i]!),
    ),
    id: "precision-recall",
    title: words.prTitle,
    note,
    lines: [
      // Of several curves each class has a share of its own.
      ...(curves.length > 1
        ? []
        : [{ label: words.chance, xs: [0, 1], ys: [share, share], color: null, dash: "dotted" as const }]),
      ...drawn.map(lineOf),
    ],
    marks: markOf(curves, drawn, threshold, words, (counts) => [counts.sensitivity, counts.precision]),
  };
}

const lineOf = ({ look, xs, ys }: Curve): PlotLine => ({ ...look, xs, ys });

function curvesPlot(
  drawn: readonly Curve[],
  words: CurveWords,
  { xLabel, yLabel }: Pick<Plot, "xLabel" | "yLabel">,
  say: (curve: Curve, index: number) => string,
): Pick<
  Plot,
  "xLabel" | "yLabel" | "x" | "y" | "bands" | "points" | "rules" | "readings" | "reading" | "table"
> {
  const [only] = drawn;
  const places = drawn.flatMap((curve) => Array.from(curve.xs, (_, i) => ({ curve, i })));
  const band = (curve: Curve): PlotBand => ({ ...curve, label: words.band, color: curve.look.color });
  const names = {
    thresholds: words.threshold,
    xs: xLabel,
    ys: yLabel,
    lower: words.lower,
    upper: words.upper,
  };
  return {
    xLabel,
    yLabel,
    x: SHARES,
    y: SHARES,
    // Of several curves the bands would hide each other.
    bands: drawn.length === 1 && only !== undefined ? [band(only)] : [],
    points: [],
    rules: [],
    readings: places.length,
    reading: (index) => {
      const { curve, i } = places[index]!;
      const said = say(curve, i);
      return {
        x: curve.xs[i]!,
        y: curve.ys[i]!,
        words: drawn.length === 1 ? said : `${curve.look.label}: ${said}`,
        row: -1,
      };
    },
    table: tableOf([
      ...(drawn.length === 1 ? [] : [{ name: "", values: places.map(({ curve }) => curve.look.label) }]),
      ...(["thresholds", "xs", "ys", "lower", "upper"] as const).map((column) => ({
        name: names[column],
        values: places.map(({ curve, i }) => curve[column][i]!),
      })),
    ]),
  };
}

interface Rates {
  readonly sensitivity: number;
  readonly falsePositiveRate: number;
  readonly precision: number;
}

/** Where one curve stands at the threshold. */
function markOf(
  curves: CurveChoice["curves"],
  drawn: readonly Curve[],
  threshold: number | null,
  words: CurveWords,
  place: (rates: Rates) => readonly [number, number],
): readonly PlotMark[] {
  const [first] = curves;
  if (threshold === null || first === undefined || drawn.length !== 1) return [];
  const [x, y] = place(ratesAt(first.scored, threshold));
  if (Number.isNaN(x) || Number.isNaN(y)) return [];
  const shape: Shape = "diamond";
  return [{ label: words.atThreshold(threshold), x, y, color: 1, shape }];
}

function ratesAt(scored: Scored, threshold: number): Rates {
  const { tp, fp, fn, tn } = countsAt(scored, threshold);
  return { sensitivity: tp / (tp + fn), falsePositiveRate: fp / (fp + tn), precision: tp / (tp + fp) };
}
