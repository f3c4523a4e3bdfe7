import type { Layer, PerAxis } from "./layer";

/** One layer in one line, as PyTorch prints it where PyTorch has such a line. */
export function layerText(layer: Layer): string {
  switch (layer.kind) {
    case "Conv":
      return `Conv${layer.dimensions}d(${convolutionArguments(layer, [])})`;
    case "ConvTranspose":
      return `ConvTranspose${layer.dimensions}d(${convolutionArguments(layer, layer.outputPadding)})`;
    case "BatchNorm":
      return `BatchNorm${layer.dimensions}d(${layer.channels}, eps=${pythonFloat(layer.epsilon)}, momentum=${pythonFloat(layer.momentum)}, affine=True, bias=True, track_running_stats=True)`;
    case "GroupNorm":
      return `GroupNorm(${layer.groups}, ${layer.channels}, eps=${pythonFloat(layer.epsilon)}, affine=${pythonBoolean(layer.affine)})`;
    case "InstanceNorm":
      return `InstanceNorm${layer.dimensions}d(${layer.channels}, eps=${pythonFloat(layer.epsilon)}, momentum=0.1, affine=${pythonBoolean(layer.affine)}, track_running_stats=False)`;
    case "ELU":
      return `ELU(alpha=${pythonFloat(layer.alpha)})`;
    case "GELU":
      return "GELU(approximate='none')";
    case "ReLU":
    case "SiLU":
    case "Sigmoid":
    case "Tanh":
    case "Reshape":
    case "ResidualBlock":
      return `${layer.kind}()`;
    case "LeakyReLU":
      return `LeakyReLU(negative_slope=${pythonFloat(layer.negativeSlope)})`;
    case "Dropout":
      return `Dropout(p=${pythonFloat(layer.probability)}, inplace=False)`;
    case "MaxPool":
      return `MaxPool${layer.dimensions}d(kernel_size=${short(layer.kernel)}, stride=${short(layer.stride)}, padding=${short(layer.padding)}, dilation=1, ceil_mode=False)`;
    case "AvgPool":
      return `AvgPool${layer.dimensions}d(kernel_size=${short(layer.kernel)}, stride=${short(layer.stride)}, padding=${short(layer.padding)})`;
    case "PadMaxPool":
      return `PadMaxPool${layer.dimensions}d(kernel_size=${short(layer.kernel)}, stride=${short(layer.stride)})`;
    case "MaxUnpool":
      return `MaxUnpool${layer.dimensions}d(kernel_size=${tuple(layer.kernel)}, stride=${tuple(layer.stride)}, padding=${tuple(layer.padding)})`;
    case "CropMaxUnpool":
      return `CropMaxUnpool${layer.dimensions}d(kernel_size=${short(layer.kernel)}, stride=${short(layer.stride)})`;
    case "Flatten":
      return "Flatten(start_dim=1, end_dim=-1)";
    case "Linear":
      return `Linear(in_features=${layer.inFeatures}, out_features=${layer.outFeatures}, bias=${pythonBoolean(layer.bias)})`;
    case "AdaptiveAvgPool":
      return `AdaptiveAvgPool${layer.dimensions}d(output_size=${tuple(layer.outputSize)})`;
  }
}

interface ConvolutionSettings {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly dilation: PerAxis;
  readonly groups: number;
  readonly bias: boolean;
}

/** PyTorch leaves out paddings of zero, a dilation and groups of one, and a bias that is there. */
function convolutionArguments(layer: ConvolutionSettings, outputPadding: PerAxis): string {
  const parts = [
    `${layer.inChannels}`,
    `${layer.outChannels}`,
    `kernel_size=${tuple(layer.kernel)}`,
    `stride=${tuple(layer.stride)}`,
  ];
  if (layer.padding.some((size) => size !== 0)) parts.push(`padding=${tuple(layer.padding)}`);
  if (layer.dilation.some((size) => size !== 1)) parts.push(`dilation=${tuple(layer.dilation)}`);
  if (outputPadding.some((size) => size !== 0)) parts.push(`output_padding=${tuple(outputPadding)}`);
  if (layer.groups !== 1) parts.push(`groups=${layer.groups}`);
  if (!layer.bias) parts.push("bias=False");
  return parts.join(", ");
}

/** A shape as ClinicaDL writes it: "8@25x31x27" for [8, 25, 31, 27], "1300" for [1300]. */
export function shapeText(shape: readonly number[]): string {
  const [channels, ...spatial] = shape;
  return spatial.length === 0 ? `${channels ?? "empty"}` : `${channels}@${spatial.join("x")}`;
}

function tuple(sizes: PerAxis): string {
  return `(${sizes.join(", ")})`;
}

/** PyTorch prints a size given as one number as one number. */
function short(sizes: PerAxis): string {
  return sizes.every((size) => size === sizes[0]) ? `${sizes[0]}` : tuple(sizes);
}

function pythonBoolean(value: boolean): string {
  return value ? "True" : "False";
}

/** Python's repr of a float: "0.0", "0.1", "1e-05". */
export function pythonFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < 16) return `${value}`;
  const [digits, power] = value.toExponential().split("e");
  const sign = power!.startsWith("-") ? "-" : "+";
  return `${digits}e${sign}${power!.slice(1).padStart(2, "0")}`;
}
