/** Settings of many runs against what they reached, as parallel coordinates: an axis for each setting that differs, a line a run. */
import { type Plot, tableOf } from "../../shared/plot/plot";
import type { ComparedRun } from "../messages";
import { runStyle } from "./figure";
import { resultOf, settingRows } from "./results";

export interface ParallelWords {
  readonly title: string;
  readonly run: string;
  readonly metric: string;
}

/** More axes than these are not read. */
const MOST_AXES = 8;

interface Axis {
  readonly name: string;
  /** One for each run. */
  readonly values: readonly string[];
  /** Where each stands, from 0 to 1; NaN where it is not known. */
  readonly heights: readonly number[];
  /** What its ends mean. */
  readonly ends: readonly { readonly height: number; readonly label: string }[];
}

/** Null where fewer than three runs differ, of which a table says as much. */
export function parallelPlot(
  runs: readonly ComparedRun[],
  selection: string,
  metric: string,
  words: ParallelWords,
): Plot | null {
  if (runs.length < 3) return null;
  const settings = settingRows(runs)
    .filter(({ differs }) => differs)
    .slice(0, MOST_AXES);
  if (settings.length === 0) return null;
  const reached = runs.map((run) => resultOf(run, selection, metric).mean);
  const axes = [
    ...settings.map(({ key, values }) =>
      axisOf(
        key,
        values.map((value) => value ?? "–"),
      ),
    ),
    axisOf(
      words.metric,
      reached.map((value) => (Number.isNaN(value) ? "–" : value.toPrecision(4))),
    ),
  ];
  const points = runs.flatMap((run, place) =>
    axes.map(({ name, values, heights }, x) => ({
      run,
      place,
      x,
      y: heights[place]!,
      words: `${run.name}: ${name} ${values[place]}`,
    })),
  );
  const known = points.filter(({ y }) => !Number.isNaN(y));
  return {
    id: "settings",
    title: words.title,
    note: "",
    xLabel: "",
    yLabel: "",
    x: [-0.2, axes.length - 0.8],
    y: [-0.08, 1.08],
    axes: axes.map(({ name, ends }, x) => ({ x, name, ends })),
    lines: runs.map((_, place) => {
      const own = known.filter((point) => point.place === place);
      const { color, dash } = runStyle(place);
      return { label: "", xs: own.map(({ x }) => x), ys: own.map(({ y }) => y), color, dash };
    }),
    bands: [],
    points: [],
    rules: [],
    marks: [],
    readings: known.length,
    reading: (index) => ({ ...known[index]!, row: -1 }),
    table: tableOf([
      { name: words.run, values: runs.map(({ name }) => name) },
      ...axes.map(({ name, values }) => ({ name, values })),
    ]),
  };
}

/** Numbers by their value, by the power of ten where they span more than a hundredfold; other values in their order. */
function axisOf(name: string, values: readonly string[]): Axis {
  const known = [...new Set(values.filter((value) => value !== "–"))];
  const numbers = known.map(Number);
  if (known.length > 1 && numbers.every(Number.isFinite)) {
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const scale = least > 0 && most / least > 100 ? Math.log10 : (value: number) => value;
    const height = (value: string) => (scale(Number(value)) - scale(least)) / (scale(most) - scale(least));
    return {
      name,
      values,
      heights: values.map((value) => (value === "–" ? Number.NaN : height(value))),
      ends: [
        { height: 0, label: String(least) },
        { height: 1, label: String(most) },
      ],
    };
  }
  const ordered = known.toSorted();
  const height = (value: string) =>
    ordered.length < 2 ? 0.5 : ordered.indexOf(value) / (ordered.length - 1);
  return {
    name,
    values,
    heights: values.map((value) => (value === "–" ? Number.NaN : height(value))),
    ends: ordered.map((label) => ({ height: height(label), label })),
  };
}
