/** The architecture as a drawing: feature maps to scale, layers in blocks, and what each makes and costs. Pure SVG text. */
import type {
  Diagram,
  DiagramBlock,
  DiagramGroup,
  DiagramNode,
  DiagramPart,
} from "../../src/network/drawing/diagram";
import { arrow, chevron } from "../network/drawing/arrow";
import { shapeWords, short } from "../network/drawing/describe";
import { heightOf, heightOfAll } from "../network/drawing/graphLayout";
import { GraphPen } from "../network/drawing/graphPen";
import type { Lettering } from "../network/drawing/lettering";
import { ROW_HEIGHT } from "../network/drawing/row";
import { type Drawn, itemAttributes, type TreeItem } from "../network/drawing/treeItem";
import { drawBody, type Scale, scaleFor } from "../network/drawing/volume";
import { element, textElement } from "../shared/svgText";
import { drawBlockBodies } from "./drawBlockBodies";
import { type Columns, type DrawingState, type DrawingWords, labelOf, statesOf, WIDE } from "./drawing";
import { columnHeads, drawMeasures } from "./measures";

const BLOCK_GAP = 22;
const BLOCK_HEAD = 24;
const INSET = 8;

/** Id of the line of a group, and of a block in it. */
const groupId = (part: string, group: number) => `${part}/${group}`;
const blockId = (part: string, group: number, block: number) => `${part}/${group}/${block}`;

/** Every id that can be collapsed. */
export function collapsible(diagram: Diagram): readonly string[] {
  return diagram.parts.flatMap(({ name, groups }) =>
    groups.flatMap(({ blocks }, group) => [
      ...(blocks.length > 1 ? [groupId(name, group)] : []),
      ...blocks.map((_, block) => blockId(name, group, block)),
    ]),
  );
}

export function drawArchitecture(
  diagram: Diagram,
  state: DrawingState,
  words: DrawingWords,
  lettering: Lettering,
  columns: Columns = WIDE,
): Drawn {
  const pen = new ArchitecturePen(diagram, state, words, lettering, columns);
  pen.drawAll();
  return { markup: pen.markup, width: columns.width, height: pen.y + 12, items: pen.items };
}

class ArchitecturePen {
  y = 12;
  readonly items: TreeItem[] = [];
  readonly #graph: GraphPen;
  readonly #scale: Scale;
  readonly #most: number;
  readonly #diagram: Diagram;
  readonly #state: DrawingState;
  readonly #words: DrawingWords;
  readonly #lettering: Lettering;
  readonly #columns: Columns;

