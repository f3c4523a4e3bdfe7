import { describe, expect, it } from "vitest";
import { loadKernels } from "../../../src/engine/optimizer/kernels";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { adadelta } from "../../../src/engine/optimizer/rules/adadelta";
import { adagrad } from "../../../src/engine/optimizer/rules/adagrad";
import { adam } from "../../../src/engine/optimizer/rules/adam";
import { adamax } from "../../../src/engine/optimizer/rules/adamax";
import { asgd } from "../../../src/engine/optimizer/rules/asgd";
import { nadam } from "../../../src/engine/optimizer/rules/nadam";
import { radam } from "../../../src/engine/optimizer/rules/radam";
import { rmsprop } from "../../../src/engine/optimizer/rules/rmsprop";
import { sgd } from "../../../src/engine/optimizer/rules/sgd";
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

describe.each([
  { rule: adadelta, constants: [0.01] },
  { rule: adagrad, constants: [0.01] },
  { rule: adam, constants: [0.999, 0.0123, 0.0316] },
  { rule: adamax, constants: [0.0123] },
  { rule: asgd, constants: [0.9999, 0.01, 1] },
  { rule: asgd, constants: [0.9999, 0.01, 0.3] },
  { rule: nadam, constants: [0.01, 0.02, 0.3] },
  { rule: radam, constants: [0.01, 0.1, 0.0316, 0] },
  { rule: radam, constants: [0.01, 0.1, 0.0316, 0.7] },
  { rule: rmsprop, constants: [0.01] },
  { rule: sgd, constants: [0.01] },
])("$rule.kernel with constants $constants", ({ rule, constants }) => {
  it.each([1, 4, 7, 64, 1003])("gives the bits of the plain loop for %i values", (length) => {
    const weights = values(length, 1);
    const gradient = values(length, 2);
    const moments = rule.moments.map((name, i) =>
      ["exp_avg", "ax"].includes(name) ? values(length, 3 + i) : values(length, 3 + i).map(Math.abs),
    );
    const inMemory = [weights, gradient, ...moments].map((array, i) => placed(i * 1100, array));
    const beyond = placed(Math.ceil(length / 4) * 4, Float32Array.of(42));
    simd.update(rule, 0.25, 0.01, constants)(inMemory[0]!, inMemory[1]!, ...inMemory.slice(2));
    plainKernels.update(rule, 0.25, 0.01, constants)(weights, gradient, ...moments);
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
