/**
 * What the layers of a network share while they are compiled into one graph: where their parameters and running statistics
 * come from, and where they leave gradients, masks and pooling indices.
 */
import type { PerAxis } from "../../network/shapes/axes";
import { Passage, type PassageOptions, type Step as PassStep } from "../passes";
import type { GraphBuilder, Shape, Value } from "./graph/graphBuilder";
import type { PoolingOptions } from "./graph/windows";

/** A layer in the graph. */
export type Step = PassStep<Value>;

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

export interface CompilationOptions extends PassageOptions {
  readonly formulation: Formulation;
}

export class Compilation extends Passage<PoolRecord> {
  readonly formulation: Formulation;
  readonly gradients = new Map<string, GradientValue>();
  /** New values of running statistics by their names. */
  readonly runningStatistics = new Map<string, Value>();
  readonly masks: MaskInput[] = [];

  constructor(
    readonly graph: GraphBuilder,
    options: CompilationOptions,
  ) {
    super(options);
    this.formulation = options.formulation;
  }

  /** The parameter or buffer `name` of the state dict, fed at every run. */
  parameter(name: string, shape: Shape): Value {
    return this.graph.input(name, "float32", shape);
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
}
