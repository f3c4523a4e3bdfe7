/** What the architecture and the transposition view do alike: draw, zoom, select, walk by keyboard, show as table, export. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { NetworkRequest } from "../../../src/network/building/build";
import type { Diagram } from "../../../src/network/drawing/diagram";
import { ARCHITECTURES } from "../../../src/network/zoo/zoo";
import type { TableColumn } from "../../shared/cells";
import "../../shared/dataTable";
import { fileName } from "../../shared/fileName";
import { icon } from "../../shared/icon";
import { rasterise } from "../../shared/rasterise";
import { textOf } from "../../shared/text";
import { diagramFile } from "../drawing/diagramFile";
import { type Drawn, elementId, type TreeKey } from "../drawing/treeItem";
import { build, type NetworkProblem } from "../request";
import { networkStrings } from "../strings";
import { networkControls } from "./networkControls";
import { NetworkView } from "./networkView";
import { diagramTree, exportMenu, refused, sourceProblem, tool } from "./stage";

const text = textOf(networkStrings);
/** 1 fits the width of the pane. */
const ZOOM = { fit: 1, step: 1.2, least: 0.5, most: 6 };
/** In a pane that is narrower the drawing has its compact form, of which the letters are larger there. Pixels. */
const NARROW = 860;
/** PNG files are made for slides and print: two pixels for one. */
const PNG_SCALE = 2;

export interface DiagramState {
  readonly selected: string | null;
  readonly zoom: number;
  readonly asTable: boolean;
}

/** The diagram as a table. */
export interface DiagramTable {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** The layers that each row is about; the first is selected with it. */
  readonly rows: readonly (readonly string[])[];
}

/** What is drawn, or why the network cannot be. */
export type Subject<Drawable> =
  | { readonly kind: "drawn"; readonly subject: Drawable }
  | { readonly kind: "problem"; readonly problem: NetworkProblem };

