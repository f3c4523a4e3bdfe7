/** A plot as SVG: the same text is drawn in the view and written to a file. */
import { DASHES, ruleBaseline } from "../chart/figure";
import type { Palette } from "../chart/palette";
import { shapePath } from "../chart/shapes";
import { formatTick, linearTicks } from "../chart/ticks";
import { element, textElement } from "../svgText";
import type { Plot, PlotAxis, PlotBand, PlotLine, PlotMark, PlotPoints } from "./plot";

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

export interface PlotOptions {
  /** With title and note, as a file has them; in the view they stand above it. */
  readonly titled: boolean;
  /** Reading that is looked at. */
  readonly current?: number;
}

const MARGIN = { left: 58, right: 12, top: 8, bottom: 40 };
const TITLE = 26;
const LEGEND_LINE = 18;
/** Mean width of a letter of the labels. */
const LETTER = 6.2;

/** Where values stand in the picture. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function plotFrame(plot: Plot, size: PlotSize, titled: boolean): PlotFrame {
  const top = MARGIN.top + (titled ? TITLE : 0);
  const width = Math.max(10, size.width - MARGIN.left - MARGIN.right);
  const legend = legendRows(plot, width).length * LEGEND_LINE;
  const height = Math.max(10, size.height - top - MARGIN.bottom - legend);
  const [x0, x1] = plot.x;
  const [y0, y1] = plot.y;
  return {
    left: MARGIN.left,
    top,
    width,
    height,
    x: (value) => MARGIN.left + ((value - x0) / (x1 - x0)) * width,
    y: (value) => top + height - ((value - y0) / (y1 - y0)) * height,
  };
}

export function renderPlot(plot: Plot, size: PlotSize, palette: Palette, options: PlotOptions): string {
  const frame = plotFrame(plot, size, options.titled);
  const clip = `plot-${plot.id.replace(/[^\w-]/g, "_")}`;
  const colour = (color: PlotLine["color"]) => (color === null ? palette.muted : palette.series[color]!);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: size.width,
      height: size.height,
      viewBox: `0 0 ${size.width} ${size.height}`,
      "font-family": palette.fontFamily,
      "font-size": 11,
      ...(options.titled ? { role: "img", "aria-label": `${plot.title}. ${plot.note}` } : {}),
    },
    ...(options.titled ? title(plot, size, palette) : []),
    plot.axes === undefined ? axes(plot, frame, palette) : parallelAxes(plot.axes, frame, palette),
    element(
      "clipPath",
      { id: clip },
      element("rect", { x: frame.left, y: frame.top, width: frame.width, height: frame.height }),
    ),
    element(
      "g",
      { "clip-path": `url(#${clip})` },
      ...plot.bands.map((band) => bandShape(band, frame, colour(band.color))),
      ...plot.lines.map((line) => lineShape(line, frame, colour(line.color))),
      ...plot.points.map((points) => pointShapes(points, frame, colour(points.color))),
    ),
    ...rules(plot, frame, palette),
    ...plot.marks.map(({ x, y, color, shape }) =>
      element("path", {
        d: shapePath(shape, frame.x(x), frame.y(y), 5.5),
        fill: colour(color),
        stroke: palette.background,
        "stroke-width": 1.5,
      }),
    ),
    ...current(plot, frame, palette, options.current ?? -1),
    ...legend(plot, frame, palette, colour),
  );
}

const title = ({ title: words, note }: Plot, { width, height }: PlotSize, palette: Palette) => [
  element("rect", { width, height, fill: palette.background }),
  textElement(
    { x: MARGIN.left, y: 20, fill: palette.foreground, "font-size": 14, "font-weight": 600 },
    note === "" ? words : `${words}: ${note}`,
  ),
];

function axes(plot: Plot, { left, top, width, height, x, y }: PlotFrame, palette: Palette): string {
  const bottom = top + height;
  const grid = { stroke: palette.grid };
  return element(
    "g",
    { fill: palette.muted },
    ...linearTicks(...plot.y, height / 40).flatMap((tick) => [
      element("line", { x1: left, x2: left + width, y1: y(tick), y2: y(tick), ...grid }),
      textElement({ x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, formatTick(tick)),
    ]),
    ...linearTicks(...plot.x, width / 60).flatMap((tick) => [
      element("line", { x1: x(tick), x2: x(tick), y1: top, y2: bottom, ...grid }),
      textElement({ x: x(tick), y: bottom + 15, "text-anchor": "middle" }, formatTick(tick)),
    ]),
    textElement(
      { x: left + width / 2, y: bottom + 32, "text-anchor": "middle" },
      fitted(plot.xLabel, width + 40),
    ),
    textElement(
      {
        x: 12,
        y: top + height / 2,
        "text-anchor": "middle",
        transform: `rotate(-90 12 ${top + height / 2})`,
      },
      fitted(plot.yLabel, height + 20),
    ),
  );
}

/** A line each, its name below and what its ends mean beside it. */
function parallelAxes(
  all: readonly PlotAxis[],
  { top, height, width, x, y }: PlotFrame,
  palette: Palette,
): string {
  const room = width / Math.max(1, all.length) + 10;
  return element(
    "g",
    { fill: palette.muted },
    ...all.flatMap(({ x: at, name, ends }, i) => [
      element("line", { x1: x(at), x2: x(at), y1: top, y2: top + height, stroke: palette.muted }),
      textElement(
        {
          x: x(at),
          y: top + height + (i % 2 === 0 ? 15 : 29),
          "text-anchor": "middle",
          fill: palette.foreground,
        },
        fitted(name, 2 * room),
      ),
      ...ends.map(({ height: value, label }) =>
        textElement(
          {
            x: x(at) + 4,
            y: y(value) + 4,
            stroke: palette.background,
            "stroke-width": 3,
            "paint-order": "stroke",
          },
          fitted(label, room),
        ),
      ),
    ]),
  );
}

