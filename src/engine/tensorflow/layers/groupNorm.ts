import type { GroupNorm } from "../../../network/layers/groupNorm";
import type { LayerContext } from "../layerContext";
import { normaliseGroups } from "../normaliseGroups";
import type { DeviceTensor } from "../tensorFlow";

/** torch.nn.GroupNorm. */
export const groupNorm = (context: LayerContext<GroupNorm>): DeviceTensor =>
  normaliseGroups(context.layer, context);
