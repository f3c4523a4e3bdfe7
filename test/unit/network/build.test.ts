import { describe, expect, it } from "vitest";
import { layerListSchema } from "../../../src/experiment/schema/customArchitecture";
import { ArchitectureError } from "../../../src/network/architectureError";
import { buildNetwork, type NetworkRequest, usualTask } from "../../../src/network/building/build";
import { ShapeError, traceShapes } from "../../../src/network/shapes/shape";
import { initialState } from "../../../src/network/weights/initialise";
import { countParameters } from "../../../src/network/weights/parameters";

const build = (request: Partial<NetworkRequest> & Pick<NetworkRequest, "architecture">) =>
  buildNetwork({
    inputSize: [1, 20, 24],
    outputSize: 3,
    dropout: 0.3,
    latentSpaceSize: 128,
    task: "classification",
    ...request,
  });

const layers = layerListSchema.parse({
  convolutions: [
    { layer: "Conv", out_channels: 4, padding: 1 },
    { layer: "BatchNorm" },
    { layer: "LeakyReLU" },
    { layer: "PadMaxPool" },
    { layer: "Conv", out_channels: 8, kernel_size: [5, 3], stride: 2, padding: [2, 1], bias: false },
    { layer: "MaxPool", kernel_size: 3, stride: 2, padding: 1 },
  ],
  fc: [
    { layer: "Flatten" },
    { layer: "Dropout" },
    { layer: "Linear", out_features: 10 },
    { layer: "ReLU" },
    { layer: "Linear" },
  ],
});

describe("buildNetwork with a name", () => {
  it("builds the network of the zoo", () => {
    expect(build({ architecture: "Conv5_FC3" })).toMatchObject({ family: "cnn", architecture: "Conv5_FC3" });
    expect(build({ architecture: "CAE_half", task: "reconstruction" })).toMatchObject({
      family: "autoencoder",
    });
  });

  it("transposes a CNN that is asked for a reconstruction", () => {
    const network = build({ architecture: "Stride_Conv5_FC3", task: "reconstruction" });
    expect(network).toMatchObject({ family: "autoencoder", architecture: "AE_Stride_Conv5_FC3" });
    expect(traceShapes(network).at(-1)?.output).toEqual([1, 20, 24]);
    expect(build({ architecture: "Conv5_FC3", task: "reconstruction" })).toMatchObject({
      architecture: "AE_Conv5_FC3",
    });
  });

  it("suggests the nearest name for a typo", () => {
    expect(() => build({ architecture: "Conv5FC3" })).toThrow(
      /no network named "Conv5FC3"\. Did you mean Conv5_FC3\?/,
    );
    expect(() => build({ architecture: "conv4_fc3" })).toThrow(/Did you mean Conv4_FC3\?/);
    expect(() => build({ architecture: "Transformer" })).toThrow(
      /Choose one of Conv5_FC3, .*CAE_half, or list/,
    );
  });

  it("refuses a task or an image that the network is not made for", () => {
    expect(() => build({ architecture: "AE_Conv5_FC3" })).toThrow(
      /made for reconstruction, not for classification/,
    );
    expect(() => build({ architecture: "resnet18", task: "regression", inputSize: [3, 64, 64] })).toThrow(
      /Choose one of Conv5_FC3, Conv4_FC3, Stride_Conv5_FC3/,
    );
    expect(() => build({ architecture: "resnet18", inputSize: [3, 64, 64, 64] })).toThrow(/takes 2D images/);
    expect(() => build({ architecture: "resnet18", inputSize: [1, 64, 64] })).toThrow(/takes 3 channels/);
    expect(() => build({ architecture: "Conv5_FC3", inputSize: [64, 64] })).toThrow(/1@169x208x179/);
    expect(() => build({ architecture: "Conv5_FC3", inputSize: [1, 64, 0] })).toThrow(
      /not the size of an image/,
    );
  });
});

