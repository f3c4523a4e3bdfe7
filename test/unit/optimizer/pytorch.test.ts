import { describe, it } from "vitest";
import { createOptimizer } from "../../../src/engine/optimizer/createOptimizer";
import type { Optimizer } from "../../../src/engine/optimizer/optimizer";
import type { ParameterStore } from "../../../src/engine/optimizer/parameterStore";
import { OPTIMIZER_NAMES } from "../../../src/optimizer/optimizers";
import { expectAsPytorch } from "./expectAsPytorch";
import { gradientsOf, initialStore, parameters, pytorchState, SETTINGS, stepOf } from "./fixture";

function expectPytorch(prefix: string, store: ParameterStore, optimizer: Optimizer): void {
  const weights = new Map(parameters.map(({ name }) => [name, store.view(name)]));
  expectAsPytorch(prefix, weights, optimizer.state());
}

describe.each(OPTIMIZER_NAMES)("%s", (name) => {
  it.each([
    { weightDecay: 0, fixture: "plain" },
    { weightDecay: 0.1, fixture: "decay" },
  ])("makes PyTorch's steps with weight decay $weightDecay", ({ weightDecay, fixture }) => {
    const store = initialStore(name);
    const optimizer = createOptimizer({ name, learningRate: 0.01, weightDecay }, store);
    for (let step = 1; step <= 10; step++) {
      optimizer.step(gradientsOf(step), stepOf(1, step < 8 ? 0.01 : 0.001));
      if ([1, 4, 10].includes(step)) expectPytorch(`${name}.${fixture}.${step}`, store, optimizer);
    }
  });
});

describe.each(SETTINGS)("$optimizer with $settings", ({ optimizer: name, case: fixture, settings }) => {
  it("makes PyTorch's steps", () => {
    const store = initialStore(name, settings);
    const optimizer = createOptimizer(
      { name, hyperparameters: settings, learningRate: 0.01, weightDecay: 0.1 },
      store,
    );
    for (let step = 1; step <= 10; step++) {
      optimizer.step(gradientsOf(step), stepOf(1, step < 8 ? 0.01 : 0.001));
      if ([1, 4, 10].includes(step)) expectPytorch(`${name}.${fixture}.${step}`, store, optimizer);
    }
  });
});

describe("ASGD", () => {
  it("averages the weights as PyTorch does once a million steps are made", () => {
    const store = initialStore("ASGD");
    const optimizer = createOptimizer({ name: "ASGD", learningRate: 0.01, weightDecay: 0 }, store);
    optimizer.load(pytorchState("averaging.0", 1_000_004, ["step", "eta", "mu", "ax"]));
    for (let step = 1; step <= 3; step++) optimizer.step(gradientsOf(step), stepOf());
    expectPytorch("averaging.3", store, optimizer);
  });
});
