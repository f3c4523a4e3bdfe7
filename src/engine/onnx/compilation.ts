/**
 * What the layers of a network share while they are compiled into one graph: where their parameters and running statistics
 * come from, and where they leave gradients, masks and pooling indices.
 */
import type { PerAxis } from "../../network/shapes/axes";
import type { GraphBuilder, Shape, Value } from "./graph/graphBuilder";
import type { PoolingOptions } from "./graph/windows";

/** A layer in the graph: what it makes of its input, and the way back. */
export interface Step {
  readonly output: Value;
  /**
   * Takes the gradient of the loss by the output, hands the gradients of the layer's own parameters to the compilation and
   * returns a function that appends the gradient by the input: it is called only where something before still learns.
   */
  backward(outputGradient: Value): () => Value;
}

/** What a layer that is compiled for evaluation alone makes of its input. */
export function withoutGradient(path: string, output: Value): Step {
  return {
    output,
    backward: () => {
      throw new Error(`${path} is compiled for evaluation: it has no gradient.`);
    },
  };
}

/** Where the maxima of a pool stood, for the unpool that answers it. */
export interface PoolRecord {
  /** Flat positions in a tensor of `shape`. */
  readonly indices: Value;
  /** Shape of the input of the pool, with the planes that were put before it. */
  readonly shape: Shape;
  /** Of the operator that pooled. */
  readonly options: PoolingOptions;
  /** Number of planes before each spatial axis. */
  readonly padding: PerAxis;
  /** 1, or 0 where the maximum stood in planes that `shape` leaves out: [N, channels, ...] of the output of the pool. */
  readonly inside?: Value;
}

/** A dropout mask that is fed at every run: 0 or 1 / (1 - probability). */
export interface MaskInput {
  readonly name: string;
  readonly shape: Shape;
  readonly probability: number;
}

/** A gradient as the graph gives it: whole, or as the factors of `Gradient` in optimizer.ts. */
export type GradientValue =
  | { readonly kind: "dense"; readonly value: Value }
  | { readonly kind: "factors"; readonly left: Value; readonly right: Value };

/** One operator a formula (the reference), or the forms that were measured to be fast. Both give the same numbers. */
export type Formulation = "plain" | "fast";

export interface CompilationOptions {
  readonly mode: "training" | "evaluation";
  /** In evaluation: whether a gradient will be asked for all the same. */
  readonly differentiable?: boolean;
  readonly formulation: Formulation;
  /** Names of the parameters that need a gradient. */
  readonly trainable: ReadonlySet<string>;
  /** Paths of the pools whose indices an unpool takes. */
  readonly answeredPools: ReadonlySet<string>;
}

export class Compilation {
  readonly mode: "training" | "evaluation";
  readonly differentiable: boolean;
  readonly formulation: Formulation;
  readonly gradients = new Map<string, GradientValue>();
  /** New values of running statistics by their names. */
  readonly runningStatistics = new Map<string, Value>();
  readonly masks: MaskInput[] = [];
  readonly #trainable: ReadonlySet<string>;
  readonly #answeredPools: ReadonlySet<string>;
  readonly #pools: PoolRecord[] = [];

  constructor(
    readonly graph: GraphBuilder,
    options: CompilationOptions,
  ) {
    this.mode = options.mode;
    this.differentiable = options.mode === "training" || options.differentiable === true;
    this.formulation = options.formulation;
    this.#trainable = options.trainable;
    this.#answeredPools = options.answeredPools;
  }

  /** The parameter or buffer `name` of the state dict, fed at every run. */
  parameter(name: string, shape: Shape): Value {
    return this.graph.input(name, "float32", shape);
  }

  needsGradient(name: string): boolean {
    return this.#trainable.has(name);
  }

  /** Whether anything in the layer (or block of layers) at `path` learns. */
  learns(path: string): boolean {
    return [...this.#trainable].some((name) => name.startsWith(`${path}.`));
  }

  /** Hands over the gradient of the parameter `name`, which is computed only where it is needed. */
  addGradient(name: string, compute: () => Value): void {
    if (this.needsGradient(name)) this.gradients.set(name, { kind: "dense", value: compute() });
  }

  /** The gradient left^T right of a matrix, by its factors: left [count, rows], right [count, columns]. */
  addFactors(name: string, left: Value, right: Value): void {
    if (this.needsGradient(name)) this.gradients.set(name, { kind: "factors", left, right });
  }

  addMask(path: string, shape: Shape, probability: number): Value {
    const name = `${path}.mask`;
    this.masks.push({ name, shape, probability });
    return this.graph.input(name, "float32", shape);
  }

  /** Whether an unpool takes the indices of the pool at `path`. */
  isAnswered(path: string): boolean {
    return this.#answeredPools.has(path);
  }

  pushPool(record: PoolRecord): void {
    this.#pools.push(record);
  }

  /** The record of the last pool that has not been answered yet. */
  popPool(path: string): PoolRecord {
    const record = this.#pools.pop();
    if (record === undefined) throw new Error(`${path} has no pool to answer.`);
    return record;
  }
}
