import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function padMaxPool({ path }: LayerContext<LayerOf<"PadMaxPool">>): Step {
  throw new Error(path);
}
