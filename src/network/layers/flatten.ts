import { elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";
import { elementCount } from "../weights/tensor";
import type { Reshape } from "./reshape";

/** [N, c, ...spatial] -> [N, c * prod(spatial)] */
export interface Flatten {
  readonly kind: "Flatten";
}

export const FLATTEN: LayerDefinition<Flatten, Reshape, Record<never, never>> = {
  kind: "Flatten",
  category: "reshaping",
  own: {
    description: "All values in one row, for the linear layers.",
    options: {},
    make: () => ({ kind: "Flatten" }),
  },
  ...elementwise,
  outputShape: (_layer, input) => [elementCount(input.shape)],
  checkSettings: noSettings,
  text: () => "Flatten(start_dim=1, end_dim=-1)",
  attributes: () => [],
  opensBlock: "always",
  decoding: {
    transposed: (_layer, source) => ({ kind: "Reshape", shape: source.input }),
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};
