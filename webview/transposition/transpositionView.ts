import { css, html, nothing, type TemplateResult, unsafeCSS } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Diagram } from "../../src/network/drawing/diagram";
import { grouped, shapeWords } from "../network/drawing/describe";
import { diagramCss } from "../network/drawing/diagramCss";
import type { Drawn, TreeKey } from "../network/drawing/treeItem";
import { networkStrings } from "../network/strings";
import { detailsStyles } from "../network/view/detailsStyles";
import { type DiagramState, type DiagramTable, DiagramView, type Subject } from "../network/view/diagramView";
import { joinWords } from "../network/view/joinWords";
import { networkControlsStyles } from "../network/view/networkControls";
import { stageStyles } from "../network/view/stageStyles";
import { icon } from "../shared/icon";
import { sharedStyles } from "../shared/styles";
import { textOf } from "../shared/text";
import { details, ruleWords } from "./details";
import { drawTransposition } from "./draw";
import { COMPACT, type TranspositionWords, WIDE } from "./drawing";
import { otherSide } from "./keys";
import { codeOf, type Mirrored, mirror, tieOf } from "./model";
import { explain, isPart, type Step } from "./steps";
import { transpositionStrings } from "./strings";
import { tieCsv, tieTable } from "./table";

const ownText = textOf(transpositionStrings);
const text = textOf({ ...networkStrings, ...transpositionStrings });

interface TranspositionState extends DiagramState {
  /** Step of the explanation; null for the whole picture. */
  readonly step: number | null;
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
  get identity() {
    return text("identity");
  },
  join: joinWords,
  layerLabel: (...parts) => text("layerLabel", ...parts),
};

/** The transposition view: an autoencoder beside the network that it came from, explained step by step. */
@customElement("gyrus-transposition")
export class TranspositionView extends DiagramView<TranspositionState, Mirrored> {
  protected readonly shows = "transposition";
  /** Layer under the pointer. */
  @state() private accessor pointed: string | null = null;

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
      .begin {
        padding-inline: 8px;
        border-color: var(--rim);
      }
      /* It comes and goes with the pointer, from under which the drawing must not move. */
      .origin {
        flex: 1 0 100%;
        min-block-size: 1.4em;
      }
      .told {
        position: relative;
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

  protected override diagramOf({ diagram }: Mirrored): Diagram {
    return diagram;
  }

  protected override heading({ diagram }: Mirrored): string {
    return text("diagram", diagram.architecture);
  }

  protected override help(): string {
    return text("diagramHelp");
  }

  protected override table(mirrored: Mirrored): DiagramTable {
    return tieTable(mirrored, this.heading(mirrored));
  }

  protected override csv(mirrored: Mirrored): string {
    return tieCsv(mirrored);
  }

  protected override subjectOf(diagram: Diagram): Subject<Mirrored> {
    const mirrored = mirror(diagram);
    if (mirrored !== null) return { kind: "drawn", subject: mirrored };
    const { architecture } = diagram;
    const detail = text("notTransposed", architecture);
    return { kind: "problem", problem: { where: architecture, detail, remedy: text("notTransposedRemedy") } };
  }

  protected override summary(mirrored: Mirrored): string {
    const { parameters, inputSize } = mirrored.diagram;
    return text("summary", grouped(parameters), shapeWords(inputSize), shapeWords(codeOf(mirrored)));
  }

  protected override draw(mirrored: Mirrored, purpose: "screen" | "file"): Drawn {
    const places = this.narrow && purpose === "screen" ? COMPACT : WIDE;
    const lit = purpose === "file" ? this.view.selected : this.#lit(mirrored);
    return drawTransposition(mirrored, this.#step(mirrored), lit, words, this.lettering, places);
  }

  protected override point(path: string | null): void {
    this.pointed = path;
  }

  /** The layer under the pointer, else the selected one: it is shown with the one that it came from. */
  #lit(mirrored: Mirrored): string | null {
    const { pointed } = this;
    return pointed !== null && tieOf(mirrored, pointed) !== undefined ? pointed : this.view.selected;
  }

  protected override pane(mirrored: Mirrored): TemplateResult | typeof nothing {
    const step = this.#step(mirrored);
    const told = details(mirrored, this.view.selected);
    if (step === null && told === nothing) return nothing;
    const stepper = step === null ? nothing : this.#stepper(explain(mirrored, ownText), step);
    return html`${stepper}${told === nothing ? nothing : html`<div class="told">${this.shut()}<div class="details">${told}</div></div>`}`;
  }

  /** Begins the explanation; says of the layer that is lit where it came from, and by which rule. */
  protected override lead(mirrored: Mirrored): TemplateResult {
    const lit = this.#lit(mirrored);
    const tie = lit === null ? undefined : tieOf(mirrored, lit);
    return html`${this.#step(mirrored) === null ? html`<button class="tool begin" @click=${() => this.set({ step: 0, asTable: false })}>${icon("play")}${text("begin")}</button>` : nothing}
      <span class="origin" role="status">${tie === undefined ? nothing : text("tieOf", tie.decoder, tie.encoder, ruleWords(tie))}</span>`;
  }

  /** The uppermost layer that the step is about. */
  protected override shownFirst(mirrored: Mirrored): string | null {
    const step = this.#step(mirrored);
    if (step === null || !isPart(step, mirrored)) return null;
    const items = (this.drawn?.items ?? []).filter(({ id }) => step.layers.has(id));
    return items.toSorted((a, b) => a.top - b.top)[0]?.id ?? null;
  }

  protected override key(pressed: string, mirrored: Mirrored): TreeKey {
    const next = otherSide(pressed, mirrored, this.view.selected);
    return next === null ? {} : { select: next };
  }

  /** Step of the explanation that is shown; another network may have fewer of them. */
  #step(mirrored: Mirrored): Step | null {
    const { step } = this.view;
    if (step === null) return null;
    const steps = explain(mirrored, ownText);
    return steps[Math.min(step, steps.length - 1)] ?? null;
  }

  #stepper(steps: readonly Step[], step: Step) {
    const at = steps.findIndex(({ id }) => id === step.id);
    return html`<section class="stepper" aria-label=${text("steps")} @keydown=${(event: KeyboardEvent) => this.#stepKey(event, at, steps.length)}>
      <div class="bar">
        <span class="count numeric">${text("stepOf", at + 1, steps.length)}</span>
        <button class="tool" title=${text("previous")} aria-label=${text("previous")} ?disabled=${at === 0} @click=${() => this.set({ step: at - 1 })}>
          ${icon("chevron-left")}
        </button>
        <button class="tool" title=${text("next")} aria-label=${text("next")} ?disabled=${at === steps.length - 1} @click=${() => this.set({ step: at + 1 })}>
          ${icon("chevron-right")}
        </button>
        <button class="tool" title=${text("leave")} aria-label=${text("leave")} @click=${() => this.set({ step: null })}>
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

  #stepKey(event: KeyboardEvent, at: number, count: number): void {
    if (event.key === "ArrowRight" && at < count - 1) this.set({ step: at + 1 });
    else if (event.key === "ArrowLeft" && at > 0) this.set({ step: at - 1 });
    else if (event.key === "Escape") this.set({ step: null });
    else return;
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-transposition": TranspositionView;
  }
}
