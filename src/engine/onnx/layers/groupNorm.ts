import type { GroupNorm } from "../../../network/layers/groupNorm";
import type { Step } from "../compilation";
import type { LayerContext } from "../layerContext";
import { normaliseGroups } from "../norms/groups";

/** torch.nn.GroupNorm. */
export const groupNorm = (context: LayerContext<GroupNorm>): Step => normaliseGroups(context.layer, context);
