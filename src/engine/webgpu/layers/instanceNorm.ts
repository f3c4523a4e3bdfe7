import type { InstanceNorm } from "../../../network/layers/instanceNorm";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { groupNorm } from "./groupNorm";

/** torch.nn.InstanceNorm2d / 3d without running statistics: every channel is a group of its own. */
export const instanceNorm = ({ layer, path, input, pass }: LayerContext<InstanceNorm>): Step =>
  groupNorm({ layer: { ...layer, kind: "GroupNorm", groups: layer.channels }, path, input, pass });
