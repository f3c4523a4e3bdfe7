import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function silu({ path }: LayerContext<LayerOf<"SiLU">>): Step {
  throw new Error(path);
}
