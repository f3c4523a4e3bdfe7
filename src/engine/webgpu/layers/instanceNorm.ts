import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function instanceNorm({ path }: LayerContext<LayerOf<"InstanceNorm">>): Step {
  throw new Error(path);
}
