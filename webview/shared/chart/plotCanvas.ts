/** The figure on a canvas: the only file that knows uPlot. */
import "./browserLanguage";
import uPlot from "uplot";
import { align } from "./align";
import { BAND_OPACITY, bandOutlines } from "./band";
import {
  coverings,
  DASHES,
  drawnRange,
  type Figure,
  flagOf,
  labelCenter,
  labelRows,
  lineWidth,
  MOST_MARK_LABELS,
  markedPoints,
  ruleBaseline,
  type Series,
  type Shape,
  undrawable,
  type View,
  yExtent,
} from "./figure";
import type { Palette } from "./palette";
import { shapePath } from "./shapes";
import { formatTick } from "./ticks";

export interface PlotEvents {
  /** The pointer is over this x; null when it left. */
  readonly hovered: (x: number | null) => void;
  /** The user dragged a rectangle. `y` is null when the drag was along x alone. */
  readonly selected: (x: readonly [number, number], y: readonly [number, number] | null) => void;
}

const AXIS_FONT_SIZE = 11;
/** Steps of the horizontal axis: 1, 2 and 5 times powers of ten, so that epochs are counted whole. */
const INCREMENTS = Array.from({ length: 9 }, (_, i) => [1, 2, 5].map((step) => step * 10 ** (i - 3))).flat();
/** A drag flatter than this, in CSS pixels, selects along x alone. */
const FLAT_DRAG = 24;

export class PlotCanvas {
  #plot: uPlot | null = null;
  #figure: Figure | null = null;
  #structure = "";
  #palette: Palette | null = null;
  #xRange: readonly [number, number] = [0, 1];
  #yRange: readonly [number, number] = [0, 1];
  /** What came while a rectangle was dragged: nothing may move beneath it. */
  #held: (() => void) | null = null;
  #isDragged = false;
  readonly #parent: HTMLElement;
  readonly #events: PlotEvents;

  constructor(parent: HTMLElement, events: PlotEvents) {
    this.#parent = parent;
    this.#events = events;
    parent.addEventListener("mousedown", () => {
      this.#isDragged = true;
      // uPlot hears of it on the document, which is before the window.
      window.addEventListener("mouseup", () => this.#dropped(), { once: true });
    });
  }

  #dropped(): void {
    this.#isDragged = false;
    const held = this.#held;
    this.#held = null;
    held?.();
  }

  get xRange(): readonly [number, number] {
    return this.#xRange;
  }

