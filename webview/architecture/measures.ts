/** The columns beside the layers: what each makes, costs and sees. */

import type { DiagramNode } from "../../src/network/drawing/diagram";
import type { Shape } from "../../src/network/shapes/axes";
import { shapeWords, short } from "../network/drawing/describe";
import { element, textElement } from "../shared/svgText";
import { type Columns, type DrawingWords, sizesWords } from "./drawing";

export function columnHeads(words: DrawingWords["columns"], y: number, columns: Columns): string {
  const heads = [
    [columns.maps, words.featureMaps],
    [columns.layers, words.layers],
    [columns.output, words.output],
    [columns.amount, words.parameters],
  ] as const;
  return [
    ...heads.map(([x, text]) => textElement({ class: "column", x, y }, text)),
    textElement({ class: "column", x: columns.width - 8, y, "text-anchor": "end" }, words.receptiveField),
  ].join("");
}

export interface Measured {
  readonly output: Shape;
  readonly parameters: number;
  /** Null for several layers: what they see is not said. */
  readonly node: DiagramNode | null;
}

/**
 * Output, parameters and receptive field beside the row at `y`; a layer that leaves the shape as it is has no output written.
 * @param most parameters of the largest layer
 * @param wholeInput word for a receptive field of the whole input
 */
export function drawMeasures(
  { output, parameters, node }: Measured,
  y: number,
  most: number,
  wholeInput: string,
  columns: Columns,
): string {
  const baseline = y + 17;
  const same = node !== null && shapeWords(node.input) === shapeWords(output);
  const parts: string[] = [];
  if (!same) parts.push(textElement({ x: columns.output, y: baseline, class: "small" }, shapeWords(output)));
  if (parameters > 0) {
    const width = Math.max(1.5, (parameters / most) * columns.amountWidth);
    parts.push(
      element("rect", { class: "amount", x: columns.amount, y: y + 9, width, height: 8, rx: 1 }),
      textElement(
        { class: "small", x: columns.amount + columns.amountWidth + 8, y: baseline },
        short(parameters),
      ),
    );
  }
  if (node !== null && !same) {
    const { receptiveField: field } = node;
    parts.push(
      textElement(
        { class: "small muted", x: columns.width - 8, y: baseline, "text-anchor": "end" },
        field === null ? wholeInput : sizesWords(field.size),
      ),
    );
  }
  return parts.join("");
}
