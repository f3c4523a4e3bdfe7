/** Encoder and decoder face to face: what goes down on the left comes up on the right. Pure SVG text. */
import type { DiagramNode } from "../../src/network/diagram";
import type { Tie } from "../../src/network/transpose";
import { arrow } from "../network/drawing/arrow";
import { layerName, paddingWords, settingsWords, shapeWords } from "../network/drawing/describe";
import type { Lettering } from "../network/drawing/lettering";
import { drawRow, ROW_HEIGHT } from "../network/drawing/row";
import { itemAttributes, type TreeItem } from "../network/drawing/treeItem";
import { drawBody, scaleFor } from "../network/drawing/volume";
import { element, textElement } from "../shared/svgText";
import type { TranspositionDrawing, TranspositionWords } from "./drawing";
import { type Mirrored, type Pair, tieOf } from "./model";
import { ALL, type Shown, type Step } from "./steps";

const WIDTH = 1060;
const LEFT = { x: 24, width: 330 };
const RIGHT = { x: WIDTH - 24 - 330, width: 330 };
const INNER = { from: LEFT.x + LEFT.width, to: RIGHT.x };
const MIDDLE = (INNER.from + INNER.to) / 2;
const INSET = 8;
const ROW = ROW_HEIGHT + 4;
/** A pool has three things beside it: its tie, its indices and its padding. */
const POOL_ROW = 54;
const BAND_GAP = 26;
const MAP_ROOM = 84;
const CODE_ROOM = 30;

/** `step`: what of the explanation is shown, null for all. `selected`: a layer, whose tie then stands out. */
export function drawTransposition(
  mirrored: Mirrored,
  step: Step | null,
  selected: string | null,
  words: TranspositionWords,
  lettering: Lettering,
): TranspositionDrawing {
  const pen = new TranspositionPen(mirrored, step, selected, words, lettering);
  pen.drawAll();
  return { markup: pen.markup, width: WIDTH, height: pen.y + 12, items: pen.items };
}

class TranspositionPen {
  y = 14;
  readonly #behind: string[] = [];
  readonly #parts: string[] = [];
  readonly #left: TreeItem[] = [];
  readonly #right: TreeItem[] = [];
  /** Middle of the row of each layer. */
  readonly #rows = new Map<string, number>();
  readonly #mirrored: Mirrored;
  readonly #step: Step | null;
  readonly #selected: string | null;
  readonly #words: TranspositionWords;
  readonly #lettering: Lettering;

  constructor(
    mirrored: Mirrored,
    step: Step | null,
    selected: string | null,
    words: TranspositionWords,
    lettering: Lettering,
  ) {
    this.#mirrored = mirrored;
    this.#step = step;
    this.#selected = selected;
    this.#words = words;
    this.#lettering = lettering;
  }

  get markup(): string {
    return [...this.#behind, ...this.#parts].join("");
  }

  /** The encoder in its order, then the decoder in its own. */
  get items(): readonly TreeItem[] {
    return [...this.#left, ...this.#right.toReversed()];
  }

  drawAll(): void {
    this.#ends();
    for (const [i, band] of this.#mirrored.bands.entries()) {
      if (i > 0) this.#gap(band);
      this.#band(band);
    }
    this.#code();
    for (const tie of this.#mirrored.transposition.ties) this.#tie(tie);
    this.#travels();
    this.#exchanges();
  }

  #put(...markup: readonly string[]): void {
    this.#parts.push(...markup);
  }

  /** Image and reconstruction at the top, and the names of the sides. */
  #ends(): void {
    const { inputSize, outputSize } = this.#mirrored.diagram;
    const { encoder, decoder, input: image, output: reconstruction } = this.#words;
    const names = [encoder, decoder].map((name) => this.#lettering.width(name, "part"));
    const captions = [image, reconstruction].map((caption) => this.#lettering.width(caption, "small"));
    const beside = Math.max(...names, ...captions) + 24;
    const scale = scaleFor([inputSize], MAP_ROOM);
    const input = drawBody(inputSize, LEFT.x + beside, this.y, scale, this.#lettering);
    const output = drawBody(outputSize, RIGHT.x + beside, this.y, scale, this.#lettering);
    const middle = this.y + input.height / 2;
    this.#put(
      input.markup,
      output.markup,
      textElement({ class: "part", x: LEFT.x, y: middle - 4 }, encoder),
      textElement({ class: "muted small", x: LEFT.x, y: middle + 12 }, image),
      textElement({ class: "part", x: RIGHT.x, y: middle - 4 }, decoder),
      textElement({ class: "muted small", x: RIGHT.x, y: middle + 12 }, reconstruction),
    );
    this.y += Math.max(input.height, output.height) + 2;
    this.#gap(null);
  }

  /** Down on the left, up on the right, with the shape of what passes there. */
  #gap(next: readonly Pair[] | null): void {
    const [left, right] = [LEFT.x + LEFT.width / 2, RIGHT.x + RIGHT.width / 2];
    this.#put(
      arrow(left, this.y + 4, left, this.y + BAND_GAP - 4),
      element("line", { class: "flow", x1: right, x2: right, y1: this.y + 8, y2: this.y + BAND_GAP - 4 }),
      element("path", { class: "flow head", d: `M${right - 4} ${this.y + 9}h8l-4 -5Z` }),
    );
    const first = next?.[0];
    if (first !== undefined)
      this.#put(
        textElement({ class: "size", x: left + 12, y: this.y + 17 }, shapeWords(first.encoder.input)),
        textElement({ class: "size", x: right + 12, y: this.y + 17 }, shapeWords(first.decoder.output)),
      );
    this.y += BAND_GAP;
  }

  #band(pairs: readonly Pair[]): void {
    const height = pairs.reduce((sum, { encoder }) => sum + rowHeight(encoder), 0) + 2 * INSET;
    for (const { x, width } of [LEFT, RIGHT])
      this.#behind.push(element("rect", { class: "block", x, y: this.y, width, height, rx: 6 }));
    let top = this.y + INSET;
    for (const { encoder, decoder } of pairs) {
      const row = rowHeight(encoder);
      this.#layer(encoder, LEFT, top + (row - ROW_HEIGHT) / 2, 1, this.#left);
      this.#layer(decoder, RIGHT, top + (row - ROW_HEIGHT) / 2, 1, this.#right);
      top += row;
    }
    this.y += height;
  }

