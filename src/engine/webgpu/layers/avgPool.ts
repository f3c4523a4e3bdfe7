import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function avgPool({ path }: LayerContext<LayerOf<"AvgPool">>): Step {
  throw new Error(path);
}