describe("buildNetwork with the user's layers", () => {
  it("infers channels, features and the size of the answer", () => {
    const network = build({ architecture: layers });
    const trace = traceShapes(network);
    expect(trace.map(({ output }) => output)).toEqual([
      [4, 20, 24],
      [4, 20, 24],
      [4, 20, 24],
      [4, 10, 12],
      [8, 5, 6],
      [8, 3, 3],
      [72],
      [72],
      [10],
      [10],
      [3],
    ]);
    expect(trace[7]?.layer).toEqual({ kind: "Dropout", probability: 0.3 });
    expect(countParameters(network)).toBe(4 * 9 + 4 + 8 + 8 * 4 * 15 + 72 * 10 + 10 + 10 * 3 + 3);
    expect(initialState(network, 0).get("fc.4.weight")?.shape).toEqual([3, 10]);
  });

  it("builds 3D layers for a volume", () => {
    const cubes = layerListSchema.parse({
      convolutions: [{ layer: "Conv", out_channels: 2 }, { layer: "MaxPool" }],
    });
    const network = build({ architecture: cubes, inputSize: [1, 9, 9, 9], task: "reconstruction" });
    expect(traceShapes(network)[1]?.output).toEqual([2, 3, 3, 3]);
    expect(traceShapes(network).at(-1)?.output).toEqual([1, 9, 9, 9]);
  });

  it("builds residual blocks, with torchvision's names, in volumes too", () => {
    const residual = layerListSchema.parse({
      convolutions: [
        { layer: "Conv", out_channels: 4, padding: 1 },
        { layer: "ResidualBlock", out_channels: 4 },
        { layer: "ResidualBlock", out_channels: 8, stride: 2 },
        { layer: "AdaptiveAvgPool" },
      ],
      fc: [{ layer: "Flatten" }, { layer: "Linear" }],
    });
    const network = build({ architecture: residual, inputSize: [1, 9, 8, 7] });
    expect(traceShapes(network).map(({ output }) => output)).toEqual([
      [4, 9, 8, 7],
      [4, 9, 8, 7],
      [8, 5, 4, 4],
      [8, 1, 1, 1],
      [8],
      [3],
    ]);
    const state = initialState(network, 0);
    expect(state.get("convolutions.1.conv2.weight")?.shape).toEqual([4, 4, 3, 3, 3]);
    expect(state.has("convolutions.1.downsample.0.weight")).toBe(false);
    expect(state.get("convolutions.2.downsample.0.weight")?.shape).toEqual([8, 4, 1, 1, 1]);
    expect(state.get("convolutions.2.downsample.1.running_mean")?.shape).toEqual([8]);
  });

  it("becomes an autoencoder for a reconstruction, with or without `fc`", () => {
    const { fc, ...withoutFc } = layers;
    expect(fc).toBeDefined();
    const both = [layers, withoutFc].map((architecture) => build({ architecture, task: "reconstruction" }));
    for (const network of both)
      expect(network).toMatchObject({ family: "autoencoder", architecture: "custom" });
    expect(traceShapes(both[0]!)).toEqual(traceShapes(both[1]!));
  });

  it("becomes an autoencoder, whatever number of answers its `fc` gives", () => {
    const architecture = layerListSchema.parse({
      convolutions: layers.convolutions,
      fc: [{ layer: "Flatten" }, { layer: "Linear", out_features: 2 }],
    });
    const network = build({ architecture, outputSize: 1, task: "reconstruction" });
    expect(network).toMatchObject({ family: "autoencoder", architecture: "custom" });
  });

  const refused: readonly [string, unknown, Partial<NetworkRequest>, RegExp][] = [
    [
      "a classification without `fc`",
      { convolutions: [{ layer: "ReLU" }] },
      {},
      /^architecture: without `fc` it is an autoencoder/,
    ],
    [
      "a Linear of an image",
      { convolutions: [{ layer: "ReLU" }], fc: [{ layer: "Linear" }] },
      {},
      /^fc\[0\]: a Linear cannot take 1@20x24\. Put a Flatten/,
    ],
    [
      "a Linear without size before the last",
      {
        convolutions: [{ layer: "ReLU" }],
        fc: [{ layer: "Flatten" }, { layer: "Linear" }, { layer: "Linear" }],
      },
      {},
      /^fc\[1\]: this Linear has no `out_features`/,
    ],
    [
      "an answer of another size",
      { convolutions: [{ layer: "Flatten" }], fc: [{ layer: "Linear", out_features: 5 }] },
      {},
      /^fc: it gives 5 where 3 values are asked for/,
    ],
    [
      "an answer that is an image",
      { convolutions: [{ layer: "ReLU" }], fc: [{ layer: "Tanh" }] },
      {},
      /^fc: it gives 1@20x24 where 3/,
    ],
    [
      "sizes for two axes on a volume",
      { convolutions: [{ layer: "Conv", out_channels: 2, kernel_size: [3, 3] }] },
      { inputSize: [1, 9, 9, 9], task: "reconstruction" },
      /^convolutions\[0\]: `kernel_size` has 2 sizes for 3 axes/,
    ],
    [
      "a convolution after Flatten",
      { convolutions: [{ layer: "Flatten" }, { layer: "Conv", out_channels: 2 }] },
      { task: "reconstruction" },
      /^convolutions\[1\]: a Conv needs an image/,
    ],
    [
      "a padding beyond half the kernel",
      { convolutions: [{ layer: "MaxPool", kernel_size: 2, padding: 2 }] },
      { task: "reconstruction" },
      /^convolutions\[0\]: padding is 2x2/,
    ],
  ];
  for (const [name, architecture, request, message] of refused)
    it(`refuses ${name}`, () => {
      const parsed = layerListSchema.parse(architecture);
      expect(() => build({ architecture: parsed, ...request })).toThrow(ArchitectureError);
      expect(() => build({ architecture: parsed, ...request })).toThrow(message);
    });

  it("refuses a kernel of size 0 where it stands in the file", () => {
    const parsed = layerListSchema.safeParse({ convolutions: [{ layer: "MaxPool", kernel_size: 0 }] });
    expect(parsed.error?.issues[0]?.path).toEqual(["convolutions", 0, "kernel_size"]);
  });

  it("refuses an architecture too deep for its input, and says where and what to do", () => {
    const deep = layerListSchema.parse({
      convolutions: Array.from({ length: 6 }, () => ({ layer: "MaxPool" })),
      fc: [{ layer: "Flatten" }, { layer: "Linear" }],
    });
    expect(() => build({ architecture: deep })).toThrow(ShapeError);
    expect(() => build({ architecture: deep })).toThrow(
      /^convolutions\[4\]: MaxPool2d.* cannot take the input 1@1x1: the network is too deep for its input.*larger image or patch, or fewer pooling layers/,
    );
  });
});

describe("the task that a network is usually made for", () => {
  it.each([
    ["Conv5_FC3", "classification"],
    ["CAE_half", "reconstruction"],
    ["constructor", "classification"],
    [{ convolutions: [{ layer: "ReLU" }] }, "reconstruction"],
    [{ convolutions: [{ layer: "ReLU" }], fc: [{ layer: "Flatten" }] }, "classification"],
  ] as const)("of %j is %s", (architecture, task) => {
    expect(usualTask(architecture)).toBe(task);
  });
});
