/** Results of every group: figures with intervals, the ROC curve, who was taken for what. */
import { isUndefined } from "../../statistics/figure";
import { rocCurve } from "../../statistics/roc/rocCurve";
import { oneAgainstRest } from "../../statistics/roc/scored";
import { rangeOf } from "../figures/chart";
import { withAgeGap } from "../results/ageGap";
import type { AnswerSet, GroupResults } from "../results/groupResults";
import type { Measure } from "../results/measures";
import { byPerson, type PersonAnswer } from "../results/people";
import { remarksOf } from "../results/remarks";
import {
  acquaintancePhrase,
  figureText,
  measureText,
  methodWord,
  resultsPhrase,
  sourcePhrase,
  thresholdPhrase,
} from "../results/resultsWords";
import { setFigures } from "../results/setFigures";
import { type Block, say, type Text } from "./reportDocument";
import { reportPhrase } from "./reportWords";

export const headlineSet = ({ answers, headline }: GroupResults): AnswerSet | undefined =>
  answers.find(({ id }) => id === headline);

/**
 * @param validation the results of the validation set, by which ages are corrected; null where there are none
 * @param plain of a phrase, for what is drawn into a chart
 */
export function groupBlocks(
  found: GroupResults,
  validation: GroupResults | null,
  plain: (text: Text) => string,
): readonly Block[] {
  const set = headlineSet(found);
  const { group, acquaintance, knownPeople } = found;
  const title = resultsPhrase("title-of-group", {
    group,
    acquaintance: acquaintancePhrase(acquaintance, knownPeople),
  });
  if (set === undefined) return [say(title)];
  const figures = withAgeGap(setFigures(set, found, undefined, true), set, found, validation);
  const rows = figures.measures.map((measure) => [
    nameOf(measure, found.classes),
    valueOfMeasure(measure),
    intervalOf(measure),
    measure.interval === null || isUndefined(measure.interval) ? "" : methodWord(measure.interval.method),
  ]);
  const head = (["measure", "value", "interval", "method"] as const).map((name) => resultsPhrase(name));
  return [
    { kind: "heading", text: title },
    say(sourcePhrase(set.source)),
    say(resultsPhrase("people", { people: figures.people, sessions: figures.sessions })),
    ...(found.leftOut === 0 ? [] : [say(resultsPhrase("left-out", { count: found.leftOut }))]),
    { kind: "table", head, rows },
    ...(figures.confusion === null ? [] : [confusionBlock(figures.confusion, found.classes)]),
    ...(set.threshold === undefined ? [] : [say(thresholdPhrase(set.threshold, found.classes[0] ?? ""))]),
    ...remarksOf(found, { set, figures }).map(say),
    ...curveBlocks(found, set, plain),
    ...othersBlocks(found, set),
  ];
}

function othersBlocks(found: GroupResults, headline: AnswerSet): readonly Block[] {
  const others = found.answers.filter((set) => set !== headline);
  if (others.length === 0) return [];
  const rows = others.map((set) => {
    const { people, measures } = setFigures(set, found);
    const shown = leading(measures);
    return [sourcePhrase(set.source), String(people), ...shown.map(shortOf)];
  });
  const names = leading(setFigures(others[0]!, found).measures).map(({ name }) => name);
  return [
    { kind: "table", head: [resultsPhrase("answers"), resultsPhrase("people-column"), ...names], rows },
  ];
}

const LEADING = ["AUC", "BA", "R2_score", "MAE", "SSIM", "PSNR"];

export const leading = (measures: readonly Measure[]) =>
  measures.filter(({ name, code }) => code === null && LEADING.includes(name));

const nameOf = ({ name, code }: Measure, classes: readonly string[]): Text =>
  code === null ? name : resultsPhrase("of-class", { measure: name, name: classes[code] ?? code });

const valueOfMeasure = ({ name, value }: Measure): Text =>
  isUndefined(value) ? resultsPhrase("undefined") : measureText(name, value);

function intervalOf({ interval }: Measure): Text {
  if (interval === null || isUndefined(interval)) return "";
  return resultsPhrase("from-to", { lower: figureText(interval.lower), upper: figureText(interval.upper) });
}

