import { elementwise, exchangedActivation } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";

/** x sigmoid(x) (Elfwing, Uchibe and Doya, 2018). */
export interface SiLU {
  readonly kind: "SiLU";
}

export const SILU: LayerDefinition<SiLU, SiLU, Record<never, never>> = {
  kind: "SiLU",
  category: "activation",
  own: { description: "x times its sigmoid.", options: {}, make: () => ({ kind: "SiLU" }) },
  ...elementwise,
  checkSettings: noSettings,
  text: () => "SiLU()",
  attributes: () => [],
  decoding: exchangedActivation,
};