  constructor(
    diagram: Diagram,
    state: DrawingState,
    words: DrawingWords,
    lettering: Lettering,
    columns: Columns,
  ) {
    this.#columns = columns;
    this.#diagram = diagram;
    this.#state = state;
    this.#words = words;
    this.#lettering = lettering;
    this.#graph = new GraphPen({
      lettering,
      selected: state.selected,
      label: (node) => labelOf(node, words),
      states: (node) => statesOf(node, state),
      identity: words.identity,
      join: words.join,
    });

    const blocks = diagram.parts.flatMap(({ groups }) => groups.flatMap((group) => group.blocks));
    this.#scale = scaleFor([diagram.inputSize, ...blocks.map(({ output }) => output)], columns.mapRoom);
    this.#most = Math.max(1, ...blocks.flatMap(({ nodes }) => nodes.map(({ parameters }) => parameters)));
  }

  drawAll(): void {
    const { columns, input } = this.#words;
    this.#put(columnHeads(columns, this.y + 8, this.#columns));
    this.y += 20;
    this.#put(
      element("line", { class: "hairline", x1: 12, x2: this.#columns.width - 8, y1: this.y, y2: this.y }),
    );
    this.y += 14;
    const body = drawBody(this.#diagram.inputSize, this.#columns.maps, this.y, this.#scale, this.#lettering);
    const middle = this.y + body.height / 2;
    const beside = this.#columns.layers + this.#columns.layersWidth / 2;
    this.#put(
      body.markup,
      textElement({ class: "part", x: this.#columns.layers, y: middle + 4 }, input),
      textElement(
        { class: "muted", x: this.#columns.output, y: middle + 4 },
        shapeWords(this.#diagram.inputSize),
      ),
    );
    this.y += body.height;
    this.#arrow(beside, middle + 10, this.y + 10);
    this.y += 14;
    for (const part of this.#diagram.parts) this.#part(part);
    this.#put(
      textElement({ class: "part", x: this.#columns.layers, y: this.y + 12 }, this.#words.output),
      textElement(
        { class: "muted", x: this.#columns.output, y: this.y + 12 },
        shapeWords(this.#diagram.outputSize),
      ),
    );
    this.y += 18;
  }

  get markup(): string {
    return this.#graph.markup;
  }

  #put(...markup: readonly string[]): void {
    this.#graph.put(...markup);
  }

  #part(part: DiagramPart): void {
    const parameters = part.groups.reduce((sum, group) => sum + group.parameters, 0);
    const name = this.#words.part(part.name);
    const item: TreeItem = {
      id: part.name,
      level: 1,
      label: this.#words.partLabel(name, short(parameters)),
      expanded: null,
      top: this.y,
      height: 26,
    };
    this.items.push(item);
    this.#put(
      element(
        "g",
        { class: "heading", ...itemAttributes(item, this.#state.selected === item.id) },
        textElement({ class: "part", x: this.#columns.layers, y: this.y + 16 }, name),
        " ",
        textElement(
          { class: "muted small", x: this.#columns.amount + this.#columns.amountWidth + 8, y: this.y + 16 },
          short(parameters),
        ),
      ),
    );
    this.y += 28;
    let number = 0;
    for (const [g, group] of part.groups.entries()) {
      this.#group(part.name, group, g, number);
      number += group.blocks.length;
    }
    this.y += 4;
  }

  #group(part: string, group: DiagramGroup, g: number, before: number): void {
    const { blocks, label, output, parameters } = group;
    if (blocks.length > 1) {
      const id = groupId(part, g);
      const expanded = !this.#state.collapsed.has(id);
      const title = this.#words.blocksOf(blocks.length, label);
      this.#line(id, 2, title, label, output, parameters, expanded);
      if (!expanded) {
        this.#after();
        return;
      }
    }
    for (const [b, block] of blocks.entries())
      this.#block(blockId(part, g, b), block, before + b + 1, blocks.length > 1 ? 3 : 2);
  }

  /** A line with a chevron: a group, or a block that is closed. */
  #line(
    id: string,
    level: number,
    title: string,
    label: string,
    output: readonly number[],
    parameters: number,
    expanded: boolean,
  ): void {
    const item: TreeItem = {
      id,
      level,
      label: this.#words.blockLabel(title, label, shapeWords(output), short(parameters)),
      expanded,
      top: this.y,
      height: BLOCK_HEAD,
    };
    this.items.push(item);
    const selected = this.#state.selected === id;
    this.#put(
      element(
        "g",
        { class: "opener", ...itemAttributes(item, selected) },
        element("rect", {
          class: selected ? "block selected" : "block",
          x: this.#columns.layers,
          y: this.y,
          width: this.#columns.layersWidth,
          height: BLOCK_HEAD,
          rx: 5,
        }),
        chevron(this.#columns.layers + 14, this.y + BLOCK_HEAD / 2, expanded),
        textElement({ class: "small", x: this.#columns.layers + 26, y: this.y + 16 }, title),
      ),
    );
    if (!expanded) this.#measures(this.y, output, parameters, null);
    this.y += BLOCK_HEAD + (expanded ? 8 : 0);
  }

  #block(id: string, block: DiagramBlock, number: number, level: number): void {
    const title = this.#words.block(number);
    const kinds = block.nodes.map(({ kind }) => kind).join(", ");
    if (this.#state.collapsed.has(id)) {
      this.#line(id, level, `${title}: ${kinds}`, kinds, block.output, block.parameters, false);
      this.#after();
      return;
    }
    const top = this.y;
    const rows = heightOfAll(block.nodes);
    const bodies = drawBlockBodies(block, 0, this.#scale, this.#lettering, this.#columns.maps);
    const height = Math.max(BLOCK_HEAD + rows + INSET, bodies.height + 8);
    const item: TreeItem = {
      id,
      level,
      label: this.#words.blockLabel(title, kinds, shapeWords(block.output), short(block.parameters)),
      expanded: true,
      top,
      height: BLOCK_HEAD,
    };
    this.items.push(item);
    const selected = this.#state.selected === id;
    this.#put(
      element(
        "g",
        { class: "opener", ...itemAttributes(item, selected) },
        element("rect", {
          class: selected ? "block selected" : "block",
          x: this.#columns.layers,
          y: top,
          width: this.#columns.layersWidth,
          height,
          rx: 6,
        }),
        chevron(this.#columns.layers + 14, top + BLOCK_HEAD / 2, true),
        textElement({ class: "muted small", x: this.#columns.layers + 26, y: top + 16 }, title),
      ),
    );
    this.#put(
      drawBlockBodies(
        block,
        top + (height - bodies.height) / 2,
        this.#scale,
        this.#lettering,
        this.#columns.maps,
      ).markup,
    );
    this.y = top + BLOCK_HEAD;
    for (const node of block.nodes) this.#node(node, level + 1);
    this.y = top + height;
    this.#after();
  }

  #node(node: DiagramNode, level: number): void {
    const place = { x: this.#columns.layers, y: this.y, width: this.#columns.layersWidth };
    const height = heightOf(node);
    // A fork has its own margins, and its measures stand beside its end.
    const fork = node.fork !== undefined;
    const inset = { ...place, x: place.x + INSET, width: place.width - 2 * INSET };
    this.items.push(...this.#graph.layer(node, fork ? place : inset, { level }));
    this.#measures(fork ? this.y + height - ROW_HEIGHT - 4 : this.y, node.output, node.parameters, node);
    this.y += height;
  }

  /** Output, parameters and receptive field beside a row. */
  #measures(y: number, output: readonly number[], parameters: number, node: DiagramNode | null): void {
    this.#put(
      drawMeasures({ output, parameters, node }, y, this.#most, this.#words.wholeInput, this.#columns),
    );
  }

  /** The way to the next block. */
  #after(): void {
    this.#arrow(this.#columns.layers + this.#columns.layersWidth / 2, this.y + 2, this.y + BLOCK_GAP - 3);
    this.y += BLOCK_GAP;
  }

  #arrow(x: number, from: number, to: number): void {
    this.#put(arrow(x, from, x, to));
  }
}
