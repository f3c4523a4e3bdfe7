import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function groupNorm({ path }: LayerContext<LayerOf<"GroupNorm">>): Step {
  throw new Error(path);
}
