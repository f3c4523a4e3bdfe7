import { html, nothing, type PropertyValues, unsafeCSS } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import uplotStyles from "uplot/dist/uPlot.min.css";
import { icon } from "../icon";
import { runStrings } from "../strings";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import { chartLegend } from "./chartLegend";
import { chartStyles } from "./chartStyles";
import { type Figure, type View, WHOLE, withoutSingles, xExtent } from "./figure";
import { figureTable } from "./figureTable";
import { FramedElement } from "./framedElement";
import { legendStyles, paletteStyles } from "./legend";
import type { Palette } from "./palette";
import { PlotCanvas } from "./plotCanvas";
import { pan, positionsOf, type Reading, readingsAt, zoomAround } from "./readout";
import { readoutBox } from "./readoutBox";
import { spokenValue, valueText } from "./valueText";

const text = textOf(runStrings);
/** A series whose nearest point is farther from the cursor than this share of the view has no value there. */
const REACH = 0.05;
const ZOOM_STEP = 0.6;

export type ExportFormat = "svg" | "png" | "csv";
export interface ExportDetail {
  readonly figure: Figure;
  readonly view: View;
  readonly format: ExportFormat;
  readonly palette: Palette;
}

/**
 * A chart with its legend, its table twin and its export menu. View and cursor belong to the parent, which shares them between
 * charts. Fires `gyrus-view` (View), `gyrus-hover` (number | null) and `gyrus-export` (ExportDetail).
 */
@customElement("gyrus-chart")
export class Chart extends FramedElement {
  @property({ attribute: false }) accessor figure: Figure | null = null;
  @property({ attribute: false }) accessor view: View = WHOLE;
  @property({ attribute: false }) accessor cursor: number | null = null;
  /** How a position is said ("Epoch 12.5"). */
  @property({ attribute: false }) accessor formatX: (x: number) => string = String;
  /** Series that the user switched off in the legend. */
  @state() private accessor silent: ReadonlySet<string> = new Set();
  /** The pointer or the focus is in this chart: it alone shows the readout. */
  @state() private accessor attended = false;
  @query(".canvas") private accessor canvas!: HTMLElement | null;
  #plot: PlotCanvas | null = null;

  static override styles = [
    ...sharedStyles,
    unsafeCSS(uplotStyles),
    paletteStyles,
    legendStyles,
    chartStyles,
  ];

  override disconnectedCallback(): void {
    this.#plot?.destroy();
    this.#plot = null;
    super.disconnectedCallback();
  }

