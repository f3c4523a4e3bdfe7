/** The gradient of an answer by the input, or by what a layer gives, in evaluation mode. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Engine, InputBatch, Predictor } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { LayerList } from "../../../src/network/building/customArchitecture";
import { sequence } from "../../../src/network/definition/layerDefinition";
import type { Cnn, Network } from "../../../src/network/network";
import { initialState } from "../../../src/network/weights/initialise";
import { RandomGenerator } from "../../../src/network/weights/random";
import { elementCount, type StateDict, type Tensor } from "../../../src/network/weights/tensor";
import { autograd, explained, stateOf } from "../saliencyFixture";
import { expectClose } from "./closeness";

const CLASSES = 3;

const conv = (out_channels: number) =>
  ({
    layer: "Conv",
    out_channels,
    kernel_size: 3,
    stride: 1,
    padding: 1,
    dilation: 1,
    groups: 1,
    bias: true,
  }) as const;
const norm = { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 } as const;
const answer = [{ layer: "Flatten" }, { layer: "Linear", bias: true }] as const;

/** Every kind of layer that a CNN has between its input and its answer. */
const architectures: Readonly<Record<string, LayerList>> = {
  "convolutions, norms and adaptive pools": {
    convolutions: [
      conv(4),
      norm,
      { layer: "Tanh" },
      { layer: "PadMaxPool", kernel_size: 2 },
      conv(3),
      norm,
      { layer: "Sigmoid" },
    ],
    fc: answer,
  },
  "groups, dilation, norms of each image and smooth activations": {
    convolutions: [
      { ...conv(4), dilation: 2, padding: 2 },
      { layer: "GroupNorm", num_groups: 2, eps: 1e-5, affine: true },
      { layer: "GELU" },
      { ...conv(6), groups: 2 },
      { layer: "InstanceNorm", eps: 1e-5, affine: true },
      { layer: "SiLU" },
      { layer: "AvgPool", kernel_size: 3, stride: 2, padding: 1, count_include_pad: false },
      { layer: "ELU", alpha: 1 },
    ],
    fc: answer,
  },
  "strides, plain pools and averages": {
    convolutions: [
      { ...conv(4), stride: 2 },
      norm,
      { layer: "LeakyReLU", negative_slope: 0.1 },
      { layer: "MaxPool", kernel_size: 2, padding: 0 },
      { layer: "AdaptiveAvgPool", output_size: 2 },
    ],
    fc: [
      { layer: "Flatten" },
      { layer: "Dropout", p: 0.5 },
      { layer: "Linear", out_features: 5, bias: true },
      { layer: "ReLU" },
      { layer: "Linear", bias: true },
    ],
  },
};

const conv2d = {
  kind: "Conv",
  dimensions: 2,
  inChannels: 2,
  outChannels: 2,
  kernel: [3, 3],
  stride: [1, 1],
  padding: [1, 1],
  dilation: [1, 1],
  groups: 1,
  bias: true,
} as const;
const norm2d = { kind: "BatchNorm", dimensions: 2, channels: 2, epsilon: 1e-5, momentum: 0.1 } as const;
const residual: Cnn = {
  family: "cnn",
  architecture: "custom",
  inputSize: [2, 6, 5],
  convolutions: sequence([
    { kind: "ResidualBlock", body: sequence([conv2d, norm2d, { kind: "Tanh" }]), shortcut: [] },
    { kind: "ResidualBlock", body: sequence([conv2d, norm2d]), shortcut: sequence([conv2d, norm2d]) },
  ]),
  fc: sequence([{ kind: "Flatten" }, { kind: "Linear", inFeatures: 60, outFeatures: CLASSES, bias: true }]),
};

