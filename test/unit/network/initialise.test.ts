import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../../src/network/building/build";
import { convolution } from "../../../src/network/layers/conv";
import { initialState } from "../../../src/network/weights/initialise";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import type { Tensor } from "../../../src/network/weights/tensor";
import fixture from "../../fixtures/network/initialState.json";

const defaults = { outputSize: 2, dropout: 0, latentSpaceSize: 128 } as const;

describe("initial state", () => {
  for (const { architecture, inputSize, outputSize, seed, tensors } of fixture.networks) {
    it(`of ${architecture} for ${inputSize.join("x")} with seed ${seed} is PyTorch's, bit for bit`, () => {
      const task = architecture.startsWith("AE_") ? "reconstruction" : "classification";
      const network = buildNetwork({ ...defaults, architecture, inputSize, outputSize, task });
      const state = initialState(network, seed);
      for (const [name, expected] of Object.entries(tensors)) {
        const tensor = state.get(name);
        expect([...(tensor?.data.slice(0, expected.first.length) ?? [])], name).toEqual(expected.first);
        expect(digest(tensor), name).toBe(expected.sha256);
      }
    });
  }

  it("follows the order of the state dict and its shapes", () => {
    const network = buildNetwork({
      ...defaults,
      architecture: "AE_Conv5_FC3",
      inputSize: [1, 20, 20, 20],
      task: "reconstruction",
    });
    const state = initialState(network, 0);
    expect([...state].map(([name, { shape, dtype }]) => ({ name, shape, dtype }))).toEqual(
      parameterSpecs(network).map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    );
    for (const { shape, data } of state.values()) expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
  });

  it("counts the inputs of one output group by group, by the second axis of the weight as PyTorch", () => {
    const weights = (inChannels: number, groups: number) => {
      const layer = { ...convolution(2, inChannels, 6), groups };
      const state = initialState(
        {
          family: "cnn",
          architecture: "custom",
          inputSize: [inChannels, 9, 9],
          convolutions: [{ name: "0", layer }],
          fc: [],
        },
        3,
      );
      return [...state.values()].map(({ shape, data }) => ({ shape, data: [...data] }));
    };
    expect(weights(4, 2)).toEqual(weights(2, 1));
    expect(weights(4, 2)[0]?.shape).toEqual([6, 2, 3, 3]);
  });

  it("makes a batch norm the identity that has seen nothing", () => {
    const network = buildNetwork({
      ...defaults,
      architecture: "Conv5_FC3",
      inputSize: [1, 32, 32],
      task: "classification",
    });
    const state = initialState(network, 0);
    const values = (name: string) => new Set<number | bigint>(state.get(`convolutions.1.${name}`)?.data);
    expect(values("weight")).toEqual(new Set([1]));
    expect(values("bias")).toEqual(new Set([0]));
    expect(values("running_mean")).toEqual(new Set([0]));
    expect(values("running_var")).toEqual(new Set([1]));
    expect(values("num_batches_tracked")).toEqual(new Set([0n]));
  });

  it("gives resnet18 normal convolutions with the variance 2 / fan_out", () => {
    const network = buildNetwork({
      ...defaults,
      architecture: "resnet18",
      inputSize: [3, 64, 64],
      task: "classification",
    });
    const weight = initialState(network, 1).get("convolutions.7.1.conv1.weight")!;
    const values = Array.from(weight.data, Number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const expected = 2 / (512 * 9);
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / values.length));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
  });

  it("differs with the seed", () => {
    const network = buildNetwork({
      ...defaults,
      architecture: "Conv4_FC3",
      inputSize: [1, 32, 32],
      task: "classification",
    });
    expect(initialState(network, 0)).toEqual(initialState(network, 0));
    expect(initialState(network, 0)).not.toEqual(initialState(network, 1));
  });
});

function digest(tensor: Tensor | undefined): string {
  if (tensor === undefined) return "absent";
  const { buffer, byteOffset, byteLength } = tensor.data;
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex")
    .slice(0, 16);
}
