/** Layers as PyTorch's modules and their settings describe them in golden/i_layers.json. */
import { z } from "zod";
import { sequence } from "../../../src/network/definition/layerDefinition";
import type { Layer, Sequence } from "../../../src/network/layer";
import type { Dimensions } from "../../../src/network/shapes/axes";

const size = z.union([z.number(), z.array(z.number())]);

/** A case of i_layers.json. */
export const caseSchema = z.object({
  name: z.string(),
  module: z.string(),
  mode: z.enum(["train", "eval"]),
  x_shape: z.array(z.number()),
  state_dict: z.record(z.string(), z.array(z.number())),
  parameters: z.array(z.string()),
  float32_error_of_torch: z.record(z.string(), z.number()),
  settings: z.object({
    num_groups: z.number().optional(),
    num_channels: z.number().optional(),
    eps: z.number().default(1e-5),
    affine: z.boolean().optional(),
    in_channels: z.number().optional(),
    out_channels: z.number().optional(),
    kernel_size: size.optional(),
    stride: size.default(1),
    padding: size.default(0),
    output_padding: size.default(0),
    dilation: size.default(1),
    groups: z.number().default(1),
    bias: z.boolean().default(true),
    count_include_pad: z.boolean().optional(),
    alpha: z.number().optional(),
    approximate: z.string().optional(),
  }),
});

export type LayerCase = z.infer<typeof caseSchema>;

/** Undefined for a module that no layer is. */
export function layerOf({ module, name, settings, x_shape }: LayerCase): Layer | undefined {
  const [, channels = 0, ...spatial] = x_shape;
  const dimensions: Dimensions = spatial.length === 2 ? 2 : 3;
  const perAxis = (value: z.infer<typeof size> | undefined) =>
    Array.isArray(value) ? value : Array<number>(dimensions).fill(given(value, name));
  const window = () => ({
    kernel: perAxis(settings.kernel_size),
    stride: perAxis(settings.stride),
    padding: perAxis(settings.padding),
  });
  const convolution = () => ({
    dimensions,
    inChannels: given(settings.in_channels, name),
    outChannels: given(settings.out_channels, name),
    ...window(),
    dilation: perAxis(settings.dilation),
    groups: settings.groups,
    bias: settings.bias,
  });
  const norm = () => ({
    dimensions,
    channels,
    epsilon: settings.eps,
    affine: given(settings.affine, name),
  });
  switch (module) {
    case "Conv2d":
    case "Conv3d":
      return { kind: "Conv", ...convolution() };
    case "ConvTranspose2d":
    case "ConvTranspose3d":
      return { kind: "ConvTranspose", ...convolution(), outputPadding: perAxis(settings.output_padding) };
    case "GroupNorm":
      return { kind: "GroupNorm", groups: given(settings.num_groups, name), ...norm() };
    case "InstanceNorm2d":
    case "InstanceNorm3d":
      return { kind: "InstanceNorm", ...norm() };
    case "AvgPool2d":
    case "AvgPool3d": {
      const countIncludePad = given(settings.count_include_pad, name);
      return { kind: "AvgPool", dimensions, ...window(), countIncludePad };
    }
    case "ELU":
      return { kind: "ELU", alpha: given(settings.alpha, name) };
    case "GELU":
      return settings.approximate === "none" ? { kind: "GELU" } : undefined;
    case "SiLU":
      return { kind: "SiLU" };
    case "ResidualBlock":
      return residualBlock(name, channels);
    default:
      return undefined;
  }
}

function given<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`${name} lacks a setting.`);
  return value;
}

/** relu(norm2(conv2(relu(norm1(conv1 x)))) + shortcut x), in three dimensions. */
function residualBlock(name: string, channels: number): Layer {
  const widens = name === "residual_stride2";
  const outChannels = widens ? 4 : channels;
  const conv = (inChannels: number, kernel: number, stride: number): Layer => ({
    kind: "Conv",
    dimensions: 3,
    inChannels,
    outChannels,
    kernel: [kernel, kernel, kernel],
    stride: [stride, stride, stride],
    padding: [kernel - 1, kernel - 1, kernel - 1].map((size) => size / 2),
    dilation: [1, 1, 1],
    groups: 1,
    bias: false,
  });
  const norm: Layer = {
    kind: "BatchNorm",
    dimensions: 3,
    channels: outChannels,
    epsilon: 1e-5,
    momentum: 0.1,
  };
  const stride = widens ? 2 : 1;
  const body: Sequence = [
    { name: "conv1", layer: conv(channels, 3, stride) },
    { name: "norm1", layer: norm },
    { name: "relu", layer: { kind: "ReLU" } },
    { name: "conv2", layer: conv(outChannels, 3, 1) },
    { name: "norm2", layer: norm },
  ];
  return { kind: "ResidualBlock", body, shortcut: widens ? sequence([conv(channels, 1, stride), norm]) : [] };
}
