import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

export function conv({ path }: LayerContext<LayerOf<"Conv">>): Step {
  throw new Error(path);
}
