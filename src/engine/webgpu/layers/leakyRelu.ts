import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function leakyRelu({ path }: LayerContext<LayerOf<"LeakyReLU">>): Step {
  throw new Error(path);
}
