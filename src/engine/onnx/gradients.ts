/** Gradients as the graphs give them: dense, or as the factors of a Linear. */
import type { FloatTensor } from "../../network/weights/tensor";
import type { Gradient } from "../optimizer/optimizer";

/** A copy, written out in the shape of the parameter. */
export function denseCopy(gradient: Gradient, shape: readonly number[]): FloatTensor {
  const data = gradient.kind === "dense" ? gradient.data.slice() : product(gradient, shape);
  return { dtype: "float32", shape, data };
}

/** sum + share * gradient. Both become part of the answer. */
export function addGradients(name: string, sum: Gradient, gradient: Gradient, share: number): Gradient {
  if (sum.kind === "dense" && gradient.kind === "dense") {
    const { data } = sum;
    for (let index = 0; index < data.length; index++) data[index]! += share * gradient.data[index]!;
    return sum;
  }
  if (sum.kind === "factors" && gradient.kind === "factors") {
    // A sum of products of factors is the product of the factors put below one another.
    return {
      kind: "factors",
      count: sum.count + gradient.count,
      left: concatenate(sum.left, share === 1 ? gradient.left : gradient.left.map((value) => share * value)),
      right: concatenate(sum.right, gradient.right),
    };
  }
  throw new Error(`The gradient of ${name} is factored in one batch and not in another.`);
}

function concatenate(a: Float32Array, b: Float32Array): Float32Array {
  const joined = new Float32Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** sum over k of left[k, i] * right[k, j], as [rows, columns]. */
function product(
  { count, left, right }: Extract<Gradient, { kind: "factors" }>,
  [rows, columns]: readonly number[],
): Float32Array {
  const data = new Float32Array(rows! * columns!);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < rows!; i++) {
      const factor = left[k * rows! + i]!;
      for (let j = 0; j < columns!; j++) data[i * columns! + j]! += factor * right[k * columns! + j]!;
    }
  }
  return data;
}
