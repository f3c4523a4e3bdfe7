import type { Layer, Sequence } from "./layer";

/** Layers named by their positions, as torch.nn.Sequential names them: "0", "1", ... */
export function sequence(layers: readonly Layer[]): Sequence {
  return layers.map((layer, position) => ({ name: `${position}`, layer }));
}
