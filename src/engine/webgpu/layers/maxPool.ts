import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function maxPool({ path }: LayerContext<LayerOf<"MaxPool">>): Step {
  throw new Error(path);
}
