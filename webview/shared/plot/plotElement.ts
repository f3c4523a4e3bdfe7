import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { TableColumn } from "../cells";
import { FramedElement } from "../chart/framedElement";
import { formatMetric } from "../numbers";
import { properties } from "../properties";
import { runStrings } from "../strings";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import { nearestReading, type Plot } from "./plot";
import type { PlotExport, PlotFormat } from "./plotFile";
import { plotStyles } from "./plotStyles";
import { plotFrame, renderPlot } from "./renderPlot";

const text = textOf(runStrings);
/** How near the pointer must be to a reading, in pixels. */
const REACH = 24;

/**
 * A plot with its table twin and its export menu. Its readings are gone through by arrow keys, or by the pointer. Fires `gyrus-person`
 * (row of the group) when one that is a person is clicked or entered, and `gyrus-plot-export` (PlotExport).
 */
@customElement("gyrus-plot")
export class PlotElement extends FramedElement {
  @property({ attribute: false }) accessor plot: Plot | null = null;
  @state() private accessor current = -1;
  @query(".canvas") private accessor canvas!: HTMLElement | null;

  static override styles = [...sharedStyles, plotStyles];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("plot");
    if (before !== undefined && before?.id !== this.plot?.id) this.current = -1;
  }

  override render() {
    const { plot } = this;
    if (plot === null) return nothing;
    return html`<header>
        <h3>${plot.title}</h3>
        <p class="note numeric">${plot.note}</p>
        <div class="tools">
          ${this.tableButton(plot.title)}
          ${this.exportMenu(plot.title, ["svg", "png", "csv", "tsv"], (format) => this.#export(plot, format))}
        </div>
      </header>
      <div class="body">${this.asTable ? plotTable(plot) : this.#chart(plot)}</div>`;
  }

  #chart(plot: Plot) {
    const { current } = this;
    const words = current < 0 || current >= plot.readings ? "" : plot.reading(current).words;
    return html`<div
        class="plot"
        tabindex="0"
        role="slider"
        aria-label="${text("chart", plot.title)}. ${plot.note} ${text("plotHelp")}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, plot.readings - 1)}
        aria-valuenow=${Math.max(0, current)}
        aria-valuetext=${words === "" ? plot.note : words}
        @keydown=${this.#key}
        @pointermove=${this.#point}
        @pointerleave=${() => this.#look(-1)}
        @blur=${() => this.#look(-1)}
        @click=${this.#enter}
      >
        <div class="canvas" aria-hidden="true"></div>
      </div>
      ${words === "" ? nothing : this.#readout(plot, words)}`;
  }

  #readout(plot: Plot, words: string) {
    const frame = this.#frame(plot);
    if (frame === null) return nothing;
    const { x, y } = plot.reading(this.current);
    const flipped = frame.x(x) > frame.left + frame.width / 2;
    const place = { "--left": `${frame.x(x) + (flipped ? -12 : 12)}px`, "--top": `${frame.y(y)}px` };
    return html`<p class="readout ${flipped ? "flipped" : ""}" ${properties(place)}>${words}</p>`;
  }

  protected override updated(): void {
    if (!this.asTable) this.draw();
  }

  #frame(plot: Plot) {
    const { canvas } = this;
    if (canvas === null) return null;
    return plotFrame(plot, { width: canvas.clientWidth, height: canvas.clientHeight }, false);
  }

  protected override draw(): void {
    const { canvas, plot, current } = this;
    if (canvas === null || plot === null || canvas.clientWidth === 0) return;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const drawn = renderPlot(plot, size, this.palette, { titled: false, current });
    const parsed = new DOMParser().parseFromString(drawn, "image/svg+xml");
    canvas.replaceChildren(document.importNode(parsed.documentElement, true));
  }

  #look(reading: number): void {
    this.current = reading;
  }

  #point(event: PointerEvent): void {
    const { plot, canvas } = this;
    if (plot === null || canvas === null) return;
    const frame = this.#frame(plot)!;
    const { left, top } = canvas.getBoundingClientRect();
    const unit = [(plot.x[1] - plot.x[0]) / frame.width, (plot.y[1] - plot.y[0]) / frame.height] as const;
    const place = [
      plot.x[0] + (event.clientX - left - frame.left) * unit[0],
      plot.y[1] - (event.clientY - top - frame.top) * unit[1],
    ] as const;
    this.#look(nearestReading(plot, place, unit, REACH));
  }

  #enter(): void {
    const { plot, current } = this;
    const row = plot === null || current < 0 ? -1 : plot.reading(current).row;
    if (row >= 0) this.dispatchEvent(new CustomEvent<number>("gyrus-person", { detail: row }));
  }

  #key(event: KeyboardEvent): void {
    const last = (this.plot?.readings ?? 0) - 1;
    if (last < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (steps: number) => this.#look(Math.min(last, Math.max(0, this.current + steps)));
    switch (event.key) {
      case "ArrowLeft":
      case "ArrowDown":
        step(event.shiftKey ? -10 : -1);
        break;
      case "ArrowRight":
      case "ArrowUp":
        step(event.shiftKey ? 10 : 1);
        break;
      case "Home":
        this.#look(0);
        break;
      case "End":
        this.#look(last);
        break;
      case "Enter":
        this.#enter();
        break;
      case "Escape":
        this.#look(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #export(plot: Plot, format: PlotFormat): void {
    const detail = { plot, format, palette: this.palette };
    this.dispatchEvent(
      new CustomEvent<PlotExport>("gyrus-plot-export", { detail, bubbles: true, composed: true }),
    );
  }
}

function plotTable({ title, table }: Plot) {
  const columns = table.columns.map((label, place): TableColumn => {
    const words = table.rows > 0 && typeof table.cell(0, place) === "string";
    return {
      id: `${place}`,
      label,
      align: words ? "start" : "end",
      width: Math.max(words ? 12 : 9, label.length),
      value: (row) => table.cell(row, place),
      format: (value) => (typeof value === "number" ? numberText(value) : (value ?? "")),
    };
  });
  return html`<gyrus-table .label=${title} .rows=${table.rows} .columns=${columns}></gyrus-table>`;
}

const numberText = (value: number) =>
  Number.isNaN(value) ? "–" : Number.isInteger(value) ? String(value) : formatMetric(value);

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-plot": PlotElement;
  }
}