function bandShape({ xs, lower, upper }: PlotBand, { x, y }: PlotFrame, fill: string): string {
  let path = "";
  const add = (value: number, height: number) => {
    path += `${path === "" ? "M" : "L"}${x(value).toFixed(1)} ${y(height).toFixed(1)}`;
  };
  for (let i = 0; i < xs.length; i++) add(xs[i]!, upper[i]!);
  for (let i = xs.length - 1; i >= 0; i--) add(xs[i]!, lower[i]!);
  return path === "" ? "" : element("path", { d: `${path}Z`, fill, "fill-opacity": 0.18 });
}

function lineShape({ xs, ys, color, dash }: PlotLine, { x, y }: PlotFrame, stroke: string): string {
  let path = "";
  for (let i = 0; i < xs.length; i++)
    path += `${path === "" ? "M" : "L"}${x(xs[i]!).toFixed(1)} ${y(ys[i]!).toFixed(1)}`;
  return element("path", {
    d: path,
    fill: "none",
    stroke,
    "stroke-width": color === null ? 1 : 1.75,
    "stroke-linejoin": "round",
    "stroke-dasharray": DASHES[dash].join(" "),
  });
}

/** All of one kind are one path: thousands of people are as few elements as ten. */
function pointShapes(
  { xs, ys, shape, size, whiskers }: PlotPoints,
  { x, y }: PlotFrame,
  color: string,
): string {
  let [shapes, lines] = ["", ""];
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isFinite(xs[i]!) || !Number.isFinite(ys[i]!)) continue;
    shapes += shapePath(shape, x(xs[i]!), y(ys[i]!), size);
    if (whiskers !== undefined)
      lines += `M${x(xs[i]!).toFixed(1)} ${y(whiskers.lower[i]!).toFixed(1)}V${y(whiskers.upper[i]!).toFixed(1)}`;
  }
  return [
    ...(lines === ""
      ? []
      : [element("path", { d: lines, fill: "none", stroke: color, "stroke-width": 1.25 })]),
    element("path", { d: shapes, fill: color, "fill-opacity": xs.length > 200 ? 0.6 : 0.9 }),
  ].join("");
}

