/** A residual block: body and shortcut side by side, from the same input to the same sum. */
import type { DiagramNode } from "../../src/network/diagram";
import type { Lettering } from "../network/drawing/lettering";
import { drawRow, ROW_HEIGHT } from "../network/drawing/row";
import { itemAttributes, type TreeItem } from "../network/drawing/treeItem";
import { element, textElement } from "../shared/svgText";
import { COLUMNS, type DrawingState, type DrawingWords, LAYERS_WIDTH, labelOf, statesOf } from "./drawing";

const FORK = 18;
const SUM = 26;
const SUM_RADIUS = 8;
const SHORTCUT = { x: COLUMNS.layers + 12, width: 126 };
const BODY = { x: COLUMNS.layers + 156, width: LAYERS_WIDTH - 156 - 12 };

const isShortcut = (block: DiagramNode, { path }: DiagramNode) =>
  path.startsWith(`${block.path}.downsample.`);

const bodyOf = (block: DiagramNode) => block.nested.filter((node) => !isShortcut(block, node));
const shortcutOf = (block: DiagramNode) => block.nested.filter((node) => isShortcut(block, node));

export function residualHeight(block: DiagramNode): number {
  const rows = Math.max(bodyOf(block).length, shortcutOf(block).length);
  return FORK + rows * ROW_HEIGHT + SUM + ROW_HEIGHT + 6;
}

export function drawResidual(
  block: DiagramNode,
  y: number,
  level: number,
  state: DrawingState,
  words: DrawingWords,
  lettering: Lettering,
): { readonly markup: string; readonly items: readonly TreeItem[] } {
  const [body, shortcut] = [bodyOf(block), shortcutOf(block)];
  const items: TreeItem[] = [];
  const rowsTop = y + FORK;
  const rowsBottom = rowsTop + Math.max(body.length, shortcut.length) * ROW_HEIGHT;
  const bodyX = BODY.x + BODY.width / 2;
  const shortcutX = SHORTCUT.x + SHORTCUT.width / 2;
  const sumY = rowsBottom + SUM / 2 + 1;
  const row = (node: DiagramNode, place: { readonly x: number; readonly width: number }, top: number) => {
    const item: TreeItem = {
      id: node.path,
      level,
      label: labelOf(node, words),
      expanded: null,
      top,
      height: ROW_HEIGHT,
    };
    items.push(item);
    const attributes = itemAttributes(item, state.selected === node.path);
    // The way of the shortcut passes behind its layers.
    const ground = element("rect", { class: "ground", ...place, y: top, height: ROW_HEIGHT });
    return ground + drawRow(node, { ...place, y: top }, statesOf(node, state), attributes, lettering);
  };
  const bodyRows = body.map((node, i) => row(node, BODY, rowsTop + i * ROW_HEIGHT));
  const centred = rowsTop + (rowsBottom - rowsTop - shortcut.length * ROW_HEIGHT) / 2;
  const shortcutRows = shortcut.map((node, i) => row(node, SHORTCUT, centred + i * ROW_HEIGHT));
  const bend = 10;
  const around =
    `M${bodyX} ${y + 4}H${shortcutX + bend}Q${shortcutX} ${y + 4} ${shortcutX} ${y + 4 + bend}` +
    `V${sumY - bend}Q${shortcutX} ${sumY} ${shortcutX + bend} ${sumY}H${bodyX - SUM_RADIUS - 5}`;
  const markup = [
    element("path", { class: "shortcut", d: around }),
    element("path", {
      class: "shortcut head",
      d: `M${bodyX - SUM_RADIUS - 6} ${sumY - 4}v8l6 -4Z`,
    }),
    element("line", { class: "flow", x1: bodyX, x2: bodyX, y1: y - 2, y2: rowsTop }),
    element("line", { class: "flow", x1: bodyX, x2: bodyX, y1: rowsBottom, y2: sumY - SUM_RADIUS }),
    element("line", { class: "flow", x1: bodyX, x2: bodyX, y1: sumY + SUM_RADIUS, y2: rowsBottom + SUM + 4 }),
    ...(shortcut.length === 0
      ? [
          textElement(
            { class: "muted small", x: shortcutX + 8, y: (rowsTop + rowsBottom) / 2 + 4 },
            words.identity,
          ),
        ]
      : shortcutRows),
    ...bodyRows,
    element("circle", { class: "sum", cx: bodyX, cy: sumY, r: SUM_RADIUS }),
    element("path", { class: "chevron", d: `M${bodyX - 4} ${sumY}h8M${bodyX} ${sumY - 4}v8` }),
    activationRow(rowsBottom + SUM + 4),
  ].join("");
  return { markup, items };
}

/** The ReLU that follows the sum belongs to the block: it has no name of its own in the network. */
function activationRow(y: number): string {
  const { x, width } = BODY;
  return element(
    "g",
    { class: "layer activation" },
    element("rect", { class: "card", x, y: y + 1, width, height: ROW_HEIGHT - 2, rx: 4 }),
    element("rect", { class: "bar", x, y: y + 1, width: 4, height: ROW_HEIGHT - 2, rx: 2 }),
    textElement({ class: "name", x: x + 12, y: y + 17 }, "ReLU"),
  );
}
