import { css, html, nothing, type PropertyValues, unsafeCSS } from "lit";
import { customElement } from "lit/decorators.js";
import type { NetworkRequest } from "../../src/network/build";
import { ARCHITECTURES } from "../../src/network/zoo/zoo";
import { grouped, shapeWords } from "../network/drawing/describe";
import { diagramCss } from "../network/drawing/diagramCss";
import { diagramFile } from "../network/drawing/diagramFile";
import { elementId } from "../network/drawing/treeItem";
import { build } from "../network/request";
import { networkStrings } from "../network/strings";
import { detailsStyles } from "../network/view/detailsStyles";
import { networkControls, networkControlsStyles } from "../network/view/networkControls";
import { NetworkView } from "../network/view/networkView";
import { diagramTree, exportMenu, refused, sourceProblem, tool } from "../network/view/stage";
import { stageStyles } from "../network/view/stageStyles";
import { toCsv } from "../shared/chart/csv";
import "../shared/dataTable";
import { fileName, rasterise } from "../shared/exportFigure";
import { icon } from "../shared/icon";
import { sharedStyles } from "../shared/styles";
import { textOf } from "../shared/text";
import { details } from "./details";
import { drawTransposition } from "./draw";
import type { TranspositionWords } from "./drawing";
import { otherSide } from "./keys";
import { type Mirrored, mirror } from "./model";
import { explain, type Step } from "./steps";
import { transpositionStrings } from "./strings";
import { tieColumns, tieRows } from "./table";

const ownText = textOf(transpositionStrings);
const text = textOf({ ...networkStrings, ...transpositionStrings });

interface TranspositionState {
  readonly selected: string | null;
  /** Step of the explanation; null for the whole picture. */
  readonly step: number | null;
  readonly zoom: number;
  readonly asTable: boolean;
}

const words: TranspositionWords = {
  get encoder() {
    return text("encoder");
  },
  get decoder() {
    return text("decoder");
  },
  get input() {
    return text("input");
  },
  get output() {
    return text("output");
  },
  get code() {
    return text("code");
  },
  get indices() {
    return text("indices");
  },
  padding: (planes) => text("padding", planes),
  get noPadding() {
    return text("noPadding");
  },
  get exchange() {
    return text("exchange");
  },
  resized: (from, to) => text("resizedBadge", from, to),
  get copied() {
    return text("copied");
  },
  layerLabel: (...parts) => text("layerLabel", ...parts),
};

/** The transposition view: an autoencoder beside the network that it came from, explained step by step. */
@customElement("gyrus-transposition")
export class TranspositionView extends NetworkView<TranspositionState> {
  #reveal = false;

  static override styles = [
    ...sharedStyles,
    networkControlsStyles,
    detailsStyles,
    stageStyles,
    unsafeCSS(diagramCss((variable) => `var(${variable})`)),
    css`
      .stepper {
        display: grid;
        gap: 8px;
        padding: 14px 16px;
        border-block-end: 1px solid var(--rim);
      }
      .stepper .bar {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .stepper .count {
        flex: 1;
        color: var(--muted);
        font-size: 12px;
      }
      .stepper h2 {
        font-size: 14px;
      }
      .stepper .begin {
        justify-self: start;
        padding-inline: 8px;
        border-color: var(--rim);
      }
      .dots {
        display: flex;
        gap: 4px;
      }
      .dots span {
        flex: 1;
        block-size: 3px;
        border-radius: 2px;
        background: color-mix(in srgb, var(--vscode-foreground) 22%, transparent);
        forced-color-adjust: none;
      }
      .dots .done {
        background: var(--vscode-focusBorder);
      }
    `,
  ];

  constructor() {
    super({ selected: null, step: null, zoom: 1, asTable: false });
  }

  override render() {
    const { sourceState } = this;
    if (sourceState === null) return nothing;
    const built = build(this.choice, this.source, true);
    const mirrored = built.kind === "network" ? mirror(built.diagram) : null;
    return html`<section class="controls" aria-label=${text("network")}>
        ${networkControls(this.choice, built.request, this.source, ARCHITECTURES, (choice) => this.change({ choice }))}
        ${mirrored === null ? nothing : this.#tools(mirrored, built.request)}
        ${sourceProblem(sourceState)}
      </section>
      ${built.kind === "problem" ? refused(built.problem) : nothing}
      ${built.kind === "network" && mirrored === null ? refused(this.#notTransposed(built.diagram.architecture)) : nothing}
      ${mirrored === null ? nothing : this.#network(mirrored)}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const { selected } = this.view;
    if (!this.#reveal || selected === null) return;
    this.#reveal = false;
    this.renderRoot.querySelector(`#${elementId(selected)}`)?.scrollIntoView({ block: "nearest" });
  }

