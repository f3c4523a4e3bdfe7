import { describe, expect, it } from "vitest";
import { gradientNorm } from "../../../src/engine/optimizer/gradientNorm";
import type { Gradient } from "../../../src/engine/optimizer/optimizer";
import { createParameterStore } from "../../../src/engine/optimizer/parameterStore";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { values } from "./values";

describe("gradientNorm", () => {
  const [count, rows, columns] = [5, 7, 11];
  const store = createParameterStore(
    [
      { name: "weight", shape: [rows, columns] },
      { name: "bias", shape: [70_000] },
    ],
    0,
  );
  const left = values(count * rows, 1);
  const right = values(count * columns, 2);
  const product = new Float32Array(rows * columns);
  plainKernels.sumOuterProducts(product, left, right, { count, rows, columns, leftStride: rows }, false);
  const bias = values(70_000, 3);
  const gradients = new Map<string, Gradient>([
    ["weight", { kind: "factors", count, left, right }],
    ["bias", { kind: "dense", data: bias }],
  ]);

  it.each([
    [2, Math.hypot(...product, ...bias)],
    [1, [...product, ...bias].reduce((sum, value) => sum + Math.abs(value), 0)],
    [
      Number.POSITIVE_INFINITY,
      [...product, ...bias].reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    ],
  ])("counts the product of factors in, order %s", (type, wanted) => {
    expect(gradientNorm(gradients, type, store, plainKernels) / wanted).toBeCloseTo(1, 6);
  });

  it("is not less than zero where everything cancels", () => {
    const cancelling: Gradient = {
      kind: "factors",
      count: 2,
      left: Float32Array.of(0.1, 0.3, -0.1, -0.3),
      right: Float32Array.of(0.7, 0.9, 0.7, 0.9),
    };
    const small = createParameterStore([{ name: "weight", shape: [2, 2] }], 0);
    expect(gradientNorm(new Map([["weight", cancelling]]), 2, small, plainKernels)).toBeCloseTo(0, 12);
  });
});
