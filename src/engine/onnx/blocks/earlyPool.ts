import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import type { MaxPool } from "../../../network/layers/maxPool";
import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import type { ReLU } from "../../../network/layers/relu";
import { adaptivePadding } from "../../../network/shapes/padding";
import { elementCount } from "../../../network/weights/tensor";
import type { PoolRecord } from "../compilation";
import {
  add,
  greater,
  isPositive,
  leakyRectify,
  maximum,
  modulo,
  mul,
  rectify,
  sub,
  where,
} from "../graph/arithmetic";
import { slice } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { bothEnds, type PoolingOptions } from "../graph/windows";

/**
 * A pool that stands after an activation but is computed before it. PadMaxPool's zeros belong after the activation; before
 * it they are places that never win, and the activation makes up for them: where a window touches the padding, the result
 * is at least 0.
 */
export class EarlyPool {
  /** Of the pool that is computed. */
  readonly options: PoolingOptions;
  readonly #padding: readonly number[];
  readonly #padsWithZeros: boolean;
  readonly #activation: ReLU | LeakyReLU;
  readonly #pool: MaxPool | PadMaxPool;
  readonly #inputShape: Shape;

  constructor(activation: ReLU | LeakyReLU, pool: MaxPool | PadMaxPool, inputShape: Shape) {
    this.#activation = activation;
    this.#pool = pool;
    this.#inputShape = inputShape;

    this.#padsWithZeros = pool.kind === "PadMaxPool";
    this.#padding =
      pool.kind === "PadMaxPool" ? adaptivePadding(inputShape.slice(2), pool.stride) : pool.padding;
    const pads =
      pool.kind === "PadMaxPool"
        ? [...this.#padding, ...this.#padding.map(() => 0)]
        : bothEnds(this.#padding);
    this.options = { kernel: pool.kernel, stride: pool.stride, pads };
  }

  /** The activation of the pooled values. */
  activate(pooled: Value): Value {
    if (this.#activation.kind === "ReLU") return rectify(pooled);
    const activated = leakyRectify(pooled, this.#activation.negativeSlope);
    const inside = this.#insidePadding(pooled);
    return inside === undefined ? activated : maximum(activated, mul(inside, LOWEST));
  }

  /** Derivative of the activation, from its output. */
  slope(activated: Value): Value {
    const rising = isPositive(activated);
    if (this.#activation.kind === "ReLU") return rising;
    const slope = maximum(rising, this.#activation.negativeSlope);
    const inside = this.#insidePadding(activated);
    return inside === undefined ? slope : mul(slope, maximum(rising, inside));
  }

  /**
   * Where PyTorch finds the maxima of the activation: after a ReLU every place of a window may be 0, then the first one
   * counts, which may lie in the padding. So may the maximum of a window with nothing but negative values and padding.
   * @param indices of the maxima before the activation, in the whole input
   */
  record(indices: Value, activated: Value): PoolRecord {
    const inside = this.#insidePadding(activated);
    const record = {
      shape: this.#inputShape,
      options: this.options,
      padding: this.#padding.map(() => 0),
      ...(inside === undefined ? {} : { inside: maximum(isPositive(activated), inside) }),
    };
    if (this.#activation.kind === "LeakyReLU") return { ...record, indices };
    return { ...record, indices: where(greater(activated, 0), indices, this.#firstIndices(indices)) };
  }

  /** Flat position of the first place (outside the padding) of each window. */
  #firstIndices(indices: Value): Value {
    const { graph, shape } = indices;
    const spatial = this.#inputShape.slice(2);
    const inChannel = shape
      .slice(2)
      .map((count, axis) => {
        const distance = elementCount(spatial.slice(axis + 1));
        const starts = Array.from({ length: count }, (_, window) => this.#start(window, axis));
        const places = starts.map((start) => Math.max(0, start) * distance);
        return graph.constant("int64", alongAxis(shape, axis + 2), places);
      })
      .reduce((sum, places) => add(sum, places));
    // Any index of a channel tells where the channel starts; a constant for all would be as large as the indices.
    const anyIndex = slice(
      indices,
      spatial.map((_, axis) => ({ axis: axis + 2, start: 0, end: 1 })),
    );
    return add(sub(anyIndex, modulo(anyIndex, elementCount(spatial))), inChannel);
  }

  /** [1, 1, ...pooled]: 1, or 0 where the window touches zeros of the padding. Undefined if no window does. */
  #insidePadding({ graph, shape }: Value): Value | undefined {
    if (!this.#padsWithZeros || this.#padding.every((size) => size === 0)) return undefined;
    return shape
      .slice(2)
      .map((count, axis) => {
        const isInside = Array.from({ length: count }, (_, window) => Number(this.#start(window, axis) >= 0));
        return graph.constant("float32", alongAxis(shape, axis + 2), isInside);
      })
      .reduce((product, isInside) => mul(product, isInside));
  }

  #start(window: number, axis: number): number {
    return window * this.#pool.stride[axis]! - this.#padding[axis]!;
  }
}

/** Close to the lowest float32. */
const LOWEST = -3.4e38;

const alongAxis = (shape: Shape, axis: number): Shape =>
  shape.map((size, other) => (other === axis ? size : 1));
