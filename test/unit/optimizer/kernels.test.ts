import { describe, expect, it } from "vitest";
import { loadKernels } from "../../../src/engine/optimizer/loadKernels";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { type GivenSettings, type OptimizerName, ruleOf } from "../../../src/optimizer/optimizers";
import { values } from "./values";

const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 });
const simd = loadKernels(memory);

/** A copy of `data` in the memory of the kernels, `offset` floats from its beginning. */
function placed(offset: number, data: Float32Array): Float32Array {
  const view = new Float32Array(memory.buffer, offset * 4, data.length);
  view.set(data);
  return view;
}

it("runs the SIMD kernels here", () => {
  expect(simd.kind).toBe("simd");
});

it("refuses arrays outside of the memory", () => {
  const size = { count: 1, rows: 1, columns: 1, leftStride: 1 };
  const outside = new Float32Array(1);
  expect(() => simd.sumOuterProducts(outside, outside, outside, size, false)).toThrow(
    "outside of its memory",
  );
});

/** Every form that a formula can have. */
const FORMS: readonly { name: OptimizerName; step: number; hyperparameters?: GivenSettings }[] = [
  { name: "Adadelta", step: 1 },
  { name: "Adadelta", step: 2, hyperparameters: { rho: 0.5, eps: 1e-3 } },
  { name: "Adagrad", step: 3, hyperparameters: { lr_decay: 0.1, initial_accumulator_value: 2 } },
  { name: "Adam", step: 3 },
  { name: "Adam", step: 3, hyperparameters: { betas: [0.4, 0.9] } },
  { name: "Adam", step: 3, hyperparameters: { amsgrad: true } },
  { name: "AdamW", step: 3 },
  { name: "Adamax", step: 3 },
  { name: "ASGD", step: 1 },
  { name: "ASGD", step: 4, hyperparameters: { t0: 1 } },
  { name: "NAdam", step: 3 },
  { name: "RAdam", step: 1 },
  { name: "RAdam", step: 10 },
  { name: "RMSprop", step: 1 },
  { name: "RMSprop", step: 1, hyperparameters: { momentum: 0.9 } },
  { name: "RMSprop", step: 1, hyperparameters: { centered: true } },
  { name: "RMSprop", step: 1, hyperparameters: { momentum: 0.9, centered: true } },
  { name: "SGD", step: 1 },
  { name: "SGD", step: 1, hyperparameters: { momentum: 0.9, dampening: 0.1 } },
  { name: "SGD", step: 2, hyperparameters: { momentum: 0.9, dampening: 0.1 } },
  { name: "SGD", step: 2, hyperparameters: { momentum: 0.9, nesterov: true } },
];

describe.each(FORMS)("step $step of $name with $hyperparameters", ({ name, step, hyperparameters }) => {
  const rule = ruleOf(name, hyperparameters);
  const begun = rule.begin({
    step,
    learningRate: 0.0123,
    weightDecay: 0.1,
    scalars: { mu_product: 0.7, eta: 0.012, mu: step === 1 ? 1 : 0.25 },
  });
  const signed = ["exp_avg", "ax", "momentum_buffer"];

  it.each([
    [1, undefined],
    [4, undefined],
    [7, 0.05],
    [64, undefined],
    [1003, undefined],
    [2051, 0.05],
  ])("gives the bits of the plain loop for %i values, clipped at %s", (length, limit) => {
    const preparation = { scale: 0.25, decay: 0.01, limit };
    const weights = values(length, 1);
    const gradient = values(length, 2);
    const moments = Object.keys(rule.moments).map((moment, i) =>
      signed.includes(moment) ? values(length, 3 + i) : values(length, 3 + i).map(Math.abs),
    );
    const inMemory = [weights, gradient, ...moments].map((array, i) => placed(i * 2100, array));
    const beyond = placed(Math.ceil(length / 4) * 4, Float32Array.of(42));
    simd.update(rule, preparation, begun)(inMemory[0]!, inMemory[1]!, ...inMemory.slice(2));
    plainKernels.update(rule, preparation, begun)(weights, gradient, ...moments);
    expect(inMemory[0]).toEqual(weights);
    expect(inMemory.slice(2)).toEqual(moments);
    expect(beyond[0]).toBe(42);
  });
});

describe("flushSubnormals", () => {
  it.each([simd, plainKernels])("makes zero of subnormal numbers alone ($kind)", ({ flushSubnormals }) => {
    const numbers = [
      0,
      1e-40,
      -1e-45,
      2 ** -126,
      -(2 ** -126),
      1,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      1e-39,
    ];
    const array = placed(0, Float32Array.from(numbers));
    flushSubnormals(array);
    expect([...array]).toEqual([
      0,
      0,
      0,
      2 ** -126,
      -(2 ** -126),
      1,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      0,
    ]);
  });
});

describe("sumOuterProducts", () => {
  const sizes = [
    { count: 1, rows: 1, columns: 1, leftStride: 1 },
    { count: 2, rows: 4, columns: 8, leftStride: 4 },
    { count: 3, rows: 5, columns: 7, leftStride: 9 },
    { count: 8, rows: 11, columns: 18, leftStride: 20 },
  ];

  it.each(sizes)("gives the bits of the plain loop for $count x $rows x $columns", (size) => {
    const { count, rows, columns, leftStride } = size;
    const left = values(count * leftStride, 1);
    const right = values(count * columns, 2);
    const block = values(rows * columns, 3);
    const inMemory = { left: placed(0, left), right: placed(300, right), block: placed(600, block) };
    const untouched = placed(600 + block.length, Float32Array.of(42));
    for (const accumulate of [true, false, true]) {
      simd.sumOuterProducts(inMemory.block, inMemory.left, inMemory.right, size, accumulate);
      plainKernels.sumOuterProducts(block, left, right, size, accumulate);
      expect(inMemory.block).toEqual(block);
    }
    expect(untouched[0]).toBe(42);
  });

  it("sums left[n, i] * right[n, j] over n", () => {
    const block = new Float32Array(6);
    const left = Float32Array.of(1, 2, 10, 20);
    const right = Float32Array.of(1, 2, 3, 4, 5, 6);
    const size = { count: 2, rows: 2, columns: 3, leftStride: 2 };
    plainKernels.sumOuterProducts(block, left, right, size, false);
    expect([...block]).toEqual([41, 52, 63, 82, 104, 126]);
  });
});
