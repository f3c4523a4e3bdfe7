import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function gelu({ path }: LayerContext<LayerOf<"GELU">>): Step {
  throw new Error(path);
}
