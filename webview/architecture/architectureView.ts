import { html, nothing, type PropertyValues, unsafeCSS } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { NetworkRequest } from "../../src/network/build";
import type { Diagram } from "../../src/network/diagram";
import { ARCHITECTURES } from "../../src/network/zoo/zoo";
import { grouped, layerName, settingsWords, shapeWords } from "../network/drawing/describe";
import { diagramCss } from "../network/drawing/diagramCss";
import { diagramFile } from "../network/drawing/diagramFile";
import { elementId, treeKey } from "../network/drawing/treeItem";
import { build } from "../network/request";
import { networkStrings } from "../network/strings";
import { detailsStyles } from "../network/view/detailsStyles";
import { networkControls, networkControlsStyles } from "../network/view/networkControls";
import { NetworkView } from "../network/view/networkView";
import { diagramTree, exportMenu, refused, sourceProblem, tool } from "../network/view/stage";
import { stageStyles } from "../network/view/stageStyles";
import type { TableColumn } from "../shared/cells";
import "../shared/dataTable";
import { controlValue } from "../shared/events";
import { fileName, rasterise } from "../shared/exportFigure";
import { sharedStyles } from "../shared/styles";
import { textOf } from "../shared/text";
import { details } from "./details";
import { collapsible, type Drawing, drawArchitecture } from "./draw";
import { type DrawingWords, sizesWords } from "./drawing";
import { allNodes, architectureCsv, search } from "./model";
import { architectureStrings } from "./strings";

const text = textOf({ ...networkStrings, ...architectureStrings });

interface ArchitectureState {
  readonly collapsed: readonly string[];
  readonly selected: string | null;
  readonly zoom: number;
  readonly asTable: boolean;
}

const words: DrawingWords = {
  part: (name) => partName(name),
  block: (number) => text("block", number),
  blocksOf: (count, label) => text("blocksOf", count, label),
  get input() {
    return text("input");
  },
  get output() {
    return text("output");
  },
  get columns() {
    return {
      featureMaps: text("featureMaps"),
      layers: text("layers"),
      output: text("output"),
      parameters: text("parameters"),
      receptiveField: text("receptiveField"),
    };
  },
  get wholeInput() {
    return text("wholeInput");
  },
  get identity() {
    return text("identity");
  },
  layerLabel: (...parts) => text("layerLabel", ...parts),
  blockLabel: (...parts) => text("blockLabel", ...parts),
  partLabel: (...parts) => text("partLabel", ...parts),
};

/** The architecture view: draws any network that the user chooses, at any size. */
@customElement("gyrus-architecture")
export class ArchitectureView extends NetworkView<ArchitectureState> {
  @state() private accessor query = "";
  #drawing: Drawing | null = null;
  #reveal = false;

  static override styles = [
    ...sharedStyles,
    networkControlsStyles,
    detailsStyles,
    stageStyles,
    unsafeCSS(diagramCss((variable) => `var(${variable})`)),
  ];

  constructor() {
    super({ collapsed: [], selected: null, zoom: 1, asTable: false });
  }

  override render() {
    const { sourceState } = this;
    if (sourceState === null) return nothing;
    const built = build(this.choice, this.source, false);
    const { request } = built;
    return html`<section class="controls" aria-label=${text("network")}>
        ${networkControls(this.choice, request, this.source, ARCHITECTURES, (choice) => this.change({ choice }))}
        ${built.kind === "network" ? this.#tools(built.diagram, request) : nothing}
        ${sourceProblem(sourceState)}
      </section>
      ${built.kind === "network" ? this.#network(built.diagram) : refused(built.problem)}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const { selected } = this.view;
    if (!this.#reveal || selected === null) return;
    this.#reveal = false;
    this.renderRoot.querySelector(`#${elementId(selected)}`)?.scrollIntoView({ block: "nearest" });
  }

