import type { GroupNorm } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import { normaliseGroups } from "../normaliseGroups";
import type { DeviceTensor } from "../tensorFlow";

/** torch.nn.GroupNorm. */
export const groupNorm = (context: LayerContext<GroupNorm>): DeviceTensor =>
  normaliseGroups(context.layer, context);
