import { describe, expect, it } from "vitest";
import { ArchitectureError } from "../../../src/network/architectureError";
import { buildNetwork } from "../../../src/network/building/build";
import { sequence } from "../../../src/network/definition/layerDefinition";
import type { Layer } from "../../../src/network/layer";
import type { Autoencoder } from "../../../src/network/network";
import {
  checkTrainable,
  flattenTrace,
  outputShape,
  ShapeError,
  traceShapes,
} from "../../../src/network/shapes/shape";

const conv: Layer = {
  kind: "Conv",
  dimensions: 3,
  inChannels: 1,
  outChannels: 8,
  kernel: [3, 5, 1],
  stride: [1, 2, 3],
  padding: [1, 0, 0],
  dilation: [1, 1, 1],
  groups: 1,
  bias: true,
};
const maxPool: Layer = { kind: "MaxPool", dimensions: 2, kernel: [2, 2], stride: [2, 2], padding: [0, 0] };
const padMaxPool: Layer = { kind: "PadMaxPool", dimensions: 2, kernel: [2, 2], stride: [2, 2] };

const autoencoder = (encoder: Layer[], decoder: Layer[], inputSize = [1, 5, 6]): Autoencoder => ({
  family: "autoencoder",
  architecture: "custom",
  inputSize,
  encoder: sequence(encoder),
  decoder: sequence(decoder),
});

/** Layer, input and the shape that PyTorch gives. */
const SHAPES: readonly [string, Layer, readonly number[], readonly number[]][] = [
  ["Conv, every axis its own kernel and stride", conv, [1, 7, 9, 10], [8, 7, 3, 4]],
  [
    "ConvTranspose with output padding",
    {
      kind: "ConvTranspose",
      dimensions: 2,
      inChannels: 4,
      outChannels: 2,
      kernel: [3, 3],
      stride: [2, 2],
      padding: [1, 1],
      outputPadding: [1, 0],
      dilation: [1, 1],
      groups: 1,
      bias: true,
    },
    [4, 5, 5],
    [2, 10, 9],
  ],
  [
    "BatchNorm",
    { kind: "BatchNorm", dimensions: 2, channels: 3, epsilon: 1e-5, momentum: 0.1 },
    [3, 4, 5],
    [3, 4, 5],
  ],
  ["ReLU of a vector", { kind: "ReLU" }, [7], [7]],
  ["Dropout", { kind: "Dropout", probability: 0.5 }, [7, 2, 2], [7, 2, 2]],
  ["MaxPool, which drops what the stride leaves over", maxPool, [3, 5, 7], [3, 2, 3]],
  ["MaxPool with padding", { ...maxPool, kernel: [3, 3], padding: [1, 1] }, [3, 5, 7], [3, 3, 4]],
  ["PadMaxPool, which drops nothing", padMaxPool, [3, 5, 7], [3, 3, 4]],
  ["PadMaxPool of stride 3", { ...padMaxPool, kernel: [3, 3], stride: [3, 3] }, [3, 4, 7], [3, 2, 3]],
  ["MaxUnpool by itself", { ...maxPool, kind: "MaxUnpool" }, [3, 2, 3], [3, 4, 6]],
  ["CropMaxUnpool by itself", { ...padMaxPool, kind: "CropMaxUnpool" }, [3, 2, 3], [3, 4, 6]],
  ["Flatten", { kind: "Flatten" }, [3, 2, 2, 2], [24]],
  ["Reshape", { kind: "Reshape", shape: [3, 2, 2, 2] }, [24], [3, 2, 2, 2]],
  ["Linear", { kind: "Linear", inFeatures: 24, outFeatures: 5, bias: true }, [24], [5]],
  ["AdaptiveAvgPool", { kind: "AdaptiveAvgPool", dimensions: 2, outputSize: [1, 3] }, [3, 7, 5], [3, 1, 3]],
];