export abstract class DiagramView<State extends DiagramState, Drawable> extends NetworkView<State> {
  #drawn: Drawn | null = null;
  #first: string | null = null;
  #scrolledTo: string | null = null;
  /** Whether the selected layer must be scrolled to. */
  #reveal = false;
  /** Whether the pane is narrow. */
  @state() protected accessor narrow = false;
  readonly #resized = new ResizeObserver(() => {
    this.narrow = this.clientWidth < NARROW;
  });

  /** "transposition" asks for the autoencoder of a network that is a CNN. */
  protected abstract readonly shows: "architecture" | "transposition";
  protected abstract subjectOf(diagram: Diagram): Subject<Drawable>;
  protected abstract diagramOf(subject: Drawable): Diagram;
  /** Name of the drawing, for those who do not see it and for the exported file. */
  protected abstract heading(subject: Drawable): string;
  /** What the keys do. */
  protected abstract help(): string;
  /** Sizes and parameters in one line. */
  protected abstract summary(subject: Drawable): string;
  protected abstract draw(subject: Drawable, purpose: "screen" | "file"): Drawn;
  protected abstract table(subject: Drawable): DiagramTable;
  protected abstract csv(subject: Drawable): string;
  /** The pane beside the drawing. */
  protected abstract pane(subject: Drawable): TemplateResult | typeof nothing;
  protected abstract key(pressed: string, subject: Drawable, drawn: Drawn | null): TreeKey;
  /** What stands beside the summary. */
  protected lead(_subject: Drawable): TemplateResult | typeof nothing {
    return nothing;
  }
  /** The layer to scroll to, when what is shown of the drawing has changed; null for none. */
  protected shownFirst(_subject: Drawable): string | null {
    return null;
  }
  /** The layer under the pointer is another one now, or none. */
  protected point(_path: string | null): void {}
  /** Opens or closes an item of the drawing. */
  protected toggle(_id: string): void {}
  protected search(_subject: Drawable): TemplateResult | typeof nothing {
    return nothing;
  }
  protected ownTools(_subject: Drawable): TemplateResult | typeof nothing {
    return nothing;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  override render() {
    const { sourceState } = this;
    if (sourceState === null) return nothing;
    const built = build(this.choice, this.source, this.shows === "transposition");
    const shown = built.kind === "network" ? this.subjectOf(built.diagram) : built;
    return html`<section class="controls" aria-label=${text("network")}>
        ${networkControls(this.choice, built.request, this.source, ARCHITECTURES, (choice) => this.change({ choice }))}
        ${shown.kind === "drawn" ? this.#tools(shown.subject, built.request) : nothing}
        ${sourceProblem(sourceState)}
      </section>
      ${shown.kind === "drawn" ? this.#main(shown.subject) : refused(shown.problem)}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const { selected } = this.view;
    if (this.#reveal && selected !== null) this.#scrollTo(selected, "nearest");
    this.#reveal = false;
    if (this.#first === this.#scrolledTo) return;
    this.#scrolledTo = this.#first;
    if (this.#first !== null) this.#scrollTo(this.#first, "center");
  }

  #scrollTo(path: string, block: ScrollLogicalPosition): void {
    this.renderRoot.querySelector(`#${elementId(path)}`)?.scrollIntoView({ block, inline: "nearest" });
  }

  protected set(changed: Partial<State>): void {
    this.change({ view: { ...this.view, ...changed } });
  }

  protected select(path: string | null): void {
    this.change({ view: { ...this.view, selected: path } });
  }

  /** Selects a layer and scrolls to it. */
  protected reveal(path: string): void {
    this.#reveal = true;
    this.select(path);
  }

  /** What was drawn last. */
  protected get drawn(): Drawn | null {
    return this.#drawn;
  }

  #tools(subject: Drawable, request: NetworkRequest) {
    const { asTable, zoom } = this.view;
    const change = (changed: Partial<DiagramState>) => this.change({ view: { ...this.view, ...changed } });
    const other = this.shows === "architecture" ? "transposition" : "architecture";
    return html`${this.search(subject)}
      <div class="tools" role="toolbar" aria-label=${this.heading(subject)}>
        ${this.ownTools(subject)}
        ${tool(text("zoomFit"), "screen-normal", () => change({ zoom: ZOOM.fit }))}
        ${tool(text("zoomOut"), "zoom-out", () => change({ zoom: Math.max(ZOOM.least, zoom / ZOOM.step) }))}
        ${tool(text("zoomIn"), "zoom-in", () => change({ zoom: Math.min(ZOOM.most, zoom * ZOOM.step) }))}
        ${tool(text(asTable ? "showDiagram" : "showTable"), asTable ? "layers" : "table", () => change({ asTable: !asTable }))}
        ${
          other === "transposition"
            ? tool(text("showTransposition"), "arrow-swap", () => this.#open(other))
            : tool(text("showArchitecture"), "layers", () => this.#open(other))
        }
        ${this.source === null ? nothing : tool(text("openSource"), "json", () => this.host.post({ kind: "openSource" }))}
        ${exportMenu((format) => void this.#export(subject, request, format))}
      </div>`;
  }

  #open(view: "architecture" | "transposition"): void {
    this.host.post({ kind: "openView", view });
  }

  #main(subject: Drawable) {
    const { architecture } = this.diagramOf(subject);
    const pane = this.pane(subject);
    return html`<main class=${pane === nothing ? "" : "told"}>
      <h1 class="spoken">${this.heading(subject)}</h1>
      <div class="stage">
        <p class="summary numeric"><strong>${architecture}</strong> <span class="muted">${this.summary(subject)}</span>${this.lead(subject)}</p>
        ${this.view.asTable ? this.#table(subject) : this.#diagram(subject)}
      </div>
      ${pane === nothing ? nothing : html`<aside aria-label=${text("details")}>${pane}</aside>`}
    </main>`;
  }

  #diagram(subject: Drawable) {
    const drawn = this.draw(subject, "screen");
    this.#drawn = drawn;
    this.#first = this.shownFirst(subject);
    const choose = (id: string, opens: boolean) => (opens ? this.toggle(id) : this.select(id));
    const { selected, zoom } = this.view;
    const label = `${this.heading(subject)}. ${this.help()}`;
    return diagramTree(
      drawn,
      label,
      selected,
      zoom,
      choose,
      (event) => this.#key(event, subject),
      (path) => this.point(path),
    );
  }

  #table(subject: Drawable) {
    const { label, columns, rows } = this.table(subject);
    const { selected } = this.view;
    return html`<gyrus-table
      .label=${label}
      .rows=${rows.length}
      .columns=${columns}
      .selectable=${true}
      .current=${rows.findIndex((paths) => selected !== null && paths.includes(selected))}
      @gyrus-row=${({ detail }: CustomEvent<number>) => this.select(rows[detail]?.[0] ?? null)}
    ></gyrus-table>`;
  }

  #key(event: KeyboardEvent, subject: Drawable): void {
    if (this.#zoomKey(event)) return;
    const { select, toggle } = this.key(event.key, subject, this.#drawn);
    if (select === undefined && toggle === undefined) return;
    event.preventDefault();
    this.#reveal = true;
    if (toggle !== undefined) this.toggle(toggle);
    else if (select !== undefined) this.select(select);
  }

  /** 0 fits, + and - make larger and smaller, Escape ends a selection. */
  #zoomKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { zoom, selected } = this.view;
    const change = (changed: Partial<DiagramState>) => this.change({ view: { ...this.view, ...changed } });
    if (event.key === "0") change({ zoom: ZOOM.fit });
    else if (event.key === "+") change({ zoom: Math.min(ZOOM.most, zoom * ZOOM.step) });
    else if (event.key === "-") change({ zoom: Math.max(ZOOM.least, zoom / ZOOM.step) });
    else if (event.key === "Escape" && selected !== null) this.select(null);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Ends the selection, and with it the details. */
  protected shut(): TemplateResult {
    const label = text("closeDetails");
    return html`<button class="tool shut" title=${label} aria-label=${label} @click=${() => this.select(null)}>${icon("close")}</button>`;
  }

  async #export(subject: Drawable, request: NetworkRequest, format: "svg" | "png" | "csv"): Promise<void> {
    const { architecture } = this.diagramOf(subject);
    const kind = this.shows === "transposition" ? [this.shows] : [];
    const name = fileName(architecture, ...kind, request.inputSize.join("x"));
    const file = () => diagramFile(this.draw(subject, "file"), this.heading(subject));
    const content =
      format === "csv" ? this.csv(subject) : format === "svg" ? file() : await rasterise(file(), PNG_SCALE);
    this.host.post({ kind: "save", name: `${name}.${format}`, content });
  }
}
