/** Encoder and decoder face to face: what goes down on the left comes up on the right. Pure SVG text. */
import type { DiagramNode } from "../../src/network/drawing/diagram";
import { arrow } from "../network/drawing/arrow";
import { layerName, settingsWords, shapeWords } from "../network/drawing/describe";
import { heightOf } from "../network/drawing/graphLayout";
import { GraphPen } from "../network/drawing/graphPen";
import type { Lettering } from "../network/drawing/lettering";
import { ROW_HEIGHT } from "../network/drawing/row";
import type { Drawn, TreeItem } from "../network/drawing/treeItem";
import { drawBody, scaleFor } from "../network/drawing/volume";
import { element, textElement } from "../shared/svgText";
import { INSET, type Places, type TranspositionWords, WIDE } from "./drawing";
import { codeOf, type Mirrored, type Pair, tieOf } from "./model";
import { isPart, type Step, shows } from "./steps";
import { drawTies } from "./ties";

const ROW_GAP = 4;
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
  places: Places = WIDE,
): Drawn {
  const pen = new TranspositionPen(mirrored, step, selected, words, lettering, places);
  pen.drawAll();
  return { markup: pen.markup, width: places.width, height: pen.y + 12, items: pen.items };
}

class TranspositionPen {
  y = 14;
  readonly #graph: GraphPen;
  /** By row, from above to below. */
  readonly #left: (readonly TreeItem[])[] = [];
  readonly #right: (readonly TreeItem[])[] = [];
  readonly #mirrored: Mirrored;
  readonly #step: Step | null;
  /** The selected layer and the one on the other side. */
  readonly #partners: ReadonlySet<string>;
  readonly #words: TranspositionWords;
  readonly #lettering: Lettering;
  readonly #places: Places;

