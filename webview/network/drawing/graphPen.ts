/** Draws the layers of a diagram as a graph: a layer as a row, a fork as ways side by side from one place to their join. */
import type { Join } from "../../../src/network/definition/layerDefinition";
import type { DiagramFork, DiagramNode } from "../../../src/network/drawing/diagram";
import { element, escapeXml, textElement } from "../../shared/svgText";
import { settingsWords } from "./describe";
import {
  branchesHeight,
  type Column,
  columnsOf,
  FORK_HEIGHT,
  forkHeight,
  heightOf,
  heightOfAll,
  JOIN_HEIGHT,
  middleOf,
  waysOf,
} from "./graphLayout";
import { fitted, type Lettering } from "./lettering";
import { drawCard, drawRow, type Placed, ROW_HEIGHT } from "./row";
import { itemAttributes, type TreeItem } from "./treeItem";

/** What a view says of its layers, and which of them stand out. */
export interface GraphStyle {
  readonly lettering: Lettering;
  readonly selected: string | null;
  /** All that the drawing says of a layer, in words. */
  readonly label: (node: DiagramNode) => string;
  /** "selected", "found", "faded". */
  readonly states: (node: DiagramNode) => readonly string[];
  /** Word beside a way without layers. */
  readonly identity: string;
  readonly join: (join: Join) => string;
}

export interface LayerLook {
  /** In the tree of what can be selected. */
  readonly level: number;
  /** What stands beside the name; its settings when absent. */
  readonly settings?: string;
  /** Whether the flow goes from below to above: then a fork begins at its lower end. */
  readonly upwards?: boolean;
}

const JOIN_RADIUS = 8;
const BEND = 10;
/** From the join of a fork, or the layer after it, to its end. */
const LEAD = 3;

export class GraphPen {
  readonly #style: GraphStyle;
  readonly #below: string[] = [];
  readonly #parts: string[] = [];
  readonly #middles = new Map<string, number>();

  constructor(style: GraphStyle) {
    this.#style = style;
  }