const REFUSED: readonly [string, Layer, readonly number[], RegExp][] = [
  ["channels that differ", conv, [2, 9, 9, 9], /expects 1 channel\./],
  ["2D layers on a volume", maxPool, [1, 9, 9, 9], /needs channels and 2 spatial axes/],
  ["a convolution after Flatten", conv, [90], /Put it before the Flatten/],
  [
    "a kernel larger than the padded input",
    conv,
    [1, 3, 4, 4],
    /too deep for its input.*larger image or patch/,
  ],
  ["a pool of nothing", maxPool, [1, 1, 4], /too deep for its input/],
  [
    "a batch norm of other channels",
    { kind: "BatchNorm", dimensions: 2, channels: 3, epsilon: 1e-5, momentum: 0.1 },
    [4, 2, 2],
    /expects 3 channels/,
  ],
  [
    "a Linear of an image",
    { kind: "Linear", inFeatures: 8, outFeatures: 1, bias: true },
    [2, 2, 2],
    /Flatten/,
  ],
  [
    "a Linear of other features",
    { kind: "Linear", inFeatures: 8, outFeatures: 1, bias: true },
    [9],
    /expects 8/,
  ],
  ["a Reshape to another count", { kind: "Reshape", shape: [2, 2, 2] }, [9], /9 values do not make 2@2x2/],
];

const IMPOSSIBLE: readonly [string, Layer, RegExp][] = [
  ["stride 0", { ...padMaxPool, stride: [0, 2] }, /stride is 0x2/],
  ["a kernel for too few axes", { ...padMaxPool, kernel: [2] }, /kernel_size has 1 size for 2 axes/],
  ["a pool padded by more than half its kernel", { ...maxPool, padding: [2, 0] }, /at most half/],
  ["a fraction of a channel", { ...conv, outChannels: 1.5 }, /out_channels is 1.5/],
  ["a dropout of everything", { kind: "Dropout", probability: 1 }, /probability is 1/],
  [
    "output padding as large as the stride",
    { ...conv, kind: "ConvTranspose", outputPadding: [1, 0, 0] },
    /smaller than the stride/,
  ],
];

describe("outputShape", () => {
  for (const [name, layer, input, output] of SHAPES)
    it(`${name}: ${input.join("x")} gives ${output.join("x")}`, () => {
      expect(outputShape(layer, input)).toEqual(output);
    });

  for (const [name, layer, input, message] of REFUSED)
    it(`refuses ${name}`, () => {
      expect(() => outputShape(layer, input, "convolutions.3")).toThrow(ShapeError);
      expect(() => outputShape(layer, input, "convolutions.3")).toThrow(message);
      expect(() => outputShape(layer, input, "convolutions.3")).toThrow(/^convolutions\.3: /);
    });

  for (const [name, layer, message] of IMPOSSIBLE)
    it(`refuses ${name}`, () => {
      expect(() => outputShape(layer, [1, 9, 9], "fc.1")).toThrow(ArchitectureError);
      expect(() => outputShape(layer, [1, 9, 9], "fc.1")).toThrow(message);
    });
});

