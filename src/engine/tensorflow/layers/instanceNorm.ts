import type { InstanceNorm } from "../../../network/layers/instanceNorm";
import type { LayerContext } from "../layerContext";
import { normaliseGroups } from "../normaliseGroups";
import type { DeviceTensor } from "../tensorFlow";

/** torch.nn.InstanceNorm2d / 3d without running statistics: every channel is a group of its own. */
export const instanceNorm = (context: LayerContext<InstanceNorm>): DeviceTensor =>
  normaliseGroups({ ...context.layer, groups: context.layer.channels }, context);
