import type { DiagramBlock } from "../../src/network/drawing/diagram";
import { arrow } from "../network/drawing/arrow";
import type { Lettering } from "../network/drawing/lettering";
import { drawBody, type Scale } from "../network/drawing/volume";

/** Beside a block, from `x` on: the map that it makes. Before an adaptive pooling also the map with the zeros that are added to it. */
export function drawBlockBodies(
  block: DiagramBlock,
  y: number,
  scale: Scale,
  lettering: Lettering,
  x: number,
): { readonly markup: string; readonly height: number } {
  const padded = block.nodes.find(({ padding }) => padding?.before.some((planes) => planes > 0) === true);
  if (padded === undefined) return drawBody(block.output, x, y, scale, lettering);
  const before = drawBody(padded.input, x, y, scale, lettering, padded.padding?.before ?? []);
  const from = x + before.width + 6;
  const after = (top: number) => drawBody(padded.output, from + 22, top, scale, lettering);
  const height = Math.max(before.height, after(y).height);
  const middle = y + height / 2 - 12;
  return {
    markup:
      before.markup +
      arrow(from, middle, from + 16, middle) +
      after(y + (height - after(y).height) / 2).markup,
    height,
  };
}