describe("traceShapes", () => {
  const cropMaxUnpool: Layer = { ...padMaxPool, kind: "CropMaxUnpool" };
  const maxUnpool: Layer = { ...maxPool, kind: "MaxUnpool" };

  it("says where each layer stands, what it pads and how many parameters it has", () => {
    const network = buildNetwork({
      architecture: "Conv5_FC3",
      inputSize: [1, 25, 31, 28],
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task: "classification",
    });
    const trace = traceShapes(network);
    expect(trace).toHaveLength(27);
    expect(trace[3]).toMatchObject({
      path: "convolutions.3",
      input: [8, 25, 31, 28],
      output: [8, 13, 16, 14],
      padding: [1, 1, 0],
      parameters: 0,
    });
    expect(trace[22]).toMatchObject({
      path: "fc.2",
      input: [128],
      output: [1300],
      parameters: 128 * 1300 + 1300,
    });
  });

  it("lets unpools answer pools last in, first out, and restores their input shapes", () => {
    const trace = traceShapes(autoencoder([padMaxPool, maxPool], [maxUnpool, cropMaxUnpool]));
    expect(trace.map(({ output }) => output)).toEqual([
      [1, 3, 3],
      [1, 1, 1],
      [1, 3, 3],
      [1, 5, 6],
    ]);
    expect(trace[2]).toMatchObject({ path: "decoder.0", pool: "encoder.1" });
    expect(trace[3]).toMatchObject({ path: "decoder.1", pool: "encoder.0", padding: [1, 0] });
  });

  it("refuses an unpool without a pool", () => {
    expect(() => traceShapes(autoencoder([maxPool], [maxUnpool, maxUnpool]))).toThrow(
      /^decoder\.1: .*no pool before it is left/,
    );
  });

  it("refuses an unpool that answers a pool of another kind or another kernel", () => {
    expect(() => traceShapes(autoencoder([maxPool], [cropMaxUnpool]))).toThrow(
      /answers encoder\.0, MaxPool2d/,
    );
    const wider: Layer = { ...padMaxPool, kernel: [4, 4] };
    expect(() => traceShapes(autoencoder([wider], [cropMaxUnpool]))).toThrow(/answers encoder\.0/);
  });

  it("accepts the unpool of an overlapping pool whose kernel is a multiple of its stride", () => {
    const wide: Layer = { ...padMaxPool, kernel: [4, 4] };
    const trace = traceShapes(autoencoder([wide], [{ ...wide, kind: "CropMaxUnpool" }], [1, 7, 8]));
    expect(trace.at(-1)?.output).toEqual([1, 7, 8]);
  });

  it("refuses indices of a map that has changed its shape", () => {
    const head: Layer = {
      ...conv,
      dimensions: 2,
      dilation: [1, 1],
      kernel: [1, 1],
      stride: [1, 1],
      padding: [0, 0],
    };
    expect(() => traceShapes(autoencoder([maxPool, head], [maxUnpool]))).toThrow(/those of a map 1@2x3/);
  });

  it("refuses a residual block whose sides cannot be added", () => {
    const strided: Layer = {
      ...conv,
      dimensions: 2,
      dilation: [1, 1],
      kernel: [1, 1],
      stride: [2, 2],
      padding: [0, 0],
    };
    const block: Layer = { kind: "ResidualBlock", body: sequence([strided]), shortcut: [] };
    expect(() => traceShapes(autoencoder([block], []))).toThrow(/gives 8@3x3 and its shortcut 1@5x6/);
  });

  it("names the layers inside a residual block", () => {
    const network = buildNetwork({
      architecture: "resnet18",
      inputSize: [3, 64, 64],
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task: "classification",
    });
    const paths = flattenTrace(traceShapes(network)).map(({ path }) => path);
    expect(paths).toContain("convolutions.5.0.bn2");
    expect(paths).toContain("convolutions.5.0.downsample.0");
  });
});

describe("checkTrainable", () => {
  const network = buildNetwork({
    architecture: "Conv5_FC3",
    inputSize: [1, 16, 16, 16],
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    task: "classification",
  });

  it("refuses a batch of one where a batch norm sees one voxel, as PyTorch does", () => {
    expect(() => checkTrainable(network, 1)).toThrow(/^convolutions\.17: BatchNorm3d.*one voxel per channel/);
  });

  it("accepts two images, or one that is larger", () => {
    expect(() => checkTrainable(network, 2)).not.toThrow();
    const larger = buildNetwork({
      architecture: "Conv5_FC3",
      inputSize: [1, 17, 16, 16],
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task: "classification",
    });
    expect(() => checkTrainable(larger, 1)).not.toThrow();
  });

  const own = (kind: Layer): Autoencoder => autoencoder([{ ...maxPool, kernel: [5, 5] }, kind], []);
  const affine = { dimensions: 2, epsilon: 1e-5, affine: true } as const;

  it("refuses an InstanceNorm that sees one voxel, whatever the batch", () => {
    const norm: Layer = { kind: "InstanceNorm", channels: 1, ...affine };
    expect(() => checkTrainable(own(norm), 8)).toThrow(
      /^encoder\.1: InstanceNorm2d.*one voxel per channel.*larger image/,
    );
  });

  it("refuses a GroupNorm that sees one voxel of one channel in a batch of one, as PyTorch does", () => {
    const norm: Layer = { kind: "GroupNorm", channels: 1, groups: 1, ...affine };
    expect(() => checkTrainable(own(norm), 1)).toThrow(/^encoder\.1: GroupNorm.*one voxel per group/);
    expect(() => checkTrainable(own(norm), 2)).not.toThrow();
  });
});
