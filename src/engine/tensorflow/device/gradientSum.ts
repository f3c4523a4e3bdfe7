/** Gradients of the batches of one update, summed by their shares, on the device. */
import type { FloatTensor, StateDict } from "../../../network/weights/tensor";
import { BatchShares } from "../../batchShares";
import type { Reduction } from "../../engine";
import { type DeviceTensor, readFloats, type TensorFlow } from "../library/tensorFlow";

export class GradientSum {
  readonly #sums = new Map<string, DeviceTensor>();
  readonly #shares: BatchShares;
  readonly #tf: TensorFlow;
  #batches = 0;

  constructor(tf: TensorFlow, reduction?: Reduction) {
    this.#tf = tf;
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

  get gradients(): ReadonlyMap<string, DeviceTensor> {
    return this.#sums;
  }

  /** Adds the gradients of one batch of that weight, which become part of the sum. */
  add(gradients: ReadonlyMap<string, DeviceTensor>, weight: number): void {
    const tf = this.#tf;
    const share = this.#shares.add(weight);
    for (const [name, gradient] of gradients) {
      const sum = this.#sums.get(name);
      const added = (before: DeviceTensor) =>
        tf.tidy(() => tf.add(before, share === 1 ? gradient : tf.mul(gradient, share)));
      this.#sums.set(name, sum === undefined ? gradient : added(sum));
      if (sum === undefined) continue;
      sum.dispose();
      gradient.dispose();
    }
    this.#batches++;
  }

  /** The gradients of the update. */
  async read(): Promise<StateDict> {
    const copies = new Map<string, FloatTensor>();
    for (const [name, sum] of this.#sums) {
      const data = (await readFloats(sum)).map((value) => value * this.scale);
      copies.set(name, { dtype: "float32", shape: [...sum.shape], data });
    }
    return copies;
  }

  clear(): void {
    for (const sum of this.#sums.values()) sum.dispose();
    this.#sums.clear();
    this.#shares.clear();
    this.#batches = 0;
  }
}
