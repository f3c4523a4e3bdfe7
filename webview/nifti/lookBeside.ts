import { type LayerLook, lookAlone, usualLook } from "../shared/volume/layerLook";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import type { LayerStack } from "../shared/volume/layers/layerStack";

/** How a layer is seen once it stands beside the image, or lies over it again: images in gray or in colour, others as they are. */
export function lookBeside(layer: KeptLayer, stack: LayerStack, beside: boolean): LayerLook | null {
  const read = stack.of(layer.uri);
  if (layer.look === null || read.kind !== "ready") return layer.look;
  const { volume } = read.source;
  if (read.values !== "image") return { ...layer.look, visible: true };
  return beside ? lookAlone("image", volume) : usualLook("image", volume);
}