export function describeSaliency(createEngine: () => Promise<Engine>): void {
  describe("saliency", () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await createEngine();
    });
    const modelOf = (network: Network) => engine.predictor(network, lively(network));

    for (const [name, architecture] of Object.entries(architectures)) {
      it.each([0, 2])(`by the input is the slope of output %d: ${name}`, async (node) => {
        const model = await modelOf(networkOf(architecture, [2, 9, 8, 7]));
        await expectSlope(model, [2, 9, 8, 7], node);
        await model.dispose();
      });
    }

    it("by the input is the slope of the only output, as of a regression", async () => {
      const architecture = architectures["strides, plain pools and averages"]!;
      const request = { ...REQUEST, outputSize: 1, task: "regression" } as const;
      const model = await modelOf(buildNetwork({ ...request, architecture, inputSize: [2, 9, 8, 7] }));
      await expectSlope(model, [2, 9, 8, 7], 0);
      await model.dispose();
    });

    it("by the input is the slope through residual blocks", async () => {
      const model = await modelOf(residual);
      await expectSlope(model, residual.inputSize, 1);
      await model.dispose();
    });

    it("by the last features is the weight of a linear answer", async () => {
      const network = networkOf(architectures["convolutions, norms and adaptive pools"]!, [2, 9, 8, 7]);
      const model = await modelOf(network);
      const input = noise(2 * elementCount([2, 9, 8, 7]), 3);
      const { activations, gradients } = await model.saliency(seen(2, input), 1, {
        afterConvolutionLayers: 7,
      });
      expect(activations.shape).toEqual([2, 3, 5, 4, 4]);
      const state = lively(network);
      const weights = numbers(state.get("fc.1.weight")!);
      const bias = numbers(state.get("fc.1.bias")!);
      const width = 3 * 5 * 4 * 4;
      const outputs = await model.predict(seen(2, input));
      for (const sample of [0, 1]) {
        const row = weights.slice(width, 2 * width);
        const gradient = gradients.data.slice(sample * width, (sample + 1) * width);
        for (const [i, value] of gradient.entries()) expect(value).toBeCloseTo(row[i]!, 6);
        const features = activations.data.slice(sample * width, (sample + 1) * width);
        const sum = features.reduce((total, value, i) => total + value * row[i]!, bias[1]!);
        expect(sum).toBeCloseTo(outputs.data[sample * CLASSES + 1]!, 5);
      }
      await model.dispose();
    });

    for (const name of explained.networks) {
      it(`is what PyTorch's autograd gives, by the input and by features: ${name}`, async () => {
        const input = autograd(`${name}.input`);
        const [size = 0, ...inputSize] = input.shape;
        const network = networkOf(explained.architecture, inputSize);
        const model = await engine.predictor(network, stateOf(name));
        for (const node of explained.nodes) {
          const { gradients } = await model.saliency(seen(size, input.data), node, "input");
          expectClose(`by the input, ${node}`, gradients, autograd(`${name}.gradients.${node}`), 1e-5);
          for (const level of explained.levels) {
            const place = { afterConvolutionLayers: level };
            const found = await model.saliency(seen(size, input.data), node, place);
            expectClose(`features ${level}`, found.activations, autograd(`${name}.features.${level}`), 1e-5);
            const slopes = autograd(`${name}.slopes.${level}.${node}`);
            expectClose(`by features ${level}, ${node}`, found.gradients, slopes, 1e-5);
          }
        }
        await model.dispose();
      });
    }

    it("of a sample does not depend on the others of its batch", async () => {
      const model = await modelOf(
        networkOf(architectures["convolutions, norms and adaptive pools"]!, [2, 9, 8, 7]),
      );
      const size = elementCount([2, 9, 8, 7]);
      const input = noise(2 * size, 4);
      const both = await model.saliency(seen(2, input), 0, "input");
      const second = await model.saliency(seen(1, input.slice(size)), 0, "input");
      expect(both.activations.data).toEqual(input);
      for (const [i, value] of second.gradients.data.entries()) {
        expect(value).toBeCloseTo(both.gradients.data[size + i]!, 6);
      }
      await model.dispose();
    });

    it("is refused for an output that is not there, and for an autoencoder", async () => {
      const model = await modelOf(
        networkOf(architectures["strides, plain pools and averages"]!, [1, 9, 8, 7]),
      );
      const input = noise(elementCount([1, 9, 8, 7]), 5);
      await expect(model.saliency(seen(1, input), CLASSES, "input")).rejects.toThrow("There is no output 3");
      await model.dispose();
      const autoencoder = buildNetwork({
        ...REQUEST,
        architecture: "AE_Conv5_FC3",
        inputSize: [1, 16, 16, 16],
        task: "reconstruction",
      });
      const other = await engine.predictor(autoencoder, initialState(autoencoder, 0));
      await expect(other.saliency(seen(1, noise(4096, 6)), 0, "input")).rejects.toThrow(
        "An autoencoder has no answer",
      );
      await other.dispose();
    });
  });
}

const REQUEST = { outputSize: CLASSES, dropout: 0.5, latentSpaceSize: 1, task: "classification" } as const;

function networkOf(architecture: LayerList, inputSize: readonly number[]): Network {
  return buildNetwork({ ...REQUEST, architecture, inputSize });
}

/** Initial weights, with running statistics that are not those of an untrained network. */
function lively(network: Network): StateDict {
  const random = new RandomGenerator(11);
  return new Map(
    [...initialState(network, 1)].map(([name, tensor]): [string, Tensor] => {
      if (tensor.dtype !== "float32" || !name.includes("running")) return [name, tensor];
      const centre = name.endsWith("running_mean") ? -0.1 : 0.9;
      return [name, { ...tensor, data: tensor.data.map(() => centre + 0.2 * random.uniform()) }];
    }),
  );
}

function noise(count: number, seed: number): Float32Array {
  const random = new RandomGenerator(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

const seen = (size: number, image: Float32Array): InputBatch => ({ size, inputs: { image } });
const numbers = ({ data }: Tensor): number[] => Array.from<number | bigint, number>(data, Number);

/** Central differences of the output along three directions, against the inner product of gradient and direction. */
async function expectSlope(model: Predictor, inputSize: readonly number[], node: number): Promise<void> {
  const input = noise(elementCount(inputSize), 2);
  const { gradients } = await model.saliency(seen(1, input), node, "input");
  const norm = Math.sqrt(gradients.data.reduce((sum, value) => sum + value * value, 0));
  expect(norm).toBeGreaterThan(0);
  const step = 2 ** -10;
  for (const seed of [7, 8, 9]) {
    const direction = noise(input.length, seed);
    const outputAt = async (distance: number) => {
      const moved = input.map((value, i) => value + distance * direction[i]!);
      return (await model.predict(seen(1, moved))).data[node]!;
    };
    const slope = ((await outputAt(step)) - (await outputAt(-step))) / (2 * step);
    const expected = gradients.data.reduce((sum, value, i) => sum + value * direction[i]!, 0);
    // A direction has about the length 1 along the gradient; the rest is curvature, kinks and the rounding of the output.
    expect(Math.abs(slope - expected)).toBeLessThan(0.03 * norm);
  }
}