  #notTransposed(architecture: string) {
    return {
      where: architecture,
      detail: text("notTransposed", architecture),
      remedy: text("notTransposedRemedy"),
    };
  }

  #tools(mirrored: Mirrored, request: NetworkRequest) {
    const { asTable, zoom } = this.view;
    return html`<div class="tools" role="toolbar" aria-label=${text("diagram", mirrored.diagram.architecture)}>
      ${tool(text("zoomOut"), "zoom-out", () => this.#set({ zoom: Math.max(0.5, zoom / 1.2) }))}
      ${tool(text("zoomIn"), "zoom-in", () => this.#set({ zoom: Math.min(3, zoom * 1.2) }))}
      ${tool(text(asTable ? "showDiagram" : "showTable"), asTable ? "layers" : "table", () => this.#set({ asTable: !asTable }))}
      ${tool(text("showArchitecture"), "layers", () => this.host.post({ kind: "openView", view: "architecture" }))}
      ${this.source === null ? nothing : tool(text("openSource"), "json", () => this.host.post({ kind: "openSource" }))}
      ${exportMenu((format) => void this.#export(mirrored, request, format))}
    </div>`;
  }

  #network(mirrored: Mirrored) {
    const { diagram } = mirrored;
    const steps = explain(mirrored, ownText);
    const { selected, zoom, asTable } = this.view;
    const step = this.view.step === null ? null : (steps[Math.min(this.view.step, steps.length - 1)] ?? null);
    const code = mirrored.bands.at(-1)?.at(-1)?.encoder.output ?? diagram.inputSize;
    const label = `${text("diagram", diagram.architecture)}. ${text("diagramHelp")}`;
    const drawn = drawTransposition(mirrored, step, selected, words, this.lettering);
    return html`<main>
      <h1 class="spoken">${text("diagram", diagram.architecture)}</h1>
      <div class="stage">
        <p class="summary numeric">
          <strong>${diagram.architecture}</strong>
          <span class="muted">${text("summary", grouped(diagram.parameters), shapeWords(diagram.inputSize), shapeWords(code))}</span>
        </p>
        ${
          asTable
            ? html`<gyrus-table
                .label=${text("diagram", diagram.architecture)}
                .rows=${tieRows(mirrored).length}
                .columns=${tieColumns(mirrored)}
                .selectable=${true}
                .current=${tieRows(mirrored).findIndex(({ decoder, encoder }) => selected === decoder || selected === encoder)}
                @gyrus-row=${({ detail }: CustomEvent<number>) => this.#set({ selected: tieRows(mirrored)[detail]?.decoder ?? null })}
              ></gyrus-table>`
            : diagramTree(
                drawn,
                label,
                selected,
                zoom,
                (id) => this.#set({ selected: id }),
                (event) => this.#key(event, mirrored),
              )
        }
      </div>
      <aside aria-label=${text("details")}>
        ${this.#stepper(steps, step)}
        <div class="details">${details(mirrored, selected)}</div>
      </aside>
    </main>`;
  }

  #stepper(steps: readonly Step[], step: Step | null) {
    if (step === null)
      return html`<section class="stepper" aria-label=${text("steps")}>
        <button class="tool begin" @click=${() => this.#set({ step: 0, asTable: false })}>${icon("play")}${text("begin")}</button>
      </section>`;
    const at = steps.indexOf(step);
    return html`<section class="stepper" aria-label=${text("steps")} @keydown=${(event: KeyboardEvent) => this.#stepKey(event, at, steps.length)}>
      <div class="bar">
        <span class="count numeric">${text("stepOf", at + 1, steps.length)}</span>
        <button class="tool" title=${text("previous")} aria-label=${text("previous")} ?disabled=${at === 0} @click=${() => this.#set({ step: at - 1 })}>
          ${icon("chevron-left")}
        </button>
        <button class="tool" title=${text("next")} aria-label=${text("next")} ?disabled=${at === steps.length - 1} @click=${() => this.#set({ step: at + 1 })}>
          ${icon("chevron-right")}
        </button>
        <button class="tool" title=${text("leave")} aria-label=${text("leave")} @click=${() => this.#set({ step: null })}>
          ${icon("close")}
        </button>
      </div>
      <div class="dots" aria-hidden="true">${steps.map((_, i) => html`<span class=${i <= at ? "done" : ""}></span>`)}</div>
      <div role="status">
        <h2>${step.title}</h2>
        <p>${step.text}</p>
      </div>
    </section>`;
  }

  #set(changed: Partial<TranspositionState>): void {
    this.change({ view: { ...this.view, ...changed } });
  }

  #stepKey(event: KeyboardEvent, at: number, count: number): void {
    if (event.key === "ArrowRight" && at < count - 1) this.#set({ step: at + 1 });
    else if (event.key === "ArrowLeft" && at > 0) this.#set({ step: at - 1 });
    else if (event.key === "Escape") this.#set({ step: null });
    else return;
    event.preventDefault();
  }

  #key(event: KeyboardEvent, mirrored: Mirrored): void {
    const next = otherSide(event.key, mirrored, this.view.selected);
    if (next === null) return;
    event.preventDefault();
    this.#reveal = true;
    this.#set({ selected: next });
  }

  async #export(mirrored: Mirrored, request: NetworkRequest, format: "svg" | "png" | "csv"): Promise<void> {
    const { architecture } = mirrored.diagram;
    const name = fileName(architecture, "transposition", request.inputSize.join("x"));
    const steps = explain(mirrored, ownText);
    const step = this.view.step === null ? null : (steps[this.view.step] ?? null);
    const file = () =>
      diagramFile(
        drawTransposition(mirrored, step, this.view.selected, words, this.lettering),
        text("diagram", architecture),
      );
    const columns = tieColumns(mirrored);
    const csv = () =>
      toCsv([
        columns.map(({ label }) => label),
        ...tieRows(mirrored).map((_, row) => columns.map(({ value }) => String(value(row) ?? ""))),
      ]);
    const content = format === "csv" ? csv() : format === "svg" ? file() : await rasterise(file(), 2);
    this.host.post({ kind: "save", name: `${name}.${format}`, content });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-transposition": TranspositionView;
  }
}
