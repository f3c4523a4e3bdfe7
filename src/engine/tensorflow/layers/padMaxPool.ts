import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import { adaptivePadding } from "../../../network/shapes/padding";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { pool } from "../operations/pool";
import { padSpatial } from "../operations/spatial";

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool(context: LayerContext<PadMaxPool>): DeviceTensor {
  const { layer, input, pass } = context;
  const padding = adaptivePadding(input.shape.slice(1, -1), layer.stride);
  const none = padding.map(() => 0);
  return pool(context, {
    before: padding,
    padded: (map) => padSpatial(pass.tf, map, padding, none, 0),
    windows: layer,
  });
}
