import type { GroupNorm } from "../../../network/layers/groupNorm";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { normaliseGroups } from "../operations/normaliseGroups";

/** torch.nn.GroupNorm. */
export const groupNorm = (context: LayerContext<GroupNorm>): DeviceTensor =>
  normaliseGroups(context.layer, context);
