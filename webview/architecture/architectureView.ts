import { html, nothing, type TemplateResult, unsafeCSS } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Diagram } from "../../src/network/drawing/diagram";
import { grouped, shapeWords } from "../network/drawing/describe";
import { diagramCss } from "../network/drawing/diagramCss";
import { type Drawn, type TreeKey, treeKey } from "../network/drawing/treeItem";
import { networkStrings } from "../network/strings";
import { detailsStyles } from "../network/view/detailsStyles";
import { type DiagramState, type DiagramTable, DiagramView, type Subject } from "../network/view/diagramView";
import { joinWords } from "../network/view/joinWords";
import { networkControlsStyles } from "../network/view/networkControls";
import { tool } from "../network/view/stage";
import { stageStyles } from "../network/view/stageStyles";
import { controlValue } from "../shared/events";
import { sharedStyles } from "../shared/styles";
import { textOf } from "../shared/text";
import { details } from "./details";
import { collapsible, drawArchitecture } from "./draw";
import { COMPACT, type DrawingWords, WIDE } from "./drawing";
import { layerTable } from "./layerTable";
import { allNodes, architectureCsv, search } from "./model";
import { architectureStrings } from "./strings";

const text = textOf({ ...networkStrings, ...architectureStrings });

interface ArchitectureState extends DiagramState {
  readonly collapsed: readonly string[];
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
  join: joinWords,
  layerLabel: (...parts) => text("layerLabel", ...parts),
  blockLabel: (...parts) => text("blockLabel", ...parts),
  partLabel: (...parts) => text("partLabel", ...parts),
};

/** The architecture view: draws any network that the user chooses, at any size. */
@customElement("gyrus-architecture")
export class ArchitectureView extends DiagramView<ArchitectureState, Diagram> {
  protected readonly shows = "architecture";
  @state() private accessor query = "";

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

  protected override subjectOf(diagram: Diagram): Subject<Diagram> {
    return { kind: "drawn", subject: diagram };
  }

  protected override diagramOf(diagram: Diagram): Diagram {
    return diagram;
  }

  protected override heading({ architecture }: Diagram): string {
    return text("diagram", architecture);
  }

  protected override help(): string {
    return text("diagramHelp");
  }

  protected override table(diagram: Diagram): DiagramTable {
    return layerTable(diagram);
  }

  protected override csv(diagram: Diagram): string {
    return architectureCsv(diagram);
  }

  protected override summary({ parameters, inputSize, outputSize }: Diagram): string {
    return text("summary", grouped(parameters), shapeWords(inputSize), shapeWords(outputSize));
  }

  protected override draw(diagram: Diagram, purpose: "screen" | "file"): Drawn {
    const collapsed = new Set(this.view.collapsed);
    const marks =
      purpose === "file"
        ? { selected: null, found: null }
        : { selected: this.view.selected, found: search(diagram, this.query) };
    const columns = this.narrow && purpose === "screen" ? COMPACT : WIDE;
    return drawArchitecture(diagram, { collapsed, ...marks }, words, this.lettering, columns);
  }

  protected override pane(diagram: Diagram): TemplateResult | typeof nothing {
    const node = allNodes(diagram).find(({ path }) => path === this.view.selected);
    return node === undefined ? nothing : html`${this.shut()}<div class="details">${details(node)}</div>`;
  }

  protected override search(diagram: Diagram): TemplateResult {
    const found = search(diagram, this.query);
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
    </div>`;
  }

  protected override ownTools(diagram: Diagram): TemplateResult {
    const closed = this.view.collapsed.length > 0;
    return tool(text(closed ? "expandAll" : "collapseAll"), closed ? "chevron-down" : "chevron-right", () =>
      this.set({ collapsed: closed ? [] : collapsible(diagram) }),
    );
  }

  protected override toggle(id: string): void {
    const collapsed = this.view.collapsed.includes(id)
      ? this.view.collapsed.filter((one) => one !== id)
      : [...this.view.collapsed, id];
    this.set({ collapsed, selected: id });
  }

  protected override key(pressed: string, _diagram: Diagram, drawn: Drawn | null): TreeKey {
    return treeKey(pressed, drawn?.items ?? [], this.view.selected);
  }

  /** Selects the next layer that the search found, opening nothing: what is closed is passed over. */
  #next(diagram: Diagram): void {
    const found = search(diagram, this.query);
    const visible = (this.drawn?.items ?? []).filter(({ id }) => found?.has(id) === true);
    const at = visible.findIndex(({ id }) => id === this.view.selected);
    const next = visible[(at + 1) % visible.length];
    if (next !== undefined) this.reveal(next.id);
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
