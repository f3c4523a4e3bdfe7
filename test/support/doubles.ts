import type { Arithmetic } from "../../src/optimizer/arithmetic";

/** The formulas of the optimizers on plain numbers, in double precision. */
export const doubles: Arithmetic<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  abs: Math.abs,
  sqrt: Math.sqrt,
};
