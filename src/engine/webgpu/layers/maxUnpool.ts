import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function maxUnpool({ path }: LayerContext<LayerOf<"MaxUnpool" | "CropMaxUnpool">>): Step {
  throw new Error(path);
}
