import { describe, expect, it } from "vitest";
import { ArchitectureError } from "../../../src/network/architectureError";
import { buildNetwork } from "../../../src/network/building/build";
import { customCnn } from "../../../src/network/building/custom";
import type { CustomLayer } from "../../../src/network/building/customArchitecture";
import type { LayerKind } from "../../../src/network/layer";
import type { Cnn } from "../../../src/network/network";
import { traceShapes } from "../../../src/network/shapes/shape";
import { type Transposition, transpose } from "../../../src/network/transpose";

const conv = (
  out_channels: number,
  options: Partial<Extract<CustomLayer, { layer: "Conv" }>> = {},
): CustomLayer => ({
  layer: "Conv",
  out_channels,
  kernel_size: 3,
  stride: 1,
  padding: 1,
  dilation: 1,
  groups: 1,
  bias: true,
  ...options,
});
const batchNorm: CustomLayer = { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 };
const relu: CustomLayer = { layer: "ReLU" };
const leakyRelu: CustomLayer = { layer: "LeakyReLU", negative_slope: 0.2 };
const padMaxPool: CustomLayer = { layer: "PadMaxPool", kernel_size: 2 };
const maxPool: CustomLayer = { layer: "MaxPool", kernel_size: 2, padding: 0 };

const cnn = (convolutions: readonly CustomLayer[], inputSize: readonly number[] = [1, 9, 10]): Cnn =>
  customCnn(
    { convolutions },
    { inputSize, outputSize: 2, dropout: 0.25, latentSpaceSize: 1, layout: "gyrus" },
  );
const transposed = (...convolutions: CustomLayer[]) => transpose(cnn(convolutions));
const decoderOf = ({ autoencoder }: Transposition) => autoencoder.decoder.map(({ layer }) => layer);
const kinds = (transposition: Transposition): LayerKind[] => decoderOf(transposition).map(({ kind }) => kind);

