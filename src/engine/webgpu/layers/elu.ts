import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function elu({ path }: LayerContext<LayerOf<"ELU">>): Step {
  throw new Error(path);
}
