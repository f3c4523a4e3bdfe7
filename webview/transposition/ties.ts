/** What runs between the two sides of a transposition: ties, what travels from pool to unpool, exchanged places. */
import type { Tie } from "../../src/network/transpose";
import { paddingWords } from "../network/drawing/describe";
import type { GraphPen } from "../network/drawing/graphPen";
import type { Lettering } from "../network/drawing/lettering";
import { element, escapeXml, textElement } from "../shared/svgText";
import { INSET, type Places, type TranspositionWords } from "./drawing";
import type { Mirrored } from "./model";
import { ALL, type Step, shows } from "./steps";

/** How ties are drawn: in which words, letters and places. */
export interface TieStyle {
  readonly words: TranspositionWords;
  readonly lettering: Lettering;
  readonly places: Places;
}

/** `graph` has drawn the layers of both sides. `partners`: the selected layer and the one on the other side. */
export function drawTies(
  graph: GraphPen,
  mirrored: Mirrored,
  step: Step | null,
  partners: ReadonlySet<string>,
  style: TieStyle,
): void {
  new TiePen(graph, mirrored, step, partners, style).drawAll();
}

class TiePen {
  readonly #graph: GraphPen;
  readonly #mirrored: Mirrored;
  readonly #step: Step | null;
  readonly #partners: ReadonlySet<string>;
  readonly #words: TranspositionWords;
  readonly #lettering: Lettering;
  readonly #places: Places;

  constructor(
    graph: GraphPen,
    mirrored: Mirrored,
    step: Step | null,
    partners: ReadonlySet<string>,
    { words, lettering, places }: TieStyle,
  ) {
    this.#places = places;
    this.#graph = graph;
    this.#mirrored = mirrored;
    this.#step = step;
    this.#partners = partners;
    this.#words = words;
    this.#lettering = lettering;
  }

  drawAll(): void {
    for (const tie of this.#mirrored.transposition.ties) this.#tie(tie);
    this.#travels();
    this.#exchanges();
  }

  #tie(tie: Tie): void {
    const [from, to] = [this.#graph.middleOf(tie.encoder), this.#graph.middleOf(tie.decoder)];
    if (from === undefined || to === undefined) return;
    const chosen = this.#partners.has(tie.decoder) || this.#step?.ties.has(tie.decoder) === true;
    const quiet = this.#step !== null && !this.#step.ties.has(tie.decoder);
    const { inner, middle } = this.#places;
    const bend = 0.31 * (inner.to - inner.from);
    const d = `M${inner.from - INSET} ${from}C${inner.from + bend} ${from} ${inner.to - bend} ${to} ${inner.to + INSET} ${to}`;
    this.#graph.putBelow(
      element("path", { class: ["tie", chosen ? "chosen" : "", quiet ? "faded" : ""].join(" "), d }),
    );
    // Where two ties cross, each has its words on its own side of the crossing.
    if (chosen) this.#label(middle, (from + to) / 2 - (to - from) * 0.3, this.#ruleWords(tie));
  }

  #ruleWords({ rule }: Tie): string {
    return rule === "copy" ? this.#words.copied : rule.replace(" -> ", " → ");
  }

  /** A text on the ground of the editor, so that lines pass behind it. */
  #label(x: number, y: number, words: string): void {
    const width = this.#lettering.width(words, "small") + 12;
    this.#graph.put(
      element("rect", { class: "ground", x: x - width / 2, y: y - 9, width, height: 18, rx: 4 }),
      textElement({ class: "small", x, y: y + 4, "text-anchor": "middle" }, words),
    );
  }

  /** From each pool to its unpool: where the maxima were, and what was added. */
  #travels(): void {
    for (const { pool, unpool, padding } of this.#mirrored.transposition.travels) {
      const [from, to] = [this.#graph.middleOf(pool), this.#graph.middleOf(unpool)];
      if (from === undefined || to === undefined) continue;
      if (shows(this.#step, "indices")) this.#path(from - 15, to - 15, "indices", this.#words.indices);
      if (padding === undefined || !shows(this.#step, "padding")) continue;
      const planes = paddingWords(padding);
      const label = planes === "" ? this.#words.noPadding : this.#words.padding(planes);
      this.#path(from + 15, to + 15, "planes", label);
    }
  }

  #path(from: number, to: number, kind: "indices" | "planes", label: string): void {
    const { inner, middle } = this.#places;
    const [left, right] = [inner.from - INSET - 14, inner.to + INSET + 14];
    const out = kind === "indices" ? 10 : -10;
    const d =
      `M${left} ${from + out * 0.2}Q${left} ${from} ${left + 14} ${from}` +
      `C${middle} ${from} ${middle} ${to} ${right - 16} ${to}Q${right} ${to} ${right} ${to + out * 0.2}`;
    const moving =
      this.#step?.show[kind === "indices" ? "indices" : "padding"] === true && this.#step.show !== ALL;
    this.#graph.putBelow(element("path", { class: `travel ${kind}${moving ? " moving" : ""}`, d }));
    this.#graph.put(
      element("path", { class: `travel head ${kind}`, d: `M${right - 30} ${(from + to) / 2 - 4}v8l7 -4Z` }),
    );
    this.#label(middle, (from + to) / 2, label);
  }

  /** Where the tie of a convolution and that of an activation cross, two layers have changed places. */
  #exchanges(): void {
    if (!shows(this.#step, "exchanges")) return;
    for (const { convolution, activation } of this.#mirrored.transposition.exchanges) {
      const [a, b] = [this.#graph.middleOf(convolution), this.#graph.middleOf(activation)];
      if (a === undefined || b === undefined) continue;
      const y = (a + b) / 2;
      const { right } = this.#places;
      const x = right.x - 26;
      const sign = [
        element("path", {
          class: "exchange",
          d: `M${right.x + INSET - 2} ${Math.min(a, b)}C${x - 4} ${Math.min(a, b)} ${x - 4} ${Math.max(a, b)} ${right.x + INSET - 2} ${Math.max(a, b)}`,
        }),
        element("circle", { class: "exchange-sign", cx: x + 7, cy: y, r: 10 }),
        element("path", { class: "chevron", d: `M${x + 4} ${y + 4}v-8l-3 3M${x + 10} ${y - 4}v8l3 -3` }),
        element("title", {}, escapeXml(this.#words.exchange)),
      ];
      this.#graph.put(element("g", {}, ...sign));
    }
  }
}
