import { describe, expect, it } from "vitest";
import { EngineError, type OptimizerState } from "../../../src/engine/engine";
import { createOptimizer } from "../../../src/engine/optimizer/createOptimizer";
import type { Gradient, Optimizer } from "../../../src/engine/optimizer/optimizer";
import { createParameterStore } from "../../../src/engine/optimizer/parameterStore";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { OPTIMIZER_NAMES } from "../../../src/optimizer/optimizers";
import { gradientsOf, initialStore, parameters, pytorchState, SETTINGS, stepOf } from "./fixture";

const adam = { name: "Adam", learningRate: 0.01, weightDecay: 0.1 } as const;
const dense = (...data: number[]): Gradient => ({ kind: "dense", data: Float32Array.from(data) });

function smallStore() {
  const store = createParameterStore(
    [
      { name: "a", shape: [3] },
      { name: "b", shape: [3] },
      { name: "c", shape: [3], frozen: true },
    ],
    2,
  );
  for (const name of ["a", "b", "c"]) store.view(name).set([1, 2, 3]);
  return store;
}

describe("step", () => {
  it("multiplies every gradient by the scale", () => {
    const [sum, mean] = [smallStore(), smallStore()];
    createOptimizer(adam, sum).step(new Map([["a", dense(2, -3, 5)]]), stepOf());
    createOptimizer(adam, mean).step(new Map([["a", dense(8, -12, 20)]]), stepOf(0.25));
    expect(mean.view("a")).toEqual(sum.view("a"));
    expect(mean.moment("a", 0)).toEqual(sum.moment("a", 0));
  });

  it("leaves parameters without a gradient alone", () => {
    const store = smallStore();
    const optimizer = createOptimizer(adam, store);
    optimizer.step(new Map([["a", dense(1, 1, 1)]]), stepOf());
    expect([...store.view("b")]).toEqual([1, 2, 3]);
    expect(optimizer.state().moments.get("exp_avg")?.has("b")).toBe(false);
  });

  it("counts the steps of each parameter, as PyTorch does", () => {
    const [early, late] = [smallStore(), smallStore()];
    const fresh = createOptimizer(adam, late);
    const running = createOptimizer(adam, early);
    running.step(new Map([["a", dense(1, 1, 1)]]), stepOf());
    for (const optimizer of [running, fresh]) optimizer.step(new Map([["b", dense(1, -2, 3)]]), stepOf());
    expect(early.view("b")).toEqual(late.view("b"));
    expect(running.state().step).toBe(2);
  });

  it("lets the moments of what has no gradient any more become zero, not subnormal", () => {
    const store = smallStore();
    const optimizer = createOptimizer({ ...adam, weightDecay: 0 }, store);
    optimizer.step(new Map([["a", dense(1, 1, 0)]]), stepOf());
    for (let i = 1; i < 1024; i++) optimizer.step(new Map([["a", dense(0, 1, 0)]]), stepOf());
    expect(store.moment("a", 0)[0]).toBe(0);
    expect(store.moment("a", 0)[1]).toBeCloseTo(1, 5);
    expect(store.moment("a", 1)[0]).toBeGreaterThan(1e-4);
  });

  it("refuses a gradient of an unknown or a frozen parameter", () => {
    const optimizer = createOptimizer(adam, smallStore());
    for (const name of ["c", "d"])
      expect(() => optimizer.step(new Map([[name, dense(1, 1, 1)]]), stepOf())).toThrow(
        `${name} is no trained parameter`,
      );
  });

  it("gives the same bits with and without SIMD", () => {
    const [simd, plain] = [initialStore("Adam"), initialStore("Adam")];
    const optimizers = [createOptimizer(adam, simd), createOptimizer(adam, plain, plainKernels)];
    for (const optimizer of optimizers)
      for (let step = 1; step <= 3; step++) optimizer.step(gradientsOf(step), stepOf());
    for (const { name } of parameters) expect(simd.view(name)).toEqual(plain.view(name));
  });
});

describe("createOptimizer", () => {
  it("refuses a store without room for its moments", () => {
    expect(() => createOptimizer(adam, createParameterStore(parameters, 1))).toThrow(
      "needs 2 moments, the store has 1",
    );
  });
});