describe("rules of transposition", () => {
  it("Conv becomes a ConvTranspose of exchanged channels, with a bias", () => {
    const transposition = transposed(conv(8, { kernel_size: [3, 5], padding: [1, 2], bias: false }));
    expect(decoderOf(transposition)).toEqual([
      {
        kind: "ConvTranspose",
        dimensions: 2,
        inChannels: 8,
        outChannels: 1,
        kernel: [3, 5],
        stride: [1, 1],
        padding: [1, 2],
        outputPadding: [0, 0],
        dilation: [1, 1],
        groups: 1,
        bias: true,
      },
    ]);
    expect(transposition.ties).toEqual([
      { decoder: "decoder.0", encoder: "encoder.0", rule: "Conv -> ConvTranspose" },
    ]);
  });

  it("gives back by output padding what a stride had lost, axis by axis", () => {
    const [layer] = decoderOf(transposed(conv(4, { stride: 2 })));
    expect(layer).toMatchObject({ stride: [2, 2], outputPadding: [0, 1] });
    const [far] = decoderOf(transpose(cnn([conv(4, { stride: 3, kernel_size: 2, padding: 0 })], [1, 9, 10])));
    expect(far).toMatchObject({ outputPadding: [1, 2] });
  });

  it("PadMaxPool becomes the CropMaxUnpool that takes its indices and padding", () => {
    const transposition = transposed(padMaxPool);
    expect(decoderOf(transposition)).toEqual([
      { kind: "CropMaxUnpool", dimensions: 2, kernel: [2, 2], stride: [2, 2] },
    ]);
    expect(transposition.ties).toEqual([
      { decoder: "decoder.0", encoder: "encoder.0", rule: "PadMaxPool -> CropMaxUnpool", pool: "encoder.0" },
    ]);
    expect(traceShapes(transposition.autoencoder)[1]).toMatchObject({ pool: "encoder.0", padding: [1, 0] });
  });

  it("MaxPool becomes the MaxUnpool that takes its indices", () => {
    const transposition = transposed(maxPool);
    expect(kinds(transposition)).toEqual(["MaxUnpool"]);
    expect(transposition.ties[0]).toMatchObject({ rule: "MaxPool -> MaxUnpool", pool: "encoder.0" });
  });

  it("Flatten becomes the Reshape to what it had flattened, Linear a Linear with in and out exchanged", () => {
    const transposition = transposed({ layer: "Flatten" }, { layer: "Linear", out_features: 7, bias: true });
    expect(decoderOf(transposition)).toEqual([
      { kind: "Linear", inFeatures: 7, outFeatures: 90, bias: true },
      { kind: "Reshape", shape: [1, 9, 10] },
    ]);
    expect(transposition.ties.map(({ rule }) => rule)).toEqual(["Linear -> Linear", "Flatten -> Reshape"]);
  });

  it("LeakyReLU takes the inverse slope", () => {
    expect(decoderOf(transposed(leakyRelu))).toEqual([{ kind: "LeakyReLU", negativeSlope: 5 }]);
  });

  it("a batch norm behind the Reshape takes the channels of its map", () => {
    const transposition = transposed(conv(4), batchNorm, { layer: "Flatten" });
    expect(kinds(transposition)).toEqual(["Reshape", "BatchNorm", "ConvTranspose"]);
    expect(decoderOf(transposition)[1]).toMatchObject({ kind: "BatchNorm", channels: 4 });
  });

  it("anything else is copied", () => {
    const transposition = transposed(
      { layer: "Sigmoid" },
      { layer: "Tanh" },
      { layer: "Dropout", p: 0.1 },
      { layer: "Dropout" },
      relu,
      batchNorm,
    );
    expect(decoderOf(transposition)).toEqual([
      { kind: "BatchNorm", dimensions: 2, channels: 1, epsilon: 1e-5, momentum: 0.1 },
      { kind: "ReLU" },
      { kind: "Dropout", probability: 0.25 },
      { kind: "Dropout", probability: 0.1 },
      { kind: "Tanh" },
      { kind: "Sigmoid" },
    ]);
    expect(new Set(transposition.ties.map(({ rule }) => rule))).toEqual(new Set(["copy"]));
  });

  it("refuses what cannot be undone, by name", () => {
    const pooling: CustomLayer = { layer: "AdaptiveAvgPool", output_size: 1 };
    expect(() => transposed(conv(4), pooling)).toThrow(ArchitectureError);
    expect(() => transposed(conv(4), pooling)).toThrow(
      /^convolutions\.1: AdaptiveAvgPool2d.*no transposition/,
    );
    const resnet = { architecture: "resnet18", inputSize: [3, 64, 64], task: "reconstruction" } as const;
    expect(() => buildNetwork({ ...resnet, outputSize: 2, dropout: 0, latentSpaceSize: 1 })).toThrow(
      /^convolutions\.5\.0: ResidualBlock/,
    );
    const overlapping: CustomLayer = { layer: "PadMaxPool", kernel_size: 3, stride: 2 };
    expect(() => transposed(overlapping)).toThrow(/^decoder\.0: .*kernel equal to its stride/);
  });
});

