import type { GroupNorm } from "../../../network/layers/groupNorm";
import type { InstanceNorm } from "../../../network/layers/instanceNorm";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { groupNorm } from "./groupNorm";

/** torch.nn.InstanceNorm2d / 3d without running statistics: every channel is a group of its own. */
export const instanceNorm = (context: LayerContext<InstanceNorm>): Step =>
  groupNorm({ ...context, layer: asGroups(context.layer) });

export const asGroups = (layer: InstanceNorm): GroupNorm => ({
  ...layer,
  kind: "GroupNorm",
  groups: layer.channels,
});
