import { change, flag, paddingRow, windowRows } from "../definition/attributes";
import {
  type ConvolutionSettings,
  checkConvolution,
  convolutionText,
  spreadRows,
} from "../definition/convolutions";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { drawnWeight } from "../definition/ownParameters";
import { BIAS_OPTION, PADDING_OPTION, sizesPerAxis, windowsOf } from "../definition/ownSizes";
import { windowedField } from "../definition/receptiveFields";
import { coveredSizes, paddedBothSides, spatialAxes, windowCounts } from "../definition/spatial";
import { type Dimensions, everywhere, type PerAxis } from "../shapes/axes";
import { dilatedKernel } from "../shapes/padding";
import { elementCount } from "../weights/tensor";
import type { ConvTranspose } from "./convTranspose";

/** torch.nn.Conv2d / Conv3d: weight [out, in / groups, ...kernel], bias [out]. */
export interface Conv extends ConvolutionSettings {
  readonly kind: "Conv";
}

const OPTIONS = {
  out_channels: { type: "count", smallest: 1, description: "Channels that it makes." },
  kernel_size: { type: "sizes", smallest: 1, default: 3, description: "Size of the kernel." },
  stride: { type: "sizes", smallest: 1, default: 1, description: "Step of the kernel." },
  padding: PADDING_OPTION,
  dilation: {
    type: "sizes",
    smallest: 1,
    default: 1,
    description: "Distance between the voxels that the kernel reads.",
  },
  groups: {
    type: "count",
    smallest: 1,
    default: 1,
    description: "Groups of channels that are convolved apart; a divisor of both numbers of channels.",
  },
  bias: BIAS_OPTION,
} as const satisfies LayerOptions;

export const CONV: LayerDefinition<Conv, ConvTranspose, typeof OPTIONS> = {
  kind: "Conv",
  category: "convolution",
  own: {
    description: "Convolution.",
    options: OPTIONS,
    make(options, place) {
      const windows = windowsOf("Conv", options, place);
      const perAxis = (key: "padding" | "dilation") =>
        sizesPerAxis(options[key], key, windows.dimensions, place.where);
      return {
        kind: "Conv",
        ...windows,
        inChannels: place.input[0]!,
        outChannels: options.out_channels,
        padding: perAxis("padding"),
        dilation: perAxis("dilation"),
        groups: options.groups,
        bias: options.bias,
      };
    },
  },
  checkSettings: checkConvolution,
  outputShape(layer, input) {
    const padded = paddedBothSides(spatialAxes(input, layer.dimensions, layer.inChannels), layer.padding);
    return [layer.outChannels, ...windowCounts(input, padded, dilatedKernel(layer), layer.stride)];
  },
  parameters({ inChannels, outChannels, groups, kernel, bias }) {
    const fanOut = outChannels * elementCount(kernel);
    return drawnWeight([outChannels, inChannels / groups, ...kernel], bias ? outChannels : undefined, fanOut);
  },
  receptiveField: (layer, field) => windowedField(field, dilatedKernel(layer), layer.stride),
  text: (layer) => `Conv${layer.dimensions}d(${convolutionText(layer, [])})`,
  attributes: (layer) => [
    change("channels", layer.inChannels, layer.outChannels),
    ...windowRows(layer),
    paddingRow(layer),
    ...spreadRows(layer),
    flag("bias", layer.bias),
  ],
  opensBlock: "always",
  decoding: {
    /** The same settings, with a bias as ClinicaDL's; output padding gives back what the stride had lost. */
    transposed(layer, { input, output }) {
      const restored = coveredSizes(output.slice(1), { ...layer, kernel: dilatedKernel(layer) });
      return {
        ...layer,
        kind: "ConvTranspose",
        inChannels: layer.outChannels,
        outChannels: layer.inChannels,
        outputPadding: restored.map((size, axis) => input[axis + 1]! - size),
        bias: true,
      };
    },
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};

interface ConvolutionOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly bias?: boolean;
}

/** Kernel 3, stride 1, padding 1, with bias, unless said otherwise. */
export function convolution(
  dimensions: Dimensions,
  inChannels: number,
  outChannels: number,
  { kernel = 3, stride = 1, padding = 1, bias = true }: ConvolutionOptions = {},
): Conv {
  const perAxis = (size: number): PerAxis => everywhere(size, dimensions);
  return {
    kind: "Conv",
    dimensions,
    inChannels,
    outChannels,
    kernel: perAxis(kernel),
    stride: perAxis(stride),
    padding: perAxis(padding),
    dilation: perAxis(1),
    groups: 1,
    bias,
  };
}
