import { change, flag, paddingRow, unusualSizes, windowRows } from "../definition/attributes";
import {
  type ConvolutionSettings,
  checkConvolution,
  convolutionText,
  spreadRows,
} from "../definition/convolutions";
import { copiedWhereShapeIsKept } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { drawnWeight } from "../definition/ownParameters";
import { spreadField } from "../definition/receptiveFields";
import { coveredSizes, spatialAxes } from "../definition/spatial";
import { sentence } from "../sentence";
import type { PerAxis } from "../shapes/axes";
import { dilatedKernel } from "../shapes/padding";

/** torch.nn.ConvTranspose2d / 3d: weight [in, out / groups, ...kernel], bias [out]. */
export interface ConvTranspose extends ConvolutionSettings {
  readonly kind: "ConvTranspose";
  /** Added at the end of each axis. */
  readonly outputPadding: PerAxis;
}

export const CONV_TRANSPOSE: LayerDefinition<ConvTranspose> = {
  kind: "ConvTranspose",
  category: "convolution",
  own: undefined,
  checkSettings(layer, check) {
    checkConvolution(layer, check);
    check.perAxis("output_padding", layer.outputPadding, layer.dimensions, 0);
    check.sizes(
      "output_padding",
      layer.outputPadding,
      layer.outputPadding.every((size, axis) => size < Math.max(layer.stride[axis]!, layer.dilation[axis]!)),
      sentence`It must be smaller than the stride or the dilation.`,
    );
  },
  outputShape(layer, input) {
    const spatial = spatialAxes(input, layer.dimensions, layer.inChannels);
    const covered = coveredSizes(spatial, { ...layer, kernel: dilatedKernel(layer) });
    const sizes = covered.map((size, axis) => size + layer.outputPadding[axis]!);
    if (sizes.some((size) => size < 1))
      input.refuse(sentence`nothing is left of it (${sizes.join("x")}).`, sentence`Use a smaller padding.`);
    return [layer.outChannels, ...sizes];
  },
  parameters: ({ inChannels, outChannels, groups, kernel, bias }) =>
    drawnWeight([inChannels, outChannels / groups, ...kernel], bias ? outChannels : undefined),
  receptiveField: (layer, field) => spreadField(field, dilatedKernel(layer), layer.stride),
  text: (layer) => `ConvTranspose${layer.dimensions}d(${convolutionText(layer, layer.outputPadding)})`,
  attributes: (layer) => [
    change("channels", layer.inChannels, layer.outChannels),
    ...windowRows(layer),
    paddingRow(layer),
    { ...unusualSizes("output padding", layer.outputPadding, 0, "output pad"), varies: true },
    ...spreadRows(layer),
    flag("bias", layer.bias),
  ],
  opensBlock: "unless awaited",
  decoding: {
    ...copiedWhereShapeIsKept,
    exchanges: "convolution",
    keepsEveryShape: (layer) =>
      layer.inChannels === layer.outChannels &&
      dilatedKernel(layer).every(
        (size, axis) => layer.stride[axis] === 1 && 2 * layer.padding[axis]! === size - 1,
      ),
    channels: (layer) => layer.outChannels,
  },
};
