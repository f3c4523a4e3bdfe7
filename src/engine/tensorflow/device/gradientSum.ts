/** Gradients summed over the batches of one update, on the device. */
import type { FloatTensor, StateDict } from "../../../network/weights/tensor";
import { type DeviceTensor, readFloats, type TensorFlow } from "../library/tensorFlow";

export class GradientSum {
  readonly #sums = new Map<string, DeviceTensor>();
  #batches = 0;
  readonly #tf: TensorFlow;

  constructor(tf: TensorFlow) {
    this.#tf = tf;
  }

  /** Number of batches summed so far. */
  get count(): number {
    return this.#batches;
  }

  get gradients(): ReadonlyMap<string, DeviceTensor> {
    return this.#sums;
  }

  /** Adds the gradients of one batch, which become part of the sum. */
  add(gradients: ReadonlyMap<string, DeviceTensor>): void {
    for (const [name, gradient] of gradients) {
      const sum = this.#sums.get(name);
      this.#sums.set(name, sum === undefined ? gradient : this.#tf.add(sum, gradient));
      if (sum === undefined) continue;
      sum.dispose();
      gradient.dispose();
    }
    this.#batches++;
  }

  async read(): Promise<StateDict> {
    const copies = new Map<string, FloatTensor>();
    for (const [name, sum] of this.#sums) {
      copies.set(name, { dtype: "float32", shape: [...sum.shape], data: await readFloats(sum) });
    }
    return copies;
  }

  clear(): void {
    for (const sum of this.#sums.values()) sum.dispose();
    this.#sums.clear();
    this.#batches = 0;
  }
}
