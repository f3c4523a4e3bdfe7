import type { Layer } from "../network/layer";
import { layerText } from "../network/layerText";
import { EngineError } from "./engine";

/** @throws EngineError for a convolution with groups or dilation, for which the engines have no formula */
export function checkComputable(layer: Layer): void {
  if (layer.kind !== "Conv" && layer.kind !== "ConvTranspose") return;
  if (layer.groups !== 1 || layer.dilation.some((step) => step !== 1)) uncomputable({ layer });
}

/** @throws EngineError: the engines have no formula for this layer */
export function uncomputable({ layer }: { readonly layer: Layer }): never {
  throw new EngineError(
    `${layerText(layer)} cannot be trained or applied. Use a layer without dilation or groups, BatchNorm, MaxPool or ReLU.`,
  );
}