  /** All that was drawn, from what lies below to what lies above. */
  get markup(): string {
    return [...this.#below, ...this.#parts].join("");
  }

  put(...markup: readonly string[]): void {
    this.#parts.push(...markup);
  }

  /** Below all that `put` draws, before or after. */
  putBelow(...markup: readonly string[]): void {
    this.#below.push(...markup);
  }

  /** Height of the middle of a layer that was drawn. */
  middleOf(path: string): number | undefined {
    return this.#middles.get(path);
  }

  /**
   * Draws the layer with its upper left corner at `place`, as high as `heightOf` says.
   * @returns what can be selected in it, in the direction of the flow: of a fork the main way first
   */
  layer(
    node: DiagramNode,
    place: Placed,
    { level, settings, upwards = false }: LayerLook,
  ): readonly TreeItem[] {
    this.#middles.set(node.path, place.y + heightOf(node) / 2);
    if (node.fork !== undefined) return this.#fork(node.fork, place, level, upwards);
    const { lettering, selected, label, states } = this.#style;
    const item: TreeItem = {
      id: node.path,
      level,
      label: label(node),
      expanded: null,
      top: place.y,
      height: ROW_HEIGHT,
    };
    const attributes = itemAttributes(item, selected === node.path);
    this.put(drawRow(node, place, states(node), attributes, lettering, settings ?? settingsWords(node)));
    return [item];
  }

  #fork(fork: DiagramFork, place: Placed, level: number, upwards: boolean): readonly TreeItem[] {
    const { y, ...column } = place;
    const height = forkHeight(fork);
    /** Height on the drawing, of what lies so far after the beginning of the fork. */
    const at = (offset: number) => (upwards ? y + height - offset : y + offset);
    const columns = columnsOf(fork, column);
    const main = columns.at(-1)!;
    const last = FORK_HEIGHT + branchesHeight(fork);
    const join = last + JOIN_HEIGHT / 2 + 1;
    const mainX = middleOf(main);
    for (const side of columns.slice(0, -1)) this.#around(mainX, middleOf(side), at(4), at(join));
    const line = (from: number, to: number) =>
      this.put(element("line", { class: "flow", x1: mainX, x2: mainX, y1: at(from), y2: at(to) }));
    line(-2, FORK_HEIGHT);
    line(last, join - JOIN_RADIUS);
    line(join + JOIN_RADIUS, last + JOIN_HEIGHT + 4);
    const span = { top: Math.min(at(FORK_HEIGHT), at(last)), bottom: Math.max(at(FORK_HEIGHT), at(last)) };
    const ways = waysOf(fork)
      .map((nodes, way) => ({ nodes, column: columns[way]! }))
      .toReversed();
    const items = ways.flatMap(({ nodes, column }) => this.#way(nodes, column, span, level, upwards));
    this.put(drawJoin(mainX, at(join), fork.join, this.#style.join(fork.join)));
    if (fork.after !== undefined) {
      const edge = at(last + JOIN_HEIGHT + 4);
      this.put(drawCard(fork.after, "activation", { ...main, y: upwards ? edge - ROW_HEIGHT : edge }));
    }
    return items;
  }

  /** From the main way out to the side, along it, and back to the join. */
  #around(mainX: number, sideX: number, from: number, joinY: number): void {
    const bend = Math.sign(joinY - from) * BEND;
    this.put(
      element("path", {
        class: "shortcut",
        d:
          `M${mainX} ${from}H${sideX + BEND}Q${sideX} ${from} ${sideX} ${from + bend}` +
          `V${joinY - bend}Q${sideX} ${joinY} ${sideX + BEND} ${joinY}H${mainX - JOIN_RADIUS - 5}`,
      }),
      element("path", { class: "shortcut head", d: `M${mainX - JOIN_RADIUS - 6} ${joinY - 4}v8l6 -4Z` }),
    );
  }

  /** From the line of a way to the main line of a fork in it, and back. */
  #lead(fork: DiagramFork, { y, ...column }: Placed, upwards: boolean): void {
    const [way, main] = [middleOf(column), middleOf(columnsOf(fork, column).at(-1)!)];
    const height = forkHeight(fork);
    const at = (offset: number) => (upwards ? y + height - offset : y + offset);
    this.put(
      element("path", { class: "flow", d: `M${way} ${at(-2)}V${at(4)}H${main}` }),
      element("path", {
        class: "flow",
        d: `M${main} ${at(height - LEAD)}V${at(height - 1)}H${way}V${at(height + 2)}`,
      }),
    );
  }

  /** The layers of a way in the middle of its height; the line of the way passes behind them. */
  #way(
    nodes: readonly DiagramNode[],
    column: Column,
    { top, bottom }: { readonly top: number; readonly bottom: number },
    level: number,
    upwards: boolean,
  ): readonly TreeItem[] {
    if (nodes.length === 0) {
      const { identity, lettering } = this.#style;
      const beside = { x: middleOf(column) + 8, y: (top + bottom) / 2 + 4 };
      const word = fitted(identity, "small", column.width / 2 + 4, lettering);
      this.put(textElement({ class: "muted small", ...beside }, word));
      return [];
    }
    const height = heightOfAll(nodes);
    const first = (top + bottom - height) / 2;
    this.put(element("rect", { class: "ground", ...column, y: first, height }));
    let passed = 0;
    return nodes.flatMap((node) => {
      const own = heightOf(node);
      const place = { ...column, y: upwards ? first + height - passed - own : first + passed };
      passed += own;
      if (node.fork !== undefined) this.#lead(node.fork, place, upwards);
      return this.layer(node, place, { level, upwards });
    });
  }
}

/** A circle with the sign of what happens to the values that meet in it. */
function drawJoin(x: number, y: number, join: Join, words: string): string {
  return element(
    "g",
    {},
    element("circle", { class: "sum", cx: x, cy: y, r: JOIN_RADIUS }),
    element("path", { class: "chevron", d: joinSign(x, y, join) }),
    element("title", {}, escapeXml(words)),
  );
}

function joinSign(x: number, y: number, join: Join): string {
  switch (join) {
    case "add":
      return `M${x - 4} ${y}h8M${x} ${y - 4}v8`;
    case "multiply":
      return `M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`;
    case "concatenate":
      return `M${x - 2} ${y - 4}v8M${x + 2} ${y - 4}v8`;
  }
}