  constructor(
    mirrored: Mirrored,
    step: Step | null,
    selected: string | null,
    words: TranspositionWords,
    lettering: Lettering,
    places: Places,
  ) {
    this.#places = places;
    this.#mirrored = mirrored;
    this.#step = step;
    const tie = selected === null ? undefined : tieOf(mirrored, selected);
    this.#partners = new Set(tie === undefined ? [] : [tie.encoder, tie.decoder]);
    this.#words = words;
    this.#lettering = lettering;
    this.#graph = new GraphPen({
      lettering,
      selected,
      label: (node) => words.layerLabel(layerName(node), settingsWords(node), shapeWords(node.output)),
      states: ({ path }) => this.#states(path),
      identity: words.identity,
      join: words.join,
    });
  }

  get markup(): string {
    return this.#graph.markup;
  }

  /** The encoder in its order, then the decoder in its own. */
  get items(): readonly TreeItem[] {
    return [...this.#left, ...this.#right.toReversed()].flat();
  }

  drawAll(): void {
    this.#ends();
    for (const [i, band] of this.#mirrored.bands.entries()) {
      if (i > 0) this.#gap(band);
      this.#band(band);
    }
    this.#code();
    drawTies(this.#graph, this.#mirrored, this.#step, this.#partners, {
      words: this.#words,
      lettering: this.#lettering,
      places: this.#places,
    });
  }

  #put(...markup: readonly string[]): void {
    this.#graph.put(...markup);
  }

  /** Image and reconstruction at the top, and the names of the sides. */
  #ends(): void {
    const { left, right } = this.#places;
    const { inputSize, outputSize } = this.#mirrored.diagram;
    const { encoder, decoder, input: image, output: reconstruction } = this.#words;
    const names = [encoder, decoder].map((name) => this.#lettering.width(name, "part"));
    const captions = [image, reconstruction].map((caption) => this.#lettering.width(caption, "small"));
    const beside = Math.max(...names, ...captions) + 24;
    const scale = scaleFor([inputSize], MAP_ROOM);
    const input = drawBody(inputSize, left.x + beside, this.y, scale, this.#lettering);
    const output = drawBody(outputSize, right.x + beside, this.y, scale, this.#lettering);
    const middle = this.y + input.height / 2;
    this.#put(
      input.markup,
      output.markup,
      textElement({ class: "part", x: left.x, y: middle - 4 }, encoder),
      textElement({ class: "muted small", x: left.x, y: middle + 12 }, image),
      textElement({ class: "part", x: right.x, y: middle - 4 }, decoder),
      textElement({ class: "muted small", x: right.x, y: middle + 12 }, reconstruction),
    );
    this.y += Math.max(input.height, output.height) + 2;
    this.#gap(null);
  }

  /** Of each side. */
  get #middles(): readonly [number, number] {
    const { left, right } = this.#places;
    return [left.x + left.width / 2, right.x + right.width / 2];
  }

  /** Down on the left, up on the right, with the shape of what passes there. */
  #gap(next: readonly Pair[] | null): void {
    const [left, right] = this.#middles;
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
    const height = pairs.reduce((sum, pair) => sum + rowHeight(pair), 0) + 2 * INSET;
    for (const { x, width } of [this.#places.left, this.#places.right])
      this.#graph.putBelow(element("rect", { class: "block", x, y: this.y, width, height, rx: 6 }));
    let top = this.y + INSET;
    for (const pair of pairs) {
      const { encoder, decoder } = pair;
      const row = rowHeight(pair);
      this.#left.push(this.#layer(encoder, this.#places.left, top + (row - heightOf(encoder)) / 2, false));
      this.#right.push(this.#layer(decoder, this.#places.right, top + (row - heightOf(decoder)) / 2, true));
      top += row;
    }
    this.y += height;
  }

  #layer(
    node: DiagramNode,
    { x, width }: { readonly x: number; readonly width: number },
    y: number,
    upwards: boolean,
  ): readonly TreeItem[] {
    const { resized } = this.#mirrored.tieOfDecoder.get(node.path) ?? {};
    const badge =
      resized === undefined || !shows(this.#step, "resized")
        ? ""
        : this.#words.resized(resized.from, resized.to);
    const badgeWidth = badge === "" ? 0 : this.#lettering.width(badge, "badge") + 16;
    const place = { x: x + INSET, y, width: width - 2 * INSET };
    const items = this.#graph.layer(node, place, {
      level: 1,
      upwards,
      ...(badge === "" ? {} : { settings: "" }),
    });
    if (badge === "") return items;
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
    return items;
  }

  /** Layers of a branch stand out, and fade, with the layer that they are in. */
  #states(path: string): readonly string[] {
    const row = this.#mirrored.rowOf.get(path) ?? path;
    const framed = this.#step !== null && isPart(this.#step, this.#mirrored) && this.#step.layers.has(row);
    const states = [...(this.#partners.has(row) ? ["selected"] : []), ...(framed ? ["framed"] : [])];
    return this.#faded(row) ? [...states, "faded"] : states;
  }

  #faded(row: string): boolean {
    return this.#step !== null && !this.#step.layers.has(row);
  }

  /** The bottom of the hour glass. */
  #code(): void {
    const { middle } = this.#places;
    const code = codeOf(this.#mirrored);
    const body = drawBody(code, middle - 30, this.y + 16, scaleFor([code], CODE_ROOM), this.#lettering);
    const [left, right] = this.#middles;
    const turn = this.y + 16 + body.height / 2 - 6;
    this.#put(
      element("path", {
        class: "flow",
        d: `M${left} ${this.y + 4}V${turn - 10}Q${left} ${turn} ${left + 10} ${turn}H${middle - 48}`,
      }),
      element("path", { class: "flow head", d: `M${middle - 48} ${turn - 4}v8l6 -4Z` }),
      element("path", {
        class: "flow",
        d: `M${middle - 22 + body.width} ${turn}H${right - 10}Q${right} ${turn} ${right} ${turn - 10}V${this.y + 9}`,
      }),
      element("path", { class: "flow head", d: `M${right - 4} ${this.y + 10}h8l-4 -6Z` }),
      textElement({ class: "part", x: middle - 30, y: this.y + 10 }, this.#words.code),
      body.markup,
    );
    this.y += 16 + body.height;
  }
}

/** The layers that face each other have the room of the higher of them. */
const rowHeight = ({ encoder, decoder }: Pair) =>
  Math.max(
    heightOf(encoder) + ROW_GAP,
    heightOf(decoder) + ROW_GAP,
    encoder.kind === "PadMaxPool" || encoder.kind === "MaxPool" ? POOL_ROW : 0,
  );
