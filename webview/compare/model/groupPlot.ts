/** The ROC curves of runs over each other. */
import { type Plot, SHARES, tableOf } from "../../shared/plot/plot";
import type { ComparedGroup, ComparedRun, GroupOfRun } from "../messages";
import { runStyle } from "./figure";

export interface GroupPlotWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly chance: string;
  readonly run: string;
}

/** Null where no run has a curve. */
export function groupPlot(
  { group, classes }: ComparedGroup,
  known: readonly { readonly of: GroupOfRun; readonly place: number; readonly run: ComparedRun }[],
  words: GroupPlotWords,
): Plot | null {
  const curves = known.flatMap(({ of: { roc }, place, run }) => (roc === null ? [] : [{ roc, place, run }]));
  if (curves.length === 0) return null;
  const places = curves.flatMap(({ roc, run }) =>
    Array.from(roc.xs, (x, i) => ({ name: run.name, x, y: roc.ys[i]! })),
  );
  return {
    id: `roc-${group}`,
    title: words.title,
    note: [group, classes[0]].filter((part) => part !== undefined).join(" · "),
    xLabel: words.x,
    yLabel: words.y,
    x: SHARES,
    y: SHARES,
    lines: [
      { label: words.chance, xs: [0, 1], ys: [0, 1], color: null, dash: "dotted" },
      ...curves.map(({ roc, place, run }) => {
        const { color, dash } = runStyle(place);
        return {
          label: run.name,
          xs: roc.xs,
          ys: roc.ys,
          color,
          dash: DASHES[place % DASHES.length] ?? dash,
        };
      }),
    ],
    bands: [],
    points: [],
    rules: [],
    marks: [],
    readings: places.length,
    reading: (index) => {
      const { name, x, y } = places[index]!;
      return { x, y, words: `${name}: ${x.toFixed(3)}, ${y.toFixed(3)}`, row: -1 };
    },
    table: tableOf([
      { name: words.run, values: places.map(({ name }) => name) },
      { name: words.x, values: places.map(({ x }) => x) },
      { name: words.y, values: places.map(({ y }) => y) },
    ]),
  };
}

/** Lines that cross are told apart by more than their colour. */
const DASHES = ["solid", "dashed", "dashDot", "dotted"] as const;
