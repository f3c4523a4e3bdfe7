import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function convTranspose({ path }: LayerContext<LayerOf<"ConvTranspose">>): Step {
  throw new Error(path);
}
