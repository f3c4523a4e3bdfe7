import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function batchNorm({ path }: LayerContext<LayerOf<"BatchNorm">>): Step {
  throw new Error(path);
}
