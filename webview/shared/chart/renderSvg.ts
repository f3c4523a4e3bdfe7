/** A figure as an SVG file: a pure function, so what is exported is tested without a browser. */
import { element, textElement } from "../svgText";
import { align } from "./align";
import { BAND_OPACITY, bandOutlines } from "./band";
import {
  coverings,
  DASHES,
  distinct,
  drawnRange,
  type Figure,
  flagOf,
  labelCenter,
  labelRows,
  lineWidth,
  type Mark,
  MOST_MARK_LABELS,
  markedPoints,
  ruleBaseline,
  type Series,
  undrawable,
  type View,
  withoutSingles,
  yExtent,
} from "./figure";
import type { Palette } from "./palette";
import { shapePath } from "./shapes";
import { formatTick, linearTicks, logTicks } from "./ticks";

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

const MARGIN = { left: 58, right: 16, top: 34, bottom: 44 };
const FONT_SIZE = 12;
const LEGEND_LINE = 18;
/** Mean width of a letter of the labels. */
const LETTER = 6;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

export function renderSvg(whole: Figure, view: View, size: SvgSize, palette: Palette): string {
  const figure = withoutSingles(whole);
  const legend = distinct(figure);
  const { note = "" } = figure;
  const height = size.height + LEGEND_LINE * (legend.length + (note === "" ? 0 : 1));
  const frame = frameOf(figure, view, size);
  const clip = `plot-${figure.id.replace(/[^\w-]/g, "_")}`;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: size.width,
      height,
      viewBox: `0 0 ${size.width} ${height}`,
      "font-family": palette.fontFamily,
      "font-size": FONT_SIZE,
      role: "img",
      "aria-label": figure.title,
    },
    element("rect", { width: size.width, height, fill: palette.background }),
    textElement(
      { x: frame.left, y: 20, fill: palette.foreground, "font-size": 14, "font-weight": 600 },
      figure.title,
    ),
    axes(figure, frame, palette),
    element(
      "clipPath",
      { id: clip },
      element("rect", { x: frame.left, y: frame.top, width: frame.width, height: frame.height }),
    ),
    element(
      "g",
      { "clip-path": `url(#${clip})` },
      ...bands(figure, frame, palette),
      ...lines(figure, frame, palette),
    ),
    ...rules(figure, frame, palette),
    ...marks(figure, frame, palette),
    ...legend.map((series, row) =>
      legendRow(series, MARGIN.left, size.height + LEGEND_LINE * row + 4, palette),
    ),
    ...(note === ""
      ? []
      : [textElement({ x: MARGIN.left, y: height - LEGEND_LINE + 8, fill: palette.muted }, note)]),
  );
}

function frameOf(figure: Figure, view: View, size: SvgSize): Frame {
  const xRange = drawnRange(figure, view);
  const yRange = view.y ?? yExtent(figure, xRange);
  const left = MARGIN.left;
  const top = MARGIN.top;
  const width = size.width - MARGIN.left - MARGIN.right;
  const height = size.height - MARGIN.top - MARGIN.bottom;
  const scale = figure.logScale ? Math.log10 : (value: number) => value;
  const [low, high] = [scale(yRange[0]), scale(yRange[1])];
  return {
    left,
    top,
    width,
    height,
    xRange,
    yRange,
    x: (value) => left + ((value - xRange[0]) / (xRange[1] - xRange[0])) * width,
    y: (value) => top + height - ((scale(value) - low) / (high - low)) * height,
  };
}

function axes(figure: Figure, frame: Frame, palette: Palette): string {
  const yTicks = figure.logScale
    ? logTicks(...frame.yRange)
    : linearTicks(...frame.yRange, frame.height / 45);
  const bottom = frame.top + frame.height;
  return element(
    "g",
    { fill: palette.muted, stroke: "none" },
    ...yTicks.flatMap((tick) => [
      element("line", {
        x1: frame.left,
        x2: frame.left + frame.width,
        y1: frame.y(tick),
        y2: frame.y(tick),
        stroke: palette.grid,
      }),
      textElement({ x: frame.left - 8, y: frame.y(tick) + 4, "text-anchor": "end" }, formatTick(tick)),
    ]),
    ...linearTicks(...frame.xRange, frame.width / 80).flatMap((tick) => [
      element("line", {
        x1: frame.x(tick),
        x2: frame.x(tick),
        y1: frame.top,
        y2: bottom,
        stroke: palette.grid,
      }),
      textElement({ x: frame.x(tick), y: bottom + 17, "text-anchor": "middle" }, formatTick(tick)),
    ]),
    textElement({ x: frame.left + frame.width / 2, y: bottom + 35, "text-anchor": "middle" }, figure.xLabel),
    textElement(
      {
        x: 14,
        y: frame.top + frame.height / 2,
        "text-anchor": "middle",
        transform: `rotate(-90 14 ${frame.top + frame.height / 2})`,
      },
      figure.yLabel,
    ),
  );
}