  #tools(diagram: Diagram, request: NetworkRequest) {
    const found = search(diagram, this.query);
    const { asTable, zoom } = this.view;
    const closed = this.view.collapsed.length > 0;
    return html`<div class="search">
        <input
          class="field"
          type="search"
          aria-label=${text("search")}
          placeholder=${text("search")}
          .value=${this.query}
          @input=${(event: Event) => {
            this.query = controlValue(event);
          }}
          @keydown=${(event: KeyboardEvent) => event.key === "Enter" && this.#next(diagram)}
        />
        <span class="muted numeric" role="status"
          >${found === null ? nothing : text("found", found.size, allNodes(diagram).length)}</span
        >
      </div>
      <div class="tools" role="toolbar" aria-label=${text("layers")}>
        ${tool(text(closed ? "expandAll" : "collapseAll"), closed ? "chevron-down" : "chevron-right", () =>
          this.#set({ collapsed: closed ? [] : collapsible(diagram) }),
        )}
        ${tool(text("zoomOut"), "zoom-out", () => this.#set({ zoom: Math.max(0.5, zoom / 1.2) }))}
        ${tool(text("zoomIn"), "zoom-in", () => this.#set({ zoom: Math.min(3, zoom * 1.2) }))}
        ${tool(text(asTable ? "showDiagram" : "showTable"), asTable ? "layers" : "table", () => this.#set({ asTable: !asTable }))}
        ${tool(text("showTransposition"), "arrow-swap", () => this.host.post({ kind: "openView", view: "transposition" }))}
        ${this.source === null ? nothing : tool(text("openSource"), "json", () => this.host.post({ kind: "openSource" }))}
        ${exportMenu((format) => void this.#export(diagram, request, format))}
      </div>`;
  }

  #network(diagram: Diagram) {
    const { selected, asTable } = this.view;
    const node = allNodes(diagram).find(({ path }) => path === selected);
    const summary = text(
      "summary",
      grouped(diagram.parameters),
      shapeWords(diagram.inputSize),
      shapeWords(diagram.outputSize),
    );
    return html`<main class=${asTable ? "table" : ""}>
      <h1 class="spoken">${text("diagram", diagram.architecture)}</h1>
      <div class="stage">
        <p class="summary numeric"><strong>${diagram.architecture}</strong> <span class="muted">${summary}</span></p>
        ${asTable ? this.#table(diagram) : this.#diagram(diagram)}
      </div>
      <aside aria-label=${text("details")}><div class="details">${details(node)}</div></aside>
    </main>`;
  }

  #diagram(diagram: Diagram) {
    const { collapsed, selected, zoom } = this.view;
    const drawing = drawArchitecture(
      diagram,
      { collapsed: new Set(collapsed), selected, found: search(diagram, this.query) },
      words,
      this.lettering,
    );
    this.#drawing = drawing;
    const label = `${text("diagram", diagram.architecture)}. ${text("diagramHelp")}`;
    const choose = (id: string, opens: boolean) => (opens ? this.#toggle(id) : this.#set({ selected: id }));
    return diagramTree(drawing, label, selected, zoom, choose, (event) => this.#key(event));
  }

  #table(diagram: Diagram) {
    const nodes = allNodes(diagram);
    const column = (
      id: string,
      label: string,
      width: number,
      value: (index: number) => string | number,
      align: TableColumn["align"] = "start",
    ): TableColumn => ({
      id,
      label,
      width,
      align,
      value,
      format: (cell) => (typeof cell === "number" ? grouped(cell) : String(cell ?? "")),
    });
    const at = (index: number) => nodes[index]!;
    return html`<gyrus-table
      .label=${text("layers")}
      .rows=${nodes.length}
      .current=${nodes.findIndex(({ path }) => path === this.view.selected)}
      .selectable=${true}
      .columns=${[
        column("path", text("stateDict"), 20, (index) => at(index).path),
        column("kind", text("kind"), 16, (index) => layerName(at(index))),
        column("settings", text("settings"), 26, (index) => settingsWords(at(index))),
        column("output", text("output"), 20, (index) => shapeWords(at(index).output), "end"),
        column("parameters", text("parameters"), 11, (index) => at(index).parameters, "end"),
        column(
          "field",
          text("receptiveField"),
          13,
          (index) => {
            const field = at(index).receptiveField;
            return field === null ? text("wholeInput") : sizesWords(field.size);
          },
          "end",
        ),
      ]}
      @gyrus-row=${({ detail }: CustomEvent<number>) => this.#set({ selected: at(detail).path })}
    ></gyrus-table>`;
  }

  #set(changed: Partial<ArchitectureState>): void {
    this.change({ view: { ...this.view, ...changed } });
  }

  #toggle(id: string): void {
    const collapsed = this.view.collapsed.includes(id)
      ? this.view.collapsed.filter((one) => one !== id)
      : [...this.view.collapsed, id];
    this.#set({ collapsed, selected: id });
  }

  #key(event: KeyboardEvent): void {
    const { select, toggle } = treeKey(event.key, this.#drawing?.items ?? [], this.view.selected);
    if (select === undefined && toggle === undefined) return;
    event.preventDefault();
    this.#reveal = true;
    if (toggle !== undefined) this.#toggle(toggle);
    else if (select !== undefined) this.#set({ selected: select });
  }

  /** Selects the next layer that the search found, opening nothing: what is closed is passed over. */
  #next(diagram: Diagram): void {
    const found = search(diagram, this.query);
    const visible = (this.#drawing?.items ?? []).filter(({ id }) => found?.has(id) === true);
    const at = visible.findIndex(({ id }) => id === this.view.selected);
    const next = visible[(at + 1) % visible.length];
    if (next === undefined) return;
    this.#reveal = true;
    this.#set({ selected: next.id });
  }

  async #export(diagram: Diagram, request: NetworkRequest, format: "svg" | "png" | "csv"): Promise<void> {
    const name = fileName(diagram.architecture, request.inputSize.join("x"));
    const collapsed = new Set(this.view.collapsed);
    const state = { collapsed, selected: null, found: null };
    const drawing = drawArchitecture(diagram, state, words, this.lettering);
    const file = () => diagramFile(drawing, text("diagram", diagram.architecture));
    const content =
      format === "csv" ? architectureCsv(diagram) : format === "svg" ? file() : await rasterise(file(), 2);
    this.host.post({ kind: "save", name: `${name}.${format}`, content });
  }
}

function partName(name: string): string {
  switch (name) {
    case "convolutions":
    case "fc":
    case "encoder":
    case "decoder":
      return text(name);
    default:
      return name;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-architecture": ArchitectureView;
  }
}
