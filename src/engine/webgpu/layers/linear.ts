import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function linear({ path }: LayerContext<LayerOf<"Linear">>): Step {
  throw new Error(path);
}
