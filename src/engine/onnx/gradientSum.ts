/** Gradients of the batches of one update, summed by their shares. */
import type { StateDict } from "../../network/weights/tensor";
import { BatchShares } from "../batchShares";
import type { Reduction } from "../engine";
import type { Gradient } from "../optimizer/optimizer";

export class GradientSum {
  readonly #sums = new Map<string, Gradient>();
  readonly #shares: BatchShares;
  #batches = 0;

  constructor(reduction?: Reduction) {
    this.#shares = new BatchShares(reduction);
  }

  /** Number of batches summed so far. */
  get count(): number {
    return this.#batches;
  }

  /** What the sums are multiplied by to be the gradients of the update. */
  get scale(): number {
    return this.#shares.scale;
  }

  get gradients(): ReadonlyMap<string, Gradient> {
    return this.#sums;
  }

  /** Adds the gradients of one batch of that weight. The arrays become part of the sum: they must not be used otherwise. */
  add(gradients: Iterable<readonly [string, Gradient]>, weight: number): void {
    const share = this.#shares.add(weight);
    for (const [name, gradient] of gradients) {
      const sum = this.#sums.get(name);
      this.#sums.set(name, sum === undefined ? gradient : addGradients(name, sum, gradient, share));
    }
    this.#batches++;
  }

  clear(): void {
    this.#sums.clear();
    this.#shares.clear();
    this.#batches = 0;
  }

  /** The gradients of the update written out, in the shapes of the parameters. */
  dense(shapes: ReadonlyMap<string, readonly number[]>): StateDict {
    return new Map(
      [...this.#sums].map(([name, gradient]) => {
        const shape = shapes.get(name)!;
        const sum = gradient.kind === "dense" ? gradient.data : product(gradient, shape);
        const data = sum.map((value) => value * this.scale);
        return [name, { dtype: "float32", shape, data }];
      }),
    );
  }
}

/** sum + share * gradient. */
function addGradients(name: string, sum: Gradient, gradient: Gradient, share: number): Gradient {
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