describe("exchange of activation and convolution", () => {
  it("puts the convolution first in every block, and sizes the batch norm to it", () => {
    const transposition = transposed(
      conv(8),
      batchNorm,
      relu,
      padMaxPool,
      conv(16),
      batchNorm,
      relu,
      padMaxPool,
    );
    expect(kinds(transposition)).toEqual([
      "CropMaxUnpool",
      "ConvTranspose",
      "BatchNorm",
      "ReLU",
      "CropMaxUnpool",
      "ConvTranspose",
      "BatchNorm",
      "ReLU",
    ]);
    expect(transposition.ties.slice(1, 4)).toEqual([
      {
        decoder: "decoder.1",
        encoder: "encoder.4",
        rule: "Conv -> ConvTranspose",
        exchangedWith: "decoder.3",
      },
      { decoder: "decoder.2", encoder: "encoder.5", rule: "copy", resized: { from: 16, to: 8 } },
      { decoder: "decoder.3", encoder: "encoder.6", rule: "copy", exchangedWith: "decoder.1" },
    ]);
    expect(transposition.ties[6]).toMatchObject({ resized: { from: 8, to: 1 } });
    expect(transposition.ties.map(({ pool }) => pool).filter(Boolean)).toEqual(["encoder.7", "encoder.3"]);
  });

  it("is the same in 3D", () => {
    const layers = [conv(8), batchNorm, relu, padMaxPool, conv(16), batchNorm, leakyRelu, maxPool];
    const plane = transpose(cnn(layers, [1, 9, 10]));
    const volume = transpose(cnn(layers, [1, 9, 10, 11]));
    expect(volume.ties).toEqual(plane.ties);
    expect(kinds(volume)).toEqual(kinds(plane));
  });

  it("pairs the latest convolution and the latest activation, as soon as both are known", () => {
    expect(kinds(transposed(conv(4), conv(8), batchNorm, leakyRelu, maxPool))).toEqual([
      "MaxUnpool",
      "ConvTranspose",
      "BatchNorm",
      "LeakyReLU",
      "ConvTranspose",
    ]);
    expect(kinds(transposed(relu, conv(4), relu, relu))).toEqual(["ReLU", "ReLU", "ReLU", "ConvTranspose"]);
  });

  it("leaves other activations where they are", () => {
    expect(kinds(transposed(conv(4), { layer: "Tanh" }))).toEqual(["Tanh", "ConvTranspose"]);
  });

  it("does not carry a convolution that changes the shape across a pool", () => {
    const transposition = transposed(conv(4), batchNorm, maxPool, relu);
    expect(kinds(transposition)).toEqual(["ReLU", "MaxUnpool", "BatchNorm", "ConvTranspose"]);
    expect(transposition.ties.some(({ exchangedWith }) => exchangedWith !== undefined)).toBe(false);
  });

  it("carries one that keeps the shape, as ClinicaDL does", () => {
    expect(kinds(transposed(conv(1), maxPool, relu))).toEqual(["ConvTranspose", "MaxUnpool", "ReLU"]);
  });

  it("does not carry a convolution across a pool of one voxel, which keeps the shape of its own input only", () => {
    const single: CustomLayer = { layer: "PadMaxPool", kernel_size: 1 };
    expect(kinds(transposed(conv(4, { stride: 2 }), single, relu))).toEqual([
      "ReLU",
      "CropMaxUnpool",
      "ConvTranspose",
    ]);
  });

  it("does not carry a convolution across a residual block, whose channels are fixed", () => {
    const source = cnn([conv(4), relu]);
    const [first, activation] = source.convolutions;
    const block = { name: "1", layer: { kind: "ResidualBlock", body: [], shortcut: [] } } as const;
    const convolutions = [first!, block, { ...activation!, name: "2" }];
    expect(kinds(transpose({ ...source, convolutions }))).toEqual(["ReLU", "ResidualBlock", "ConvTranspose"]);
  });

  it("keeps ClinicaDL's order for its own 2D autoencoders, on request and only in 2D", () => {
    const layers = [conv(8), batchNorm, relu, padMaxPool];
    const plane = transpose(cnn(layers, [1, 9, 10]), { layout: "clinicadl" });
    expect(kinds(plane)).toEqual(["CropMaxUnpool", "ReLU", "BatchNorm", "ConvTranspose"]);
    expect(plane.ties.every(({ resized }) => resized === undefined)).toBe(true);
    const volume = transpose(cnn(layers, [1, 9, 10, 11]), { layout: "clinicadl" });
    expect(kinds(volume)).toEqual(["CropMaxUnpool", "ConvTranspose", "BatchNorm", "ReLU"]);
  });
});

describe("autoencoder by transposition", () => {
  it("gives back the shape of its input whatever the sizes and strides", () => {
    for (const inputSize of [
      [1, 9, 10],
      [2, 33, 17],
      [1, 9, 10, 11],
      [3, 16, 25, 31],
    ]) {
      const layers = [
        conv(4, { stride: 2 }),
        batchNorm,
        leakyRelu,
        conv(6, { kernel_size: 2, padding: 0 }),
        relu,
        maxPool,
        { layer: "Flatten" } as const,
        { layer: "Linear", out_features: 5, bias: true } as const,
      ];
      const { autoencoder } = transpose(cnn(layers, inputSize));
      expect(traceShapes(autoencoder).at(-1)?.output).toEqual(inputSize);
    }
  });

  it("keeps the CNN and its layers as they are", () => {
    const source = cnn([conv(8), batchNorm, relu, padMaxPool]);
    const { autoencoder } = transpose(source);
    expect(autoencoder.encoder).toEqual(source.convolutions);
    expect(autoencoder.transposedFrom).toBe(source);
  });
});

