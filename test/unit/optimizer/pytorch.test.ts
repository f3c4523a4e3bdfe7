import { describe, expect, it } from "vitest";
import type { OptimizerState } from "../../../src/engine/engine";
import { createOptimizer } from "../../../src/engine/optimizer/createOptimizer";
import type { Optimizer } from "../../../src/engine/optimizer/optimizer";
import type { ParameterStore } from "../../../src/engine/optimizer/parameterStore";
import type { FloatTensor } from "../../../src/network/tensor";
import { gradientsOf, initialStore, OPTIMIZERS, parameters, pytorchState, pytorchTensors } from "./fixture";

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
  const { moments } = optimizer.state();
  for (const { name } of parameters) {
    const expected = pytorchTensors(prefix, name);
    // PyTorch's SGD counts no steps.
    expect(new Set(["weights", "step", ...moments.keys()])).toEqual(new Set(["step", ...expected.keys()]));
    for (const [moment, { shape, data }] of expected) {
      const actual = moment === "weights" ? { shape, data: store.view(name) } : floats(moments, moment, name);
      expect(actual.shape).toEqual(shape);
      expectEqual(actual.data, data, `${prefix}.${moment}.${name}`);
    }
  }
}

function floats(moments: OptimizerState["moments"], moment: string, name: string): FloatTensor {
  const tensor = moments.get(moment)?.get(name);
  if (tensor?.dtype !== "float32") throw new Error(`there is no ${moment} of ${name}`);
  return tensor;
}

describe.each(OPTIMIZERS)("%s", (name) => {
  it.each([
    { weightDecay: 0, fixture: "plain" },
    { weightDecay: 0.1, fixture: "decay" },
  ])("makes PyTorch's steps with weight decay $weightDecay", ({ weightDecay, fixture }) => {
    const store = initialStore(name);
    const optimizer = createOptimizer({ name, learningRate: 0.01, weightDecay }, store);
    for (let step = 1; step <= 10; step++) {
      if (step === 8) optimizer.setLearningRate(0.001);
      optimizer.step(gradientsOf(step), 1);
      if ([1, 4, 10].includes(step)) expectPytorch(`${name}.${fixture}.${step}`, store, optimizer);
    }
  });
});

describe("ASGD", () => {
  it("averages the weights as PyTorch does once a million steps are made", () => {
    const store = initialStore("ASGD");
    const optimizer = createOptimizer({ name: "ASGD", learningRate: 0.01, weightDecay: 0 }, store);
    optimizer.load(pytorchState("averaging.0", 1_000_004, ["step", "eta", "mu", "ax"]));
    for (let step = 1; step <= 3; step++) optimizer.step(gradientsOf(step), 1);
    expectPytorch("averaging.3", store, optimizer);
  });
});
