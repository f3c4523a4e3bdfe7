/** Layers in few words, for drawings, lists and screen readers. */

import type { DiagramNode } from "../../../src/network/drawing/diagram";
import type { Shape } from "../../../src/network/shapes/axes";

const AXES_3D = ["x", "y", "z"];
const AXES_2D = ["rows", "columns"];

/** Names of the spatial axes of a shape of so many. */
export const axisNames = (axes: number): readonly string[] => (axes === 3 ? AXES_3D : AXES_2D);

/** "8 @ 85 × 104 × 90", or "1,300" for a flat one. */
export function shapeWords(shape: Shape): string {
  const [channels, ...spatial] = shape;
  return spatial.length === 0 ? grouped(channels ?? 0) : `${channels} @ ${spatial.join(" × ")}`;
}

/** A whole number with its thousands apart, the same in every language and in exported files. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202F");
}

/** "42.3 M", "13.9 k", "224" */
export function short(value: number): string {
  if (value >= 1e6) return `${trimmed(value / 1e6)} M`;
  if (value >= 1e4) return `${trimmed(value / 1e3)} k`;
  return grouped(value);
}
const trimmed = (value: number) => String(Number(value.toPrecision(3)));

/** Name of a layer as PyTorch has it: "Conv3d", "ReLU". */
export function layerName({ kind, label }: Pick<DiagramNode, "kind" | "label">): string {
  return /^\w+/.exec(label)?.[0] ?? kind;
}

/** What distinguishes the layer, "1 → 8, 3×3×3, stride 2". Strides of 1 and paddings of 0 go without saying. */
export function settingsWords({ attributes, padding }: DiagramNode): string {
  const parts = attributes.map(({ brief }) => brief).filter((brief) => brief !== "");
  if (padding !== undefined) {
    const words = paddingWords(padding.before);
    if (words !== "") parts.push(words);
  }
  return parts.join(", ");
}

/** "+1 x, +1 z": the planes of zeros before each axis; "" for none. */
export function paddingWords(before: readonly number[]): string {
  const names = axisNames(before.length);
  return before.flatMap((planes, axis) => (planes === 0 ? [] : [`+${planes} ${names[axis]}`])).join(", ");
}
