import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function tanh({ path }: LayerContext<LayerOf<"Tanh">>): Step {
  throw new Error(path);
}
