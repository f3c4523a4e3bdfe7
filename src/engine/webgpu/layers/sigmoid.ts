import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function sigmoid({ path }: LayerContext<LayerOf<"Sigmoid">>): Step {
  throw new Error(path);
}