describe("load", () => {
  const saved = () => pytorchState("Adam.decay.4", 4, ["step", "exp_avg", "exp_avg_sq"]);

  it("takes PyTorch's state, which state() then gives back", () => {
    const optimizer = createOptimizer(adam, initialStore("Adam"));
    optimizer.load(saved());
    expect(optimizer.state()).toEqual(saved());
  });

  it("forgets what was before", () => {
    const [store, fresh] = [initialStore("Adam"), initialStore("Adam")];
    const optimizer = createOptimizer(adam, store);
    optimizer.step(gradientsOf(1), stepOf());
    optimizer.load({ step: 0, moments: new Map() });
    for (const { name } of parameters) store.view(name).set(fresh.view(name));
    for (const each of [optimizer, createOptimizer(adam, fresh)]) each.step(gradientsOf(2), stepOf());
    for (const { name } of parameters) expect(store.view(name)).toEqual(fresh.view(name));
  });

  it("gives copies, which later steps do not change", () => {
    const optimizer = createOptimizer(adam, initialStore("Adam"));
    optimizer.load(saved());
    const before = optimizer.state();
    optimizer.step(gradientsOf(5), stepOf());
    expect(before).toEqual(saved());
  });

  const without = (state: OptimizerState, moment: string): OptimizerState => ({
    ...state,
    moments: new Map([...state.moments].filter(([name]) => name !== moment)),
  });
  const asIf = (state: OptimizerState, moment: string, tensors: ReturnType<typeof state.moments.get>) => ({
    ...state,
    moments: new Map([...state.moments, [moment, tensors ?? new Map()]]),
  });
  it.each([
    [
      "of another optimizer",
      () => asIf(saved(), "square_avg", new Map()),
      "has square_avg, which this optimizer",
    ],
    ["without a moment", () => without(saved(), "exp_avg"), "has no exp_avg of vector"],
    ["without steps", () => without(saved(), "step"), "has exp_avg of vector but not its step"],
    [
      "of another shape",
      () =>
        asIf(
          saved(),
          "exp_avg",
          new Map([["vector", { dtype: "float32", shape: [8], data: new Float32Array(8) }]]),
        ),
      "has exp_avg of vector as float32 [8] instead of float32 [7]",
    ],
    [
      "of another network",
      () =>
        asIf(
          saved(),
          "step",
          new Map([["other", { dtype: "float32", shape: [], data: Float32Array.of(4) }]]),
        ),
      "has exp_avg of vector but not its step",
    ],
  ])("refuses a state %s and changes nothing", (_, state, message) => {
    const optimizer = createOptimizer(adam, initialStore("Adam"));
    optimizer.load(saved());
    expect(() => optimizer.load(state())).toThrow(EngineError);
    expect(() => optimizer.load(state())).toThrow(message);
    expect(optimizer.state()).toEqual(saved());
  });
});

describe.each([...OPTIMIZER_NAMES.map((optimizer) => ({ optimizer, settings: {} })), ...SETTINGS])(
  "$optimizer with $settings",
  ({ optimizer: name, settings: hyperparameters }) => {
    const settings = { name, hyperparameters, learningRate: 0.01, weightDecay: 0.1 };
    /** Steps `first` to `last` of a long run: the fixture's gradients, over and over, each time smaller. */
    const run = (optimizer: Optimizer, first: number, last: number): void => {
      for (let step = first; step <= last; step++)
        optimizer.step(gradientsOf(1 + (step % 10)), stepOf(1 / step));
    };

    it("goes on from a saved state as if it had never stopped, bit for bit", () => {
      const whole = initialStore(name, hyperparameters);
      const uninterrupted = createOptimizer(settings, whole);
      run(uninterrupted, 1, 20);

      const before = initialStore(name, hyperparameters);
      const interrupted = createOptimizer(settings, before);
      run(interrupted, 1, 10);
      const after = initialStore(name, hyperparameters);
      for (const parameter of parameters) after.view(parameter.name).set(before.view(parameter.name));
      const resumed = createOptimizer(settings, after);
      resumed.load(interrupted.state());
      expect(resumed.state()).toEqual(interrupted.state());
      run(resumed, 11, 20);

      for (const parameter of parameters)
        expect(after.view(parameter.name)).toEqual(whole.view(parameter.name));
      expect(resumed.state()).toEqual(uninterrupted.state());
    });
  },
);