  /** Draws; the instance is made anew only when series, scale or colours change. */
  draw(figure: Figure, view: View, palette: Palette, width: number, height: number): void {
    if (width < 40 || height < 40) return;
    if (this.#isDragged && this.#plot !== null) {
      this.#held = () => this.draw(figure, view, palette, width, height);
      return;
    }
    this.#xRange = drawnRange(figure, view);
    this.#yRange = view.y ?? yExtent(figure, this.#xRange);
    this.#figure = figure;
    const structure = structureOf(figure);
    const { xs, ys } = align(figure.series, this.#xRange, width);
    const data = [xs, ...ys] as uPlot.AlignedData;
    if (this.#plot === null || structure !== this.#structure || palette !== this.#palette) {
      this.#plot?.destroy();
      this.#structure = structure;
      this.#palette = palette;
      this.#plot = new uPlot(this.#options(figure, palette, width, height), data, this.#parent);
      return;
    }
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
    this.#plot.setData(data);
  }

  /** Moves the cursor line to `x`, or hides it. */
  point(x: number | null): void {
    // The cursor is a corner of the rectangle that is dragged.
    if (this.#plot === null || this.#isDragged) return;
    const left = x === null ? -10 : this.#plot.valToPos(x, "x");
    if (Math.abs((this.#plot.cursor.left ?? -10) - left) > 0.5) this.#plot.setCursor({ left, top: 0 }, false);
  }

  /** Left and width of the plotting area within the parent, and the left of `x` in it; CSS pixels. */
  place(x: number): { readonly left: number; readonly from: number; readonly width: number } | null {
    if (this.#plot === null) return null;
    const ratio = uPlot.pxRatio;
    const { left, width } = this.#plot.bbox;
    return { left: left / ratio + this.#plot.valToPos(x, "x"), from: left / ratio, width: width / ratio };
  }

  destroy(): void {
    this.#held = null;
    this.#plot?.destroy();
    this.#plot = null;
  }

  #options(figure: Figure, palette: Palette, width: number, height: number): uPlot.Options {
    const axis = {
      stroke: palette.muted,
      font: `${AXIS_FONT_SIZE}px ${palette.fontFamily}`,
      grid: { stroke: palette.grid, width: 1 },
      ticks: { show: false },
      values: (_: uPlot, ticks: (number | null)[]) =>
        ticks.map((tick) => (tick === null ? "" : formatTick(tick))),
    };
    const covered = coverings(figure.series);
    return {
      width,
      height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: true, uni: FLAT_DRAG, setScale: false },
      },
      scales: {
        x: { time: false, range: () => [...this.#xRange] as uPlot.Range.MinMax },
        y: { distr: figure.logScale ? 3 : 1, range: () => [...this.#yRange] as uPlot.Range.MinMax },
      },
      axes: [
        {
          ...axis,
          incrs: [...INCREMENTS],
          size: 24,
          gap: 4,
          space: 60,
          label: figure.xLabel,
          labelSize: 14,
          labelGap: 0,
          labelFont: axis.font,
        },
        { ...axis, size: 52, gap: 6, space: 32 },
      ],
      series: [{}, ...figure.series.map((series, i) => lineOf(series, palette, covered[i]!))],
      hooks: {
        drawAxes: [(plot) => this.#bands(plot)],
        draw: [(plot) => this.#overlay(plot)],
        setSelect: [(plot) => this.#select(plot)],
        setCursor: [
          (plot) => {
            const { left } = plot.cursor;
            this.#events.hovered(left === undefined || left < 0 ? null : plot.posToVal(left, "x"));
          },
        ],
      },
    };
  }

  #select(plot: uPlot): void {
    const { left, top, width, height } = plot.select;
    if (width < 3) return;
    const x = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")] as const;
    const whole = height >= plot.over.clientHeight - 1;
    const y = whole ? null : ([plot.posToVal(top + height, "y"), plot.posToVal(top, "y")] as const);
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#events.selected(x, y);
  }

  /** Beneath the lines. */
  #bands({ ctx, bbox, valToPos }: uPlot): void {
    const { series = [], logScale = false } = this.#figure ?? {};
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.globalAlpha = BAND_OPACITY;
    for (const one of series) {
      ctx.fillStyle = this.#palette?.series[one.color] ?? "";
      for (const outline of bandOutlines(one, logScale)) {
        ctx.beginPath();
        for (const [x, y] of outline) ctx.lineTo(valToPos(x, "x", true), valToPos(y, "y", true));
        ctx.fill();
      }
    }
    ctx.restore();
  }

  /** Rules, markers, crosses for what is no number, best epochs: over the lines, inside the plotting area. */
  #overlay(plot: uPlot): void {
    const figure = this.#figure;
    const palette = this.#palette;
    if (figure === null || palette === null) return;
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    const x = (value: number) => plot.valToPos(value, "x", true);
    const y = (value: number) => plot.valToPos(value, "y", true);
    const outlines = new Map<string, Path2D>();
    const fillShape = (
      shape: Shape,
      left: number,
      top: number,
      size: number,
      color: string,
      halo: boolean,
    ) => {
      const key = `${shape}${size}`;
      const outline = outlines.get(key) ?? new Path2D(shapePath(shape, 0, 0, size * ratio));
      outlines.set(key, outline);
      ctx.translate(left, top);
      if (halo) {
        ctx.strokeStyle = palette.background;
        ctx.lineWidth = 3 * ratio;
        ctx.stroke(outline);
      }
      ctx.fillStyle = color;
      ctx.fill(outline);
      ctx.translate(-left, -top);
    };
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.font = `${AXIS_FONT_SIZE * ratio}px ${palette.fontFamily}`;
    for (const [place, series] of figure.series.entries()) {
      const color = palette.series[series.color]!;
      for (const i of markedPoints(series, this.#xRange, place))
        fillShape(series.shape, x(series.xs[i]!), y(series.ys[i]!), 2.5, color, false);
      if (series.ghost) continue;
      for (const px of undrawable(series, this.#xRange))
        fillShape("cross", x(px), bbox.top + bbox.height - 7 * ratio, 3.5, palette.rule, true);
    }
    const ends = [bbox.left, bbox.left + bbox.width] as const;
    const widthOf = (words: string) => ctx.measureText(words).width + 8 * ratio;
    const written = (words: string, left: number, baseline: number, color: string) => {
      const center = labelCenter(left, widthOf(words), ends);
      ctx.textAlign = "center";
      ctx.strokeStyle = palette.background;
      ctx.lineWidth = 4 * ratio;
      ctx.strokeText(words, center, baseline);
      ctx.fillStyle = color;
      ctx.fillText(words, center, baseline);
    };
    const line = (fromX: number, fromY: number, toX: number, toY: number, color: string) => {
      ctx.strokeStyle = color;
      ctx.lineWidth = ratio;
      ctx.setLineDash([2 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(fromX, fromY);
      ctx.lineTo(toX, toY);
      ctx.stroke();
      ctx.setLineDash([]);
    };
    const edges = { top: bbox.top, bottom: bbox.top + bbox.height, pixel: ratio };
    for (const rule of figure.rules) {
      line(bbox.left, y(rule.y), bbox.left + bbox.width, y(rule.y), palette.rule);
      // At the left: at the right are the newest points.
      written(rule.label, bbox.left, ruleBaseline(y(rule.y), edges), palette.rule);
    }
    const widths = figure.marks.map(({ label }) => widthOf(label));
    const centers = figure.marks.map((mark, i) => labelCenter(x(mark.x), widths[i]!, ends));
    const rows = labelRows(centers, widths);
    figure.marks.forEach((mark, i) => {
      if (figure.marks.length <= MOST_MARK_LABELS) {
        const { end, baseline } = flagOf(mark, y(mark.y), rows[i]!, edges);
        line(x(mark.x), y(mark.y), x(mark.x), end, palette.muted);
        written(mark.label, x(mark.x), baseline, palette.foreground);
      }
      fillShape(mark.shape, x(mark.x), y(mark.y), 4.5, palette.series[mark.color]!, true);
    });
    ctx.restore();
  }
}

function lineOf(series: Series, palette: Palette, covered: number): uPlot.Series {
  return {
    label: series.label,
    stroke: palette.series[series.color]!,
    alpha: series.ghost ? 0.3 : 1,
    width: lineWidth(series, covered),
    dash: series.ghost ? [] : [...DASHES[series.dash]],
    points: { show: false },
  };
}

const structureOf = (figure: Figure) =>
  JSON.stringify([
    figure.logScale,
    figure.xLabel,
    figure.series.map(({ id, color, dash, ghost, band }) => [id, color, dash, ghost, band !== undefined]),
    coverings(figure.series),
  ]);