/** "0.812 (0.700 to 0.901)" */
export function shortOf(measure: Measure): Text {
  const { value, interval } = measure;
  if (isUndefined(value)) return resultsPhrase("undefined");
  if (interval === null || isUndefined(interval)) return figureText(value);
  return resultsPhrase("value-and-interval", {
    value: figureText(value),
    lower: figureText(interval.lower),
    upper: figureText(interval.upper),
  });
}

function confusionBlock(confusion: readonly (readonly number[])[], classes: readonly string[]): Block {
  const named = (code: number) => classes[code] ?? String(code);
  return {
    kind: "table",
    head: [
      resultsPhrase("true-class"),
      ...confusion.map((_, code) => resultsPhrase("answered", { name: named(code) })),
    ],
    rows: confusion.map((row, code) => [named(code), ...row.map(String)]),
  };
}

/** People with a label and probabilities, for curves of two classes. */
export function scoredPeople(people: readonly PersonAnswer[]) {
  const known = people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "class" && answer.probabilities !== null
      ? [{ truth, probabilities: answer.probabilities }]
      : [],
  );
  return oneAgainstRest(
    known.map(({ truth }) => truth),
    known.map(({ probabilities }) => probabilities),
    0,
  );
}

function curveBlocks(found: GroupResults, set: AnswerSet, plain: (text: Text) => string): readonly Block[] {
  const { people } = byPerson(set.sessions);
  if (found.task === "regression") return [truthBlock(found, people, plain)];
  if (found.task !== "classification" || found.classes.length !== 2) return [];
  const scored = scoredPeople(people);
  const curve = rocCurve(scored);
  if (isUndefined(curve)) return [];
  const chart = {
    title: plain(reportPhrase("roc-title", { group: found.group })),
    xLabel: plain(reportPhrase("one-minus-specificity")),
    yLabel: plain(reportPhrase("sensitivity")),
    x: [0, 1],
    y: [0, 1],
    lines: [
      {
        label: plain(sourcePhrase(set.source)),
        xs: curve.map(({ falsePositiveRate }) => falsePositiveRate),
        ys: curve.map(({ truePositiveRate }) => truePositiveRate),
      },
    ],
    points: [],
    diagonal: true,
  } as const;
  const caption = { answers: sourcePhrase(set.source), people: scored.scores.length };
  return [
    {
      kind: "chart",
      chart,
      caption: reportPhrase("roc-caption", caption),
      table: {
        head: [reportPhrase("threshold"), reportPhrase("sensitivity"), reportPhrase("one-minus-specificity")],
        rows: thinned(curve).map(({ threshold, truePositiveRate, falsePositiveRate }) => [
          Number.isFinite(threshold) ? String(Number(threshold.toPrecision(5))) : "",
          figureText(truePositiveRate),
          figureText(falsePositiveRate),
        ]),
      },
    },
  ];
}

/** So many rows of a table say what a curve is. */
const MOST_ROWS = 50;

const thinned = <Row>(rows: readonly Row[]): readonly Row[] => {
  const step = Math.ceil(rows.length / MOST_ROWS);
  return rows.filter((_, i) => i % step === 0 || i === rows.length - 1);
};

function truthBlock(
  found: GroupResults,
  people: readonly PersonAnswer[],
  plain: (text: Text) => string,
): Block {
  const known = people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "value" ? [{ truth, value: answer.value }] : [],
  );
  const range = rangeOf(known.flatMap(({ truth, value }) => [truth, value]));
  const [xs, ys] = [known.map(({ truth }) => truth), known.map(({ value }) => value)];
  return {
    kind: "chart",
    chart: {
      title: plain(reportPhrase("truth-title", { group: found.group })),
      xLabel: plain(reportPhrase("true")),
      yLabel: plain(reportPhrase("predicted")),
      x: range,
      y: range,
      lines: [],
      points: [{ label: found.group, xs, ys }],
      diagonal: true,
    },
    caption: reportPhrase("truth-caption"),
    table: {
      head: [reportPhrase("true"), reportPhrase("predicted")],
      rows: thinned(known).map(({ truth, value }) => [figureText(truth), figureText(value)]),
    },
  };
}