  #layer(
    node: DiagramNode,
    { x, width }: { readonly x: number; readonly width: number },
    y: number,
    level: number,
    items: TreeItem[],
  ): void {
    const item: TreeItem = {
      id: node.path,
      level,
      label: this.#words.layerLabel(layerName(node), settingsWords(node), shapeWords(node.output)),
      expanded: null,
      top: y,
      height: ROW_HEIGHT,
    };
    items.push(item);
    this.#rows.set(node.path, y + ROW_HEIGHT / 2);
    const { resized } = this.#mirrored.tieOfDecoder.get(node.path) ?? {};
    const badge =
      resized === undefined || !this.#shows("resized") ? "" : this.#words.resized(resized.from, resized.to);
    const badgeWidth = badge === "" ? 0 : this.#lettering.width(badge, "badge") + 16;
    const place = { x: x + INSET, y, width: width - 2 * INSET };
    this.#put(
      drawRow(
        node,
        place,
        this.#states(node.path),
        itemAttributes(item, this.#selected === node.path),
        this.#lettering,
        badge === "" ? settingsWords(node) : "",
      ),
    );
    if (badge === "") return;
    const badgeX = place.x + place.width - badgeWidth - 6;
    this.#put(
      element(
        "g",
        { class: this.#faded(node.path) ? "faded" : "" },
        element("rect", {
          class: "badge",
          x: badgeX,
          y: y + 5,
          width: badgeWidth,
          height: ROW_HEIGHT - 10,
          rx: 8,
        }),
        textElement(
          { class: "badge-text", x: badgeX + badgeWidth / 2, y: y + 17, "text-anchor": "middle" },
          badge,
        ),
      ),
    );
  }

  #states(path: string): readonly string[] {
    const states = this.#partners.has(path) ? ["selected"] : [];
    return this.#faded(path) ? [...states, "faded"] : states;
  }

  #faded(path: string): boolean {
    return this.#step !== null && !this.#step.layers.has(path);
  }

  /** The selected layer and the one on the other side. */
  get #partners(): ReadonlySet<string> {
    const tie = this.#selected === null ? undefined : tieOf(this.#mirrored, this.#selected);
    return new Set(tie === undefined ? [] : [tie.encoder, tie.decoder]);
  }

  #shows(what: keyof Shown): boolean {
    return this.#step === null || this.#step.show[what] === true;
  }

  /** The bottom of the hour glass. */
  #code(): void {
    const { bands, diagram } = this.#mirrored;
    const code = bands.at(-1)?.at(-1)?.encoder.output ?? diagram.inputSize;
    const body = drawBody(code, MIDDLE - 30, this.y + 16, scaleFor([code], CODE_ROOM), this.#lettering);
    const [left, right] = [LEFT.x + LEFT.width / 2, RIGHT.x + RIGHT.width / 2];
    const turn = this.y + 16 + body.height / 2 - 6;
    this.#put(
      element("path", {
        class: "flow",
        d: `M${left} ${this.y + 4}V${turn - 10}Q${left} ${turn} ${left + 10} ${turn}H${MIDDLE - 48}`,
      }),
      element("path", { class: "flow head", d: `M${MIDDLE - 48} ${turn - 4}v8l6 -4Z` }),
      element("path", {
        class: "flow",
        d: `M${MIDDLE - 22 + body.width} ${turn}H${right - 10}Q${right} ${turn} ${right} ${turn - 10}V${this.y + 9}`,
      }),
      element("path", { class: "flow head", d: `M${right - 4} ${this.y + 10}h8l-4 -6Z` }),
      textElement({ class: "part", x: MIDDLE - 30, y: this.y + 10 }, this.#words.code),
      body.markup,
    );
    this.y += 16 + body.height;
  }

  #tie(tie: Tie): void {
    const [from, to] = [this.#rows.get(tie.encoder), this.#rows.get(tie.decoder)];
    if (from === undefined || to === undefined) return;
    const chosen = this.#partners.has(tie.decoder) || this.#step?.ties.has(tie.decoder) === true;
    const quiet = this.#step !== null && !this.#step.ties.has(tie.decoder);
    const bend = 110;
    const d = `M${INNER.from - INSET} ${from}C${INNER.from + bend} ${from} ${INNER.to - bend} ${to} ${INNER.to + INSET} ${to}`;
    this.#behind.push(
      element("path", { class: ["tie", chosen ? "chosen" : "", quiet ? "faded" : ""].join(" "), d }),
    );
    if (chosen)
      this.#label(
        MIDDLE - Math.abs(to - from) * 0.9,
        (from + to) / 2 - (to - from) * 0.22,
        this.#ruleWords(tie),
      );
  }

  #ruleWords({ rule }: Tie): string {
    return rule === "copy" ? this.#words.copied : rule.replace(" -> ", " → ");
  }

  /** A text on the ground of the editor, so that lines pass behind it. */
  #label(x: number, y: number, words: string): void {
    const width = this.#lettering.width(words, "small") + 12;
    this.#put(
      element("rect", { class: "ground", x: x - width / 2, y: y - 9, width, height: 18, rx: 4 }),
      textElement({ class: "small", x, y: y + 4, "text-anchor": "middle" }, words),
    );
  }

  /** From each pool to its unpool: where the maxima were, and what was added. */
  #travels(): void {
    for (const { pool, unpool, padding } of this.#mirrored.transposition.travels) {
      const [from, to] = [this.#rows.get(pool), this.#rows.get(unpool)];
      if (from === undefined || to === undefined) continue;
      if (this.#shows("indices")) this.#path(from - 15, to - 15, "indices", this.#words.indices);
      if (padding === undefined || !this.#shows("padding")) continue;
      const planes = paddingWords(padding);
      const label = planes === "" ? this.#words.noPadding : this.#words.padding(planes);
      this.#path(from + 15, to + 15, "planes", label);
    }
  }

  #path(from: number, to: number, kind: "indices" | "planes", label: string): void {
    const [left, right] = [INNER.from - INSET - 14, INNER.to + INSET + 14];
    const out = kind === "indices" ? 10 : -10;
    const d =
      `M${left} ${from + out * 0.2}Q${left} ${from} ${left + 14} ${from}` +
      `C${MIDDLE} ${from} ${MIDDLE} ${to} ${right - 16} ${to}Q${right} ${to} ${right} ${to + out * 0.2}`;
    const moving =
      this.#step?.show[kind === "indices" ? "indices" : "padding"] === true && this.#step.show !== ALL;
    this.#behind.push(element("path", { class: `travel ${kind}${moving ? " moving" : ""}`, d }));
    this.#put(
      element("path", { class: `travel head ${kind}`, d: `M${MIDDLE + 78} ${(from + to) / 2 - 4}v8l7 -4Z` }),
    );
    this.#label(MIDDLE, (from + to) / 2, label);
  }

  /** Where the tie of a convolution and that of an activation cross, two layers have changed places. */
  #exchanges(): void {
    if (!this.#shows("exchanges")) return;
    for (const { convolution, activation } of this.#mirrored.transposition.exchanges) {
      const [a, b] = [this.#rows.get(convolution), this.#rows.get(activation)];
      if (a === undefined || b === undefined) continue;
      const y = (a + b) / 2;
      const x = RIGHT.x - 26;
      this.#put(
        element("path", {
          class: "exchange",
          d: `M${RIGHT.x + INSET - 2} ${Math.min(a, b)}C${x - 4} ${Math.min(a, b)} ${x - 4} ${Math.max(a, b)} ${RIGHT.x + INSET - 2} ${Math.max(a, b)}`,
        }),
        element("circle", { class: "exchange-sign", cx: x + 7, cy: y, r: 10 }),
        element("path", { class: "chevron", d: `M${x + 4} ${y + 4}v-8l-3 3M${x + 10} ${y - 4}v8l3 -3` }),
        element("title", {}, this.#words.exchange),
      );
    }
  }
}

const rowHeight = ({ kind }: DiagramNode) => (kind === "PadMaxPool" || kind === "MaxPool" ? POOL_ROW : ROW);
