/** Matrix products. */
import { describe, type Value } from "./graphBuilder";

/** NumPy's matmul: the last two axes are matrices, the others are batches (broadcast where one operand has none). */
export function matMul(a: Value, b: Value): Value {
  const [rows, inner] = a.shape.slice(-2);
  const [innerB, columns] = b.shape.slice(-2);
  if (inner !== innerB) throw new Error(`${describe(a)} and ${describe(b)} have no matrix product.`);
  const batches = a.shape.length >= b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  return a.graph.node("MatMul", [a, b], { type: a.type, shape: [...batches, rows!, columns!] });
}

export interface GemmOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** [columns], added to each row. */
  readonly bias?: Value | undefined;
}

/** a b + bias for matrices, each transposed first where the options say so. */
export function gemm(a: Value, b: Value, options: GemmOptions = {}): Value {
  const { transposeA = false, transposeB = false, bias } = options;
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [innerB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (inner !== innerB) throw new Error(`${describe(a)} and ${describe(b)} have no matrix product.`);
  const inputs = bias === undefined ? [a, b] : [a, b, bias];
  return a.graph.node(
    "Gemm",
    inputs,
    { type: a.type, shape: [rows!, columns!] },
    {
      transA: { int: Number(transposeA) },
      transB: { int: Number(transposeB) },
    },
  );
}
