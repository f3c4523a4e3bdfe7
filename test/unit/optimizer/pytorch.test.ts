import { describe, expect, it } from "vitest";
import { createOptimizer } from "../../../src/engine/optimizer/createOptimizer";
import type { Optimizer } from "../../../src/engine/optimizer/optimizer";
import type { ParameterStore } from "../../../src/engine/optimizer/parameterStore";
import { gradientsOf, initialStore, parameters, pytorch } from "./fixture";

/**
 * Both sides compute in float32, in the same order; PyTorch sometimes fuses a multiplication with an addition. So each value
 * may be off by a few roundings of itself, and of the largest of its tensor where a sum cancels.
 */
function expectEqual(actual: Float32Array, expected: Float32Array, what: string): void {
  const largest = expected.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  expect(actual.length, what).toBe(expected.length);
  actual.forEach((value, i) => {
    const tolerance = 1e-6 * Math.abs(expected[i]!) + 2e-7 * largest;
    expect(Math.abs(value - expected[i]!), `${what} [${i}]`).toBeLessThanOrEqual(tolerance);
  });
}

/** Weights and state of every parameter, against those of PyTorch called `prefix`. */
function expectPytorch(prefix: string, store: ParameterStore, optimizer: Optimizer): void {
  for (const { name } of parameters) {
    const weights = `${prefix}.weights.${name}`;
    expectEqual(store.view(name), pytorch(weights).data, weights);
  }
  for (const [moment, tensors] of optimizer.state().moments) {
    for (const [name, tensor] of tensors) {
      const key = `${prefix}.${moment}.${name}`;
      if (tensor.dtype !== "float32") throw new Error(`${key} is ${tensor.dtype}`);
      expect(tensor.shape, key).toEqual(pytorch(key).shape);
      expectEqual(tensor.data, pytorch(key).data, key);
    }
  }
}

describe.each(["Adam", "AdamW"] as const)("%s", (name) => {
  it.each([0, 0.1])("makes PyTorch's steps with weight decay %d", (weightDecay) => {
    const store = initialStore(name);
    const optimizer = createOptimizer({ name, learningRate: 0.01, weightDecay }, store);
    for (let step = 1; step <= 10; step++) {
      if (step === 8) optimizer.setLearningRate(0.001);
      optimizer.step(gradientsOf(step), 1);
      if ([1, 4, 10].includes(step)) expectPytorch(`${name}.${weightDecay}.${step}`, store, optimizer);
    }
  });
});
