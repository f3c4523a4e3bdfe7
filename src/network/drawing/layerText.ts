import { definitionOf, type Layer } from "../layer";

/** One layer in one line, as PyTorch prints it where PyTorch has such a line. */
export function layerText(layer: Layer): string {
  return definitionOf(layer).text(layer);
}
