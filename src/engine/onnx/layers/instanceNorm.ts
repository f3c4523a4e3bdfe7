import type { InstanceNorm } from "../../../network/layers/instanceNorm";
import type { Step } from "../compilation";
import type { LayerContext } from "../layerContext";
import { normaliseGroups } from "../norms/groups";

/** torch.nn.InstanceNorm2d / 3d without running statistics: every channel is a group of its own. */
export const instanceNorm = (context: LayerContext<InstanceNorm>): Step =>
  normaliseGroups({ ...context.layer, groups: context.layer.channels }, context);
