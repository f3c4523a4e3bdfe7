import { ArchitectureError } from "./architectureError";
import type { Layer, PerAxis } from "./layer";

/**
 * The numbers of a layer by themselves, whatever its input: one per axis, whole, in the range that PyTorch takes.
 * @throws ArchitectureError that names the layer, the setting and its range
 */
export function checkSettings(layer: Layer, path: string): void {
  const require = (holds: boolean, detail: string, remedy: string) => {
    if (!holds) throw new ArchitectureError(path, detail, remedy);
  };
  const perAxis = (name: string, sizes: PerAxis, dimensions: number, smallest: number) => {
    require(sizes.length ===
      dimensions, `${name} has ${sizes.length} sizes for ${dimensions} axes.`, "Give one size per axis.");
    require(sizes.every(
      (size) => Number.isSafeInteger(size) && size >= smallest,
    ), `${name} is ${sizes.join("x")}.`, `Give whole numbers from ${smallest} up.`);
  };
  const count = (name: string, value: number) =>
    require(Number.isSafeInteger(value) &&
      value >= 1, `${name} is ${value}.`, "Give a whole number from 1 up.");
  const divides = (name: string, divisor: number, of: string, value: number) => {
    count(name, divisor);
    require(value % divisor ===
      0, `${name} is ${divisor}, which does not divide ${of} ${value}.`, `Give a divisor of ${value}.`);
  };
  const window = (of: {
    readonly dimensions: number;
    readonly kernel: PerAxis;
    readonly stride: PerAxis;
  }) => {
    perAxis("kernel_size", of.kernel, of.dimensions, 1);
    perAxis("stride", of.stride, of.dimensions, 1);
  };

  switch (layer.kind) {
    case "Conv":
    case "ConvTranspose":
      count("in_channels", layer.inChannels);
      count("out_channels", layer.outChannels);
      window(layer);
      perAxis("padding", layer.padding, layer.dimensions, 0);
      perAxis("dilation", layer.dilation, layer.dimensions, 1);
      divides("groups", layer.groups, "in_channels", layer.inChannels);
      divides("groups", layer.groups, "out_channels", layer.outChannels);
      if (layer.kind === "ConvTranspose") {
        perAxis("output_padding", layer.outputPadding, layer.dimensions, 0);
        require(layer.outputPadding.every(
          (size, axis) => size < Math.max(layer.stride[axis]!, layer.dilation[axis]!),
        ), `output_padding is ${layer.outputPadding.join("x")}.`, "It must be smaller than the stride.");
      }
      return;
    case "BatchNorm":
      count("num_features", layer.channels);
      return;
    case "GroupNorm":
      count("num_channels", layer.channels);
      divides("num_groups", layer.groups, "num_channels", layer.channels);
      return;
    case "InstanceNorm":
      count("num_features", layer.channels);
      return;
    case "MaxPool":
    case "AvgPool":
    case "MaxUnpool":
      window(layer);
      perAxis("padding", layer.padding, layer.dimensions, 0);
      require(layer.padding.every(
        (size, axis) => 2 * size <= layer.kernel[axis]!,
      ), `padding is ${layer.padding.join("x")}.`, "It must be at most half of the kernel.");
      return;
    case "PadMaxPool":
    case "CropMaxUnpool":
      window(layer);
      return;
    case "AdaptiveAvgPool":
      perAxis("output_size", layer.outputSize, layer.dimensions, 1);
      return;
    case "Linear":
      count("in_features", layer.inFeatures);
      count("out_features", layer.outFeatures);
      return;
    case "Reshape":
      perAxis("shape", layer.shape, layer.shape.length, 1);
      return;
    case "Dropout":
      require(layer.probability >= 0 &&
        layer.probability <
          1, `its probability is ${layer.probability}.`, "Give a number from 0 up to (not including) 1.");
      return;
    case "LeakyReLU":
      require(Number.isFinite(
        layer.negativeSlope,
      ), `its slope is ${layer.negativeSlope}.`, "Give a finite number.");
      return;
    case "ELU":
      require(Number.isFinite(layer.alpha), `its alpha is ${layer.alpha}.`, "Give a finite number.");
      return;
    case "ReLU":
    case "Sigmoid":
    case "Tanh":
    case "GELU":
    case "SiLU":
    case "Flatten":
    case "ResidualBlock":
      return;
  }
}
