import type { InstanceNorm } from "../../../network/layers/instanceNorm";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { normaliseGroups } from "../operations/normaliseGroups";

/** torch.nn.InstanceNorm2d / 3d without running statistics: every channel is a group of its own. */
export const instanceNorm = (context: LayerContext<InstanceNorm>): DeviceTensor =>
  normaliseGroups({ ...context.layer, groups: context.layer.channels }, context);