function rules(plot: Plot, frame: PlotFrame, palette: Palette): readonly string[] {
  const edges = { top: frame.top, bottom: frame.top + frame.height, pixel: 1 };
  return plot.rules
    .filter(({ y }) => y >= plot.y[0] && y <= plot.y[1])
    .flatMap(({ y, label }) => [
      element("line", {
        x1: frame.left,
        x2: frame.left + frame.width,
        y1: frame.y(y),
        y2: frame.y(y),
        stroke: palette.rule,
        "stroke-dasharray": "2 3",
      }),
      textElement(
        {
          x: frame.left + frame.width - 4,
          y: ruleBaseline(frame.y(y), edges),
          fill: palette.foreground,
          stroke: palette.background,
          "stroke-width": 3,
          "paint-order": "stroke",
          "text-anchor": "end",
        },
        label,
      ),
    ]);
}

function current(plot: Plot, frame: PlotFrame, palette: Palette, index: number): readonly string[] {
  if (index < 0 || index >= plot.readings) return [];
  const { x, y } = plot.reading(index);
  return [
    element("circle", {
      cx: frame.x(x),
      cy: frame.y(y),
      r: 7,
      fill: "none",
      stroke: palette.foreground,
      "stroke-width": 1.5,
    }),
  ];
}

interface LegendItem {
  readonly label: string;
  readonly of: PlotLine | PlotBand | PlotPoints | PlotMark;
}

const legendItems = ({ lines, bands, points, marks }: Plot): readonly LegendItem[] =>
  [...lines, ...points, ...marks, ...bands].flatMap((of) =>
    of.label === "" ? [] : [{ label: of.label, of }],
  );

const widthOf = ({ label }: LegendItem) => 38 + label.length * LETTER;

/** Items that stand side by side, while the width allows. */
function legendRows(plot: Plot, width: number): readonly (readonly LegendItem[])[] {
  const rows: LegendItem[][] = [];
  let room = 0;
  for (const item of legendItems(plot)) {
    if (rows.length === 0 || widthOf(item) > room) {
      rows.push([]);
      room = width;
    }
    rows.at(-1)!.push(item);
    room -= widthOf(item);
  }
  return rows;
}

function legend(
  plot: Plot,
  { left, top, width, height }: PlotFrame,
  palette: Palette,
  colour: (color: PlotLine["color"]) => string,
): readonly string[] {
  return legendRows(plot, width).flatMap((items, row) => {
    const y = top + height + MARGIN.bottom + LEGEND_LINE * row + 6;
    let x = left;
    return items.flatMap((item) => {
      const at = x;
      x += widthOf(item);
      return [
        ...sample(item.of, at, y, colour(item.of.color)),
        textElement({ x: at + 28, y: y + 4, fill: palette.foreground }, fitted(item.label, width - 28)),
      ];
    });
  });
}

function sample(of: LegendItem["of"], x: number, y: number, color: string): readonly string[] {
  if ("lower" in of)
    return [element("rect", { x, y: y - 5, width: 22, height: 10, fill: color, "fill-opacity": 0.18 })];
  if ("shape" in of) return [element("path", { d: shapePath(of.shape, x + 11, y, 4), fill: color })];
  const dash = DASHES[of.dash].join(" ");
  return [
    element("line", {
      x1: x,
      x2: x + 22,
      y1: y,
      y2: y,
      stroke: color,
      "stroke-width": 1.75,
      "stroke-dasharray": dash,
    }),
  ];
}

/** Cut where it would run over its place. */
function fitted(words: string, width: number): string {
  const letters = Math.floor(width / LETTER);
  return words.length <= letters ? words : `${words.slice(0, Math.max(1, letters - 1))}…`;
}
