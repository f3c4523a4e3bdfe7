/**
 * How a network is written down, layer by layer, for an engine that makes its own way back: the forward pass in the order of the layers, the
 * backward pass in reverse, as far as something learns.
 */
import type { Network } from "../network/network";
import { flattenTrace, traceShapes } from "../network/shapes/shape";

/** A layer that is written down: what it makes of its input, and the way back. */
export interface Step<Value> {
  readonly output: Value;
  /**
   * Takes the gradient of the loss by the output, hands over the gradients of the layer's own parameters and returns a function that
   * writes down the gradient by the input: it is called only where something before still learns.
   */
  backward(outputGradient: Value): () => Value;
}

/** What a layer that is written down for evaluation alone makes of its input. */
export function withoutGradient<Value>(path: string, output: Value): Step<Value> {
  return {
    output,
    backward: () => {
      throw new Error(`${path} is compiled for evaluation: it has no gradient.`);
    },
  };
}

export interface Link<Value> {
  /** Whether anything in it needs a gradient. */
  readonly learns: boolean;
  compile(input: Value): Step<Value>;
}

export interface Chain<Value> extends Step<Value> {
  readonly steps: readonly Step<Value>[];
  /** @param direct what the loss adds to the gradient by the output of a link, beside what comes from the links after it */
  backward(outputGradient: Value, direct?: (place: number) => Value | undefined): () => Value;
}

/** @param add the sum of two gradients of one shape */
export function chain<Value>(
  links: readonly Link<Value>[],
  input: Value,
  add: (a: Value, b: Value) => Value,
): Chain<Value> {
  const steps: Step<Value>[] = [];
  for (const { compile } of links) steps.push(compile(steps.at(-1)?.output ?? input));
  const firstThatLearns = links.findIndex(({ learns }) => learns);
  const learning = firstThatLearns === -1 ? steps.length : firstThatLearns;
  return {
    steps,
    output: steps.at(-1)?.output ?? input,
    backward(outputGradient, direct = () => undefined) {
      const passBack = (from: number, to: number, gradient: () => Value) =>
        steps.slice(from, to).reduceRight((after, step, place) => {
          const added = direct(from + place);
          return step.backward(added === undefined ? after() : add(after(), added));
        }, gradient);
      const inputGradient = passBack(learning, steps.length, () => outputGradient);
      return () => passBack(0, learning, inputGradient)();
    },
  };
}

/** What the layers of a network share while they are written down, whatever a value is. */
export interface PassageOptions {
  readonly mode: "training" | "evaluation";
  /** In evaluation: whether a gradient will be asked for all the same. */
  readonly differentiable?: boolean;
  /** Names of the parameters that need a gradient. */
  readonly trainable: ReadonlySet<string>;
  /** Paths of the pools whose indices an unpool takes. */
  readonly answeredPools: ReadonlySet<string>;
}

/** @typeParam PoolRecord where the maxima of a pool stood, for the unpool that answers it */
export class Passage<PoolRecord> {
  readonly mode: "training" | "evaluation";
  readonly differentiable: boolean;
  readonly #trainable: ReadonlySet<string>;
  readonly #answeredPools: ReadonlySet<string>;
  readonly #pools: PoolRecord[] = [];

  constructor(options: PassageOptions) {
    this.mode = options.mode;
    this.differentiable = options.mode === "training" || options.differentiable === true;
    this.#trainable = options.trainable;
    this.#answeredPools = options.answeredPools;
  }

  needsGradient(name: string): boolean {
    return this.#trainable.has(name);
  }

  /** Whether anything in the layer (or block of layers) at `path` learns. */
  learns(path: string): boolean {
    return [...this.#trainable].some((name) => name.startsWith(`${path}.`));
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

/** Paths of the pools whose indices an unpool takes. */
export function answeredPools(network: Network): ReadonlySet<string> {
  return new Set(
    flattenTrace(traceShapes(network)).flatMap(({ pool }) => (pool === undefined ? [] : [pool])),
  );
}