function bands({ series, logScale }: Figure, { x, y }: Frame, palette: Palette): readonly string[] {
  return series.flatMap((one) =>
    bandOutlines(one, logScale).map((outline) =>
      element("polygon", {
        points: outline.map((point) => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(" "),
        fill: palette.series[one.color]!,
        "fill-opacity": BAND_OPACITY,
      }),
    ),
  );
}

function lines(figure: Figure, frame: Frame, palette: Palette): readonly string[] {
  const { xs, ys } = align(figure.series, frame.xRange, Math.round(frame.width));
  const covered = coverings(figure.series);
  return figure.series.flatMap((series, s) => {
    const color = palette.series[series.color]!;
    const path = polyline(xs, ys[s]!, frame, figure.logScale);
    const drawn = [
      element("path", {
        d: path,
        fill: "none",
        stroke: color,
        "stroke-width": lineWidth(series, covered[s]!),
        "stroke-linejoin": "round",
        "stroke-opacity": series.ghost ? 0.3 : 1,
        "stroke-dasharray": DASHES[series.ghost ? "solid" : series.dash].join(" "),
      }),
    ];
    for (const i of markedPoints(series, frame.xRange, s))
      drawn.push(
        element("path", {
          d: shapePath(series.shape, frame.x(series.xs[i]!), frame.y(series.ys[i]!), 2.5),
          fill: color,
        }),
      );
    if (!series.ghost)
      for (const x of undrawable(series, frame.xRange))
        drawn.push(
          element("path", {
            d: shapePath("cross", frame.x(x), frame.top + frame.height - 7, 3.5),
            fill: palette.rule,
          }),
        );
    return drawn;
  });
}

function polyline(
  xs: readonly number[],
  ys: readonly (number | null | undefined)[],
  frame: Frame,
  logScale: boolean,
): string {
  let path = "";
  let pen = false;
  ys.forEach((y, i) => {
    if (y === undefined) return;
    if (y === null || (logScale && y <= 0)) {
      pen = false;
      return;
    }
    path += `${pen ? "L" : "M"}${frame.x(xs[i]!).toFixed(1)} ${frame.y(y).toFixed(1)}`;
    pen = true;
  });
  return path;
}

const edgesOf = ({ top, height }: Frame) => ({ top, bottom: top + height, pixel: 1 });

const within = (value: number, [min, max]: readonly [number, number]) => value >= min && value <= max;

function rules(figure: Figure, frame: Frame, palette: Palette): readonly string[] {
  return figure.rules
    .filter(({ y }) => within(y, frame.yRange))
    .map(({ y, label }) =>
      element(
        "g",
        {},
        element("line", {
          x1: frame.left,
          x2: frame.left + frame.width,
          y1: frame.y(y),
          y2: frame.y(y),
          stroke: palette.rule,
          "stroke-dasharray": "2 3",
        }),
        textElement(
          { x: frame.left + 4, y: ruleBaseline(frame.y(y), edgesOf(frame)), fill: palette.rule },
          label,
        ),
      ),
    );
}

function marks(figure: Figure, frame: Frame, palette: Palette): readonly string[] {
  const labelled = figure.marks.length <= MOST_MARK_LABELS;
  const widths = figure.marks.map(({ label }) => label.length * LETTER + 8);
  const ends = [frame.left, frame.left + frame.width] as const;
  const centers = figure.marks.map(({ x }, i) => labelCenter(frame.x(x), widths[i]!, ends));
  const rows = labelRows(centers, widths);
  const labels = new Map(figure.marks.map((mark, i) => [mark, { center: centers[i]!, row: rows[i]! }]));
  return figure.marks
    .filter(({ x, y }) => within(x, frame.xRange) && within(y, frame.yRange))
    .map((mark) => {
      const label = labels.get(mark);
      return element(
        "g",
        {},
        element("path", {
          d: shapePath(mark.shape, frame.x(mark.x), frame.y(mark.y), 5),
          fill: palette.series[mark.color]!,
          stroke: palette.background,
          "stroke-width": 1.5,
        }),
        ...(labelled && label !== undefined ? flag(mark, label, frame, palette) : []),
      );
    });
}

interface LabelPlace {
  readonly center: number;
  readonly row: number;
}

/** A dotted line from the mark to its label at the free edge. */
function flag(mark: Mark, { center, row }: LabelPlace, frame: Frame, palette: Palette): readonly string[] {
  const { x, y, label } = mark;
  const { end, baseline } = flagOf(mark, frame.y(y), row, edgesOf(frame));
  return [
    element("line", {
      x1: frame.x(x),
      x2: frame.x(x),
      y1: frame.y(y),
      y2: end,
      stroke: palette.muted,
      "stroke-dasharray": "2 3",
    }),
    textElement(
      {
        x: center,
        y: baseline,
        "text-anchor": "middle",
        fill: palette.foreground,
        "font-size": 11,
      },
      label,
    ),
  ];
}

function legendRow(series: Series, x: number, y: number, palette: Palette): string {
  const color = palette.series[series.color]!;
  return element(
    "g",
    {},
    element("line", {
      x1: x,
      x2: x + 28,
      y1: y,
      y2: y,
      stroke: color,
      "stroke-width": 1.75,
      "stroke-dasharray": DASHES[series.dash].join(" "),
    }),
    element("path", { d: shapePath(series.shape, x + 14, y, 3), fill: color }),
    textElement({ x: x + 36, y: y + 4, fill: palette.foreground }, series.label),
  );
}
