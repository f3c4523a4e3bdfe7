/** The user's own layers made into a CNN: sizes that the user does not give follow from the image. */
import { ArchitectureError } from "./architectureError";
import type { CustomLayer, LayerList, SizeOption } from "./customArchitecture";
import type { Dimensions, Layer, NamedLayer } from "./layer";
import { shapeText } from "./layerText";
import type { Cnn } from "./network";
import { outputShape, type Shape } from "./shape";
import { basicBlock } from "./zoo/blocks";
import type { BuildOptions } from "./zoo/zoo";

/**
 * @throws ArchitectureError that names the layer by its place in the list ("fc[2]"); a ShapeError when it does not fit
 */
export function customCnn(list: LayerList, options: BuildOptions): Cnn {
  const lastLinear = list.fc?.findLastIndex(({ layer }) => layer === "Linear") ?? -1;
  const convolutions = resolveLayers(list.convolutions, "convolutions", options.inputSize, options);
  const answers = (position: number) => position === lastLinear;
  const fc = resolveLayers(list.fc ?? [], "fc", convolutions.output, options, answers);
  return {
    family: "cnn",
    architecture: "custom",
    inputSize: options.inputSize,
    convolutions: convolutions.layers,
    fc: fc.layers,
  };
}

function resolveLayers(
  list: readonly CustomLayer[],
  key: string,
  input: Shape,
  options: BuildOptions,
  answers: (position: number) => boolean = () => false,
): { readonly layers: NamedLayer[]; readonly output: Shape } {
  const layers: NamedLayer[] = [];
  let shape = input;
  for (const [position, custom] of list.entries()) {
    const where = `${key}[${position}]`;
    const defaultFeatures = answers(position) ? options.outputSize : undefined;
    const layer = resolveLayer(custom, where, shape, options.dropout, defaultFeatures);
    layers.push({ name: `${position}`, layer });
    shape = outputShape(layer, shape, where);
  }
  return { layers, output: shape };
}

function resolveLayer(
  custom: CustomLayer,
  where: string,
  input: Shape,
  dropout: number,
  defaultFeatures: number | undefined,
): Layer {
  switch (custom.layer) {
    case "Conv":
      return {
        kind: "Conv",
        ...windowSizes(custom, where, input),
        inChannels: input[0]!,
        outChannels: custom.out_channels,
        dilation: perAxis(custom.dilation, "dilation", spatialDimensions(custom.layer, where, input), where),
        groups: custom.groups,
        bias: custom.bias,
      };
    case "BatchNorm": {
      const dimensions = spatialDimensions(custom.layer, where, input);
      return {
        kind: "BatchNorm",
        dimensions,
        channels: input[0]!,
        epsilon: custom.eps,
        momentum: custom.momentum,
      };
    }
    case "GroupNorm": {
      const dimensions = spatialDimensions(custom.layer, where, input);
      return {
        kind: "GroupNorm",
        dimensions,
        groups: custom.num_groups,
        channels: input[0]!,
        epsilon: custom.eps,
        affine: custom.affine,
      };
    }
    case "InstanceNorm": {
      const dimensions = spatialDimensions(custom.layer, where, input);
      return {
        kind: "InstanceNorm",
        dimensions,
        channels: input[0]!,
        epsilon: custom.eps,
        affine: custom.affine,
      };
    }
    case "AvgPool":
      return {
        kind: "AvgPool",
        ...windowSizes(custom, where, input),
        countIncludePad: custom.count_include_pad,
      };
    case "MaxPool":
      return { kind: "MaxPool", ...windowSizes(custom, where, input) };
    case "PadMaxPool": {
      const { padding: _none, ...sizes } = windowSizes({ ...custom, padding: 0 }, where, input);
      return { kind: "PadMaxPool", ...sizes };
    }
    case "ResidualBlock": {
      const dimensions = spatialDimensions(custom.layer, where, input);
      return basicBlock(dimensions, input[0]!, custom.out_channels, custom.stride);
    }
    case "AdaptiveAvgPool": {
      const dimensions = spatialDimensions(custom.layer, where, input);
      return {
        kind: "AdaptiveAvgPool",
        dimensions,
        outputSize: perAxis(custom.output_size, "output_size", dimensions, where),
      };
    }
    case "Linear": {
      const outFeatures = custom.out_features ?? defaultFeatures;
      if (outFeatures === undefined)
        throw new ArchitectureError(
          where,
          "this Linear has no `out_features`.",
          "Give their number; only the last Linear of `fc` can do without.",
        );
      if (input.length !== 1)
        throw new ArchitectureError(
          where,
          `a Linear cannot take ${shapeText(input)}.`,
          "Put a Flatten before it.",
        );
      return { kind: "Linear", inFeatures: input[0]!, outFeatures, bias: custom.bias };
    }
    case "Dropout":
      return { kind: "Dropout", probability: custom.p ?? dropout };
    case "LeakyReLU":
      return { kind: "LeakyReLU", negativeSlope: custom.negative_slope };
    case "ELU":
      return { kind: "ELU", alpha: custom.alpha };
    case "ReLU":
    case "Sigmoid":
    case "Tanh":
    case "GELU":
    case "SiLU":
    case "Flatten":
      return { kind: custom.layer };
  }
}

interface WindowOptions {
  readonly layer: string;
  readonly kernel_size: SizeOption;
  readonly stride?: SizeOption | undefined;
  readonly padding: SizeOption;
}

function windowSizes(custom: WindowOptions, where: string, input: Shape) {
  const dimensions = spatialDimensions(custom.layer, where, input);
  return {
    dimensions,
    kernel: perAxis(custom.kernel_size, "kernel_size", dimensions, where),
    stride: perAxis(custom.stride ?? custom.kernel_size, "stride", dimensions, where),
    padding: perAxis(custom.padding, "padding", dimensions, where),
  };
}

function spatialDimensions(kind: string, where: string, input: Shape): Dimensions {
  if (input.length === 3) return 2;
  if (input.length === 4) return 3;
  throw new ArchitectureError(
    where,
    `a ${kind} needs an image and gets ${shapeText(input)} values.`,
    "Put it before the Flatten.",
  );
}

function perAxis(size: SizeOption, key: string, dimensions: Dimensions, where: string): readonly number[] {
  if (typeof size === "number") return Array.from({ length: dimensions }, () => size);
  if (size.length === dimensions) return size;
  throw new ArchitectureError(
    where,
    `\`${key}\` has ${size.length} sizes for ${dimensions} axes.`,
    "Give one number, or one per axis.",
  );
}
