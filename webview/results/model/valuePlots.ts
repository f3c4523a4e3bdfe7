/** Values as plots: predicted against true, what is left between them, and the differences as Bland and Altman draw them. */
import type { PersonAnswer } from "../../../src/report/results/people";
import { isUndefined } from "../../../src/statistics/figure";
import { limitsOfAgreement } from "../../../src/statistics/regression/errors";
import { type Plot, rangeOf, tableOf } from "../../shared/plot/plot";

export interface ValueWords {
  readonly predictedTitle: string;
  readonly residualsTitle: string;
  readonly blandAltmanTitle: string;
  readonly trueValue: string;
  readonly predictedValue: string;
  readonly residual: string;
  readonly identity: string;
  readonly each: string;
  readonly participant: string;
  readonly blandX: string;
  readonly bias: (value: number) => string;
  readonly limit: (sign: "+" | "−", value: number) => string;
  readonly person: (name: string, truth: number, predicted: number) => string;
  readonly figure: (name: string, value: number) => string;
  readonly byPerson: (figure: string) => string;
  readonly place: string;
}

/** People with a true and a predicted value. */
export interface ValuePeople {
  readonly names: readonly string[];
  /** Row of the group: of the first session of each. */
  readonly rows: readonly number[];
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

export function valuePeople(
  people: readonly PersonAnswer[],
  rowOf: (person: PersonAnswer) => number,
): ValuePeople {
  const known = people.flatMap((person) =>
    person.truth === null || person.answer.kind !== "value"
      ? []
      : [{ person, truth: person.truth, value: person.answer.value }],
  );
  return {
    names: known.map(({ person }) => person.participantId),
    rows: known.map(({ person }) => rowOf(person)),
    truth: Float64Array.from(known, ({ truth }) => truth),
    predicted: Float64Array.from(known, ({ value }) => value),
  };
}

const NOTHING = { bands: [], marks: [], rules: [], note: "" } as const;

export function valuePlots(people: ValuePeople, note: string, words: ValueWords): readonly Plot[] {
  const { truth, predicted } = people;
  const residuals = predicted.map((value, i) => value - truth[i]!);
  const means = predicted.map((value, i) => (value + truth[i]!) / 2);
  const agreement = limitsOfAgreement({ truth: [...truth], predicted: [...predicted] });
  const both = rangeOf(truth, predicted);
  const around = rangeOf(residuals, [0]);
  const points = (xs: Float64Array, ys: Float64Array) =>
    [{ label: words.each, xs, ys, color: 0, shape: "circle", size: xs.length > 500 ? 2 : 3.5 }] as const;
  const readings = (xs: Float64Array, ys: Float64Array) => ({
    readings: xs.length,
    reading: (i: number) => ({
      x: xs[i]!,
      y: ys[i]!,
      words: words.person(people.names[i]!, truth[i]!, predicted[i]!),
      row: people.rows[i]!,
    }),
  });
  const table = (x: readonly [string, Float64Array], y: readonly [string, Float64Array]) =>
    tableOf([
      { name: words.participant, values: people.names },
      { name: x[0], values: x[1] },
      { name: y[0], values: y[1] },
    ]);
  return [
    {
      ...NOTHING,
      id: "predicted",
      title: words.predictedTitle,
      note,
      xLabel: words.trueValue,
      yLabel: words.predictedValue,
      x: both,
      y: both,
      lines: [{ label: words.identity, xs: both, ys: both, color: null, dash: "dashed" }],
      points: points(truth, predicted),
      ...readings(truth, predicted),
      table: table([words.trueValue, truth], [words.predictedValue, predicted]),
    },
    {
      ...NOTHING,
      id: "residuals",
      title: words.residualsTitle,
      xLabel: words.trueValue,
      yLabel: words.residual,
      x: rangeOf(truth),
      y: around,
      lines: [{ label: "", xs: rangeOf(truth), ys: [0, 0], color: null, dash: "solid" }],
      points: points(truth, residuals),
      ...readings(truth, residuals),
      table: table([words.trueValue, truth], [words.residual, residuals]),
    },
    {
      ...NOTHING,
      id: "bland-altman",
      title: words.blandAltmanTitle,
      xLabel: words.blandX,
      yLabel: words.residual,
      x: rangeOf(means),
      y: rangeOf(residuals, isUndefined(agreement) ? [] : [agreement.lower, agreement.upper]),
      lines: [],
      points: points(means, residuals),
      rules: isUndefined(agreement)
        ? []
        : [
            { label: words.bias(agreement.bias), y: agreement.bias },
            { label: words.limit("+", agreement.upper), y: agreement.upper },
            { label: words.limit("−", agreement.lower), y: agreement.lower },
          ],
      ...readings(means, residuals),
      table: table([words.blandX, means], [words.residual, residuals]),
    },
  ];
}

/** A figure of each person's reconstruction, the worst first. */
export function figurePlot(
  figure: string,
  people: readonly PersonAnswer[],
  rowOf: (person: PersonAnswer) => number,
  lowerIsBetter: boolean,
  words: ValueWords,
): Plot {
  const known = people
    .flatMap((person) => {
      const value = person.answer.kind === "reconstruction" ? person.answer.metrics[figure] : undefined;
      return value === undefined || Number.isNaN(value) ? [] : [{ person, value }];
    })
    .sort((a, b) => (lowerIsBetter ? b.value - a.value : a.value - b.value));
  const xs = Float64Array.from(known, (_, place) => place + 1);
  const ys = Float64Array.from(known, ({ value }) => value);
  return {
    ...NOTHING,
    id: `by-participant-${figure}`,
    title: words.byPerson(figure),
    xLabel: words.place,
    yLabel: figure,
    x: rangeOf(xs),
    y: rangeOf(ys),
    lines: [],
    points: [{ label: "", xs, ys, color: 0, shape: "circle", size: xs.length > 500 ? 2 : 3.5 }],
    readings: known.length,
    reading: (i) => ({
      x: xs[i]!,
      y: ys[i]!,
      words: words.figure(known[i]!.person.participantId, ys[i]!),
      row: rowOf(known[i]!.person),
    }),
    table: tableOf([
      { name: words.participant, values: known.map(({ person }) => person.participantId) },
      { name: figure, values: ys },
    ]),
  };
}
