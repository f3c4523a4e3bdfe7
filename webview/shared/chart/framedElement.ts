/**
 * What a chart and a plot have in common: a button to the table in its place, a menu to take it away, colours that follow the theme, and
 * that it is drawn anew when its size changes.
 */
import { html, LitElement, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import "../dataTable";
import "../menu";
import { icon } from "../icon";
import { runStrings } from "../strings";
import { textOf } from "../text";
import type { Palette } from "./palette";
import { onThemeChange, readPalette } from "./readPalette";

const text = textOf(runStrings);

const FORMATS = { svg: "exportSvg", png: "exportPng", csv: "exportCsv", tsv: "exportTsv" } as const;

export abstract class FramedElement extends LitElement {
  @state() protected accessor asTable = false;
  #palette: Palette | null = null;
  #stopWatching = () => {};
  #resized = new ResizeObserver(() => this.draw());

  /** Draws what is shown; does nothing where there is no place or nothing to draw. */
  protected abstract draw(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#stopWatching = onThemeChange(() => {
      this.#palette = null;
      this.draw();
    });
  }

  override disconnectedCallback(): void {
    this.#stopWatching();
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  protected get palette(): Palette {
    this.#palette ??= readPalette(this);
    return this.#palette;
  }

  protected tableButton(title: string): TemplateResult {
    const label = text(this.asTable ? "showChart" : "showTable");
    return html`<button
      class="tool"
      aria-pressed=${this.asTable}
      aria-label="${label}: ${title}"
      title=${label}
      @click=${() => {
        this.asTable = !this.asTable;
      }}
    >
      ${icon(this.asTable ? "graph-line" : "table")}
    </button>`;
  }

  protected exportMenu<Format extends keyof typeof FORMATS>(
    title: string,
    formats: readonly Format[],
    choose: (format: Format) => void,
  ): TemplateResult {
    return html`<gyrus-menu
      .label=${`${text("export")}: ${title}`}
      .icon=${"export"}
      .items=${formats.map((id) => ({ id, label: text(FORMATS[id]) }))}
      @gyrus-choose=${({ detail }: CustomEvent<Format>) => choose(detail)}
    ></gyrus-menu>`;
  }
}
