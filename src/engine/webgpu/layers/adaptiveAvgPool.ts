import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function adaptiveAvgPool({ path }: LayerContext<LayerOf<"AdaptiveAvgPool">>): Step {
  throw new Error(path);
}