  override render() {
    const { figure } = this;
    if (figure === null) return nothing;
    return html`<header>
        <h3>${figure.title}</h3>
        <div class="legend">
          ${chartLegend(figure, this.silent, (id) => this.#toggle(id))}
        </div>
        <div class="tools">${this.#tools(figure)}</div>
      </header>
      <div class="body">${this.asTable ? this.#table(figure) : this.#chart(figure)}</div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.asTable) {
      this.#plot?.destroy();
      this.#plot = null;
      return;
    }
    if (
      changed.has("figure") ||
      changed.has("view") ||
      changed.has("silent") ||
      changed.has("attended") ||
      this.#plot === null
    )
      this.draw();
    if (changed.has("cursor")) this.#plot?.point(this.cursor);
  }

  #tools(figure: Figure) {
    return html`${this.tableButton(figure.title)}
      <button
        class="tool"
        aria-label=${text("resetZoom")}
        title=${text("resetZoom")}
        ?disabled=${this.view.x === null && this.view.y === null}
        @click=${() => this.#setView(WHOLE)}
      >
        ${icon("discard")}
      </button>
      ${this.exportMenu(figure.title, ["svg", "png", "csv"], (format) => this.#export(figure, format))}`;
  }

  #chart(figure: Figure) {
    const { x } = this.view;
    const extent = x ?? xExtent(figure);
    const position = this.cursor ?? extent[1];
    const empty = figure.series.every(({ xs }) => xs.length === 0);
    return html`<div
        class="plot"
        tabindex="0"
        role="slider"
        aria-label="${text("chart", figure.title)}. ${text("chartHelp")}"
        aria-valuemin=${extent[0]}
        aria-valuemax=${extent[1]}
        aria-valuenow=${position}
        aria-valuetext=${this.#spoken(figure, position, extent)}
        @keydown=${this.#key}
        @wheel=${this.#wheel}
        @dblclick=${() => this.#setView(WHOLE)}
        @focus=${() => this.#attend(true)}
        @blur=${() => this.#attend(false)}
        @pointerenter=${() => this.#attend(true)}
        @pointerleave=${() => this.#attend(false)}
      >
        <div class="canvas"></div>
      </div>
      ${empty ? html`<p class="empty">${text("noPoints")}</p>` : nothing}
      ${this.attended && this.cursor !== null ? readoutBox(figure, this.#readings(figure, this.cursor, extent), this.#plot?.place(this.cursor) ?? null, this.formatX) : nothing}`;
  }

  #table(figure: Figure) {
    const { rows, columns } = figureTable(figure, this.formatX, valueText);
    return html`<gyrus-table .label=${figure.title} .rows=${rows} .columns=${columns}></gyrus-table>`;
  }

  #readings(figure: Figure, position: number, extent: readonly [number, number]): readonly Reading[] {
    return readingsAt(this.#shown(figure), position, (extent[1] - extent[0]) * REACH);
  }

  #spoken(figure: Figure, position: number, extent: readonly [number, number]): string {
    const values = this.#readings(figure, position, extent).map(({ series, value, range }) =>
      spokenValue(series, value, range),
    );
    return [this.formatX(position), ...values].join(", ");
  }

  #shown(figure: Figure): Figure {
    const { silent } = this;
    if (silent.size === 0) return figure;
    return { ...figure, series: figure.series.filter(({ id }) => !silent.has(id.replace(/:ghost$/, ""))) };
  }

  #drawn(figure: Figure): Figure {
    const shown = this.#shown(figure);
    return this.attended ? shown : withoutSingles(shown);
  }

  protected override draw(): void {
    const { canvas, figure } = this;
    if (canvas === null || figure === null) return;
    this.#plot ??= new PlotCanvas(canvas, {
      hovered: (x) => this.#hover(x),
      selected: (x, y) => this.#setView({ x, y }),
    });
    const { clientWidth, clientHeight } = canvas;
    this.#plot.draw(this.#drawn(figure), this.view, this.palette, clientWidth, clientHeight);
    this.#plot.point(this.cursor);
  }

  #toggle(id: string): void {
    const silent = new Set(this.silent);
    if (!silent.delete(id)) silent.add(id);
    this.silent = silent;
  }

  #attend(attended: boolean): void {
    this.attended = attended || this.renderRoot.querySelector(".plot:focus, .plot:hover") !== null;
    if (!this.attended) this.#hover(null);
  }

  #hover(x: number | null): void {
    if (x !== this.cursor) this.dispatchEvent(new CustomEvent<number | null>("gyrus-hover", { detail: x }));
  }

  #setView(view: View): void {
    this.dispatchEvent(new CustomEvent<View>("gyrus-view", { detail: view }));
  }

  #export(figure: Figure, format: ExportFormat): void {
    const detail = { figure: this.#shown(figure), view: this.view, format, palette: this.palette };
    this.dispatchEvent(
      new CustomEvent<ExportDetail>("gyrus-export", { detail, bubbles: true, composed: true }),
    );
  }

  #zoom(factor: number, around: number): void {
    if (this.figure === null) return;
    const whole = xExtent(this.figure);
    this.#setView({ ...this.view, x: zoomAround(this.view.x ?? whole, around, factor, whole) });
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (this.cursor !== null) this.#zoom(event.deltaY > 0 ? 1 / ZOOM_STEP : ZOOM_STEP, this.cursor);
  }

  #key(event: KeyboardEvent): void {
    const { figure } = this;
    if (figure === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const whole = xExtent(figure);
    const view = this.view.x ?? whole;
    const middle = this.cursor ?? (view[0] + view[1]) / 2;
    switch (event.key) {
      case "ArrowLeft":
        this.#step(figure, event.shiftKey ? -10 : -1);
        break;
      case "ArrowRight":
        this.#step(figure, event.shiftKey ? 10 : 1);
        break;
      case "Home":
        this.#step(figure, Number.NEGATIVE_INFINITY);
        break;
      case "End":
        this.#step(figure, Number.POSITIVE_INFINITY);
        break;
      case "PageUp":
      case "PageDown": {
        const distance = (view[1] - view[0]) * (event.key === "PageUp" ? -0.5 : 0.5);
        if (this.view.x !== null) this.#setView({ ...this.view, x: pan(view, distance, whole) });
        break;
      }
      case "+":
      case "=":
        this.#zoom(ZOOM_STEP, middle);
        break;
      case "-":
        this.#zoom(1 / ZOOM_STEP, middle);
        break;
      case "0":
      case "Escape":
        this.#setView(WHOLE);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Moves the cursor by so many points; the view follows when the cursor leaves it. */
  #step(figure: Figure, steps: number): void {
    const positions = positionsOf(this.#shown(figure));
    if (positions.length === 0) return;
    const here = this.cursor === null ? -1 : positions.findLastIndex((x) => x <= this.cursor! + 1e-9);
    const from = this.cursor === null && steps < 0 ? positions.length : here;
    const x = positions[Math.min(positions.length - 1, Math.max(0, from + steps))]!;
    const { x: view } = this.view;
    if (view !== null && (x < view[0] || x > view[1])) {
      const distance = x < view[0] ? x - view[0] : x - view[1];
      this.#setView({ ...this.view, x: pan(view, distance, xExtent(figure)) });
    }
    this.attended = true;
    this.#hover(x);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-chart": Chart;
  }
}