describe("norms, activations and convolutions of other kinds", () => {
  const groupNorm = (num_groups: number): CustomLayer => ({
    layer: "GroupNorm",
    num_groups,
    eps: 1e-5,
    affine: true,
  });

  it("GroupNorm and InstanceNorm take the channels that reach them", () => {
    const instanceNorm: CustomLayer = { layer: "InstanceNorm", eps: 1e-5, affine: true };
    const layers = [conv(8), groupNorm(2), relu, conv(4), instanceNorm, relu];
    const transposition = transpose(cnn(layers, [2, 9, 10]));
    expect(kinds(transposition)).toEqual([
      "ConvTranspose",
      "InstanceNorm",
      "ReLU",
      "ConvTranspose",
      "GroupNorm",
      "ReLU",
    ]);
    expect(decoderOf(transposition)).toMatchObject([
      { outChannels: 8 },
      { kind: "InstanceNorm", channels: 8 },
      {},
      { outChannels: 2 },
      { kind: "GroupNorm", channels: 2, groups: 2 },
      {},
    ]);
    expect(transposition.ties[4]?.resized).toEqual({ from: 8, to: 2 });
  });

  it("refuses groups that do not divide the channels of the decoder", () => {
    const make = () => transposed(conv(8), groupNorm(4), relu);
    expect(make).toThrow(ArchitectureError);
    expect(make).toThrow(
      "convolutions.1: its 4 groups do not divide the 1 channels that reach it in the decoder. Give a `num_groups` that divides 8 and 1, or use BatchNorm.",
    );
  });

  const hidden: readonly CustomLayer[] = [{ layer: "ELU", alpha: 0.5 }, { layer: "GELU" }, { layer: "SiLU" }];
  it.each(hidden)(
    "$layer is copied, and changes places with the convolution as a ReLU does",
    (activation) => {
      const transposition = transposed(conv(8), activation, padMaxPool);
      expect(kinds(transposition)).toEqual(["CropMaxUnpool", "ConvTranspose", activation.layer]);
      expect(transposition.ties[2]?.rule).toBe("copy");
      const source = transposition.autoencoder.encoder[1]?.layer;
      expect(transposition.autoencoder.decoder[2]?.layer).toEqual(source);
    },
  );

  it("dilation and groups stay, and the output has the shape of the input", () => {
    const dilated = conv(6, { dilation: [2, 3], padding: [1, 2], stride: 2, groups: 2 });
    const depthwise = conv(6, { groups: 6, bias: false });
    const layers = [dilated, batchNorm, relu, depthwise, { layer: "GELU" } as const];
    const { autoencoder } = transpose(cnn(layers, [2, 17, 22]));
    expect(traceShapes(autoencoder).at(-1)?.output).toEqual([2, 17, 22]);
    expect(autoencoder.decoder.map(({ layer }) => layer)).toMatchObject([
      { kind: "ConvTranspose", inChannels: 6, outChannels: 6, groups: 6, bias: true },
      { kind: "GELU" },
      { kind: "ConvTranspose", dilation: [2, 3], groups: 2, inChannels: 6, outChannels: 2 },
      { kind: "BatchNorm", channels: 2 },
      { kind: "ReLU" },
    ]);
  });

  it("a kernel of 3 with dilation 2 and padding 2 keeps every shape, so it may pass a pool", () => {
    const layers = [conv(1, { dilation: 2, padding: 2 }), padMaxPool, relu];
    expect(kinds(transposed(...layers))).toEqual(["ConvTranspose", "CropMaxUnpool", "ReLU"]);
  });
});
