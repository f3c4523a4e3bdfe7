import type { MaxPool } from "../../../network/layers/maxPool";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { pool } from "../operations/pool";
import { padSpatial } from "../operations/spatial";

/** torch.nn.MaxPool2d / 3d: padded by -infinity at both ends, the maximum of each window. */
export function maxPool(context: LayerContext<MaxPool>): DeviceTensor {
  const { layer, pass } = context;
  const { padding } = layer;
  return pool(context, {
    before: padding,
    padded: (map) => padSpatial(pass.tf, map, padding, padding, Number.NEGATIVE_INFINITY),
    windows: layer,
  });
}
