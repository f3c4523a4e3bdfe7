/** Everything of a model that training changes, on the device, and copies of it as a state dict. */
import type { Network } from "../../../network/network";
import { type ParameterSpec, parameterSpecs } from "../../../network/weights/parameters";
import { type StateDict, type Tensor, toInt64 } from "../../../network/weights/tensor";
import { checkState, floatsOf } from "../../checkState";
import type { TrainerOptions } from "../../engine";
import { type DeviceTensor, readFloats, type TensorFlow } from "../library/tensorFlow";

export class DeviceState {
  /** Names of the parameters that learn, in PyTorch's order. */
  readonly trainable: readonly string[];
  /** Parameters and running statistics by name, in PyTorch's shapes. */
  readonly tensors = new Map<string, DeviceTensor>();
  readonly #specs: readonly ParameterSpec[];
  /** The batches that the running statistics of each batch norm have seen. */
  readonly #counters = new Map<string, bigint>();
  readonly #tf: TensorFlow;

  /** @throws EngineError that names every entry of `options.weights` that is missing or of another shape */
  constructor(tf: TensorFlow, network: Network, options: Pick<TrainerOptions, "weights" | "frozen">) {
    this.#tf = tf;

    this.#specs = parameterSpecs(network);
    this.trainable = this.#specs
      .filter(({ name, kind }) => kind === "parameter" && options.frozen?.has(name) !== true)
      .map(({ name }) => name);
    this.write(options.weights);
  }

  /** Overwrites everything with `state`. @throws EngineError before anything is written */
  write(state: StateDict): void {
    checkState(this.#specs, state);
    for (const { name, shape, dtype } of this.#specs) {
      const given = state.get(name)!;
      if (dtype === "int64") {
        this.#counters.set(name, toInt64(given.data[0]!));
      } else {
        // A tensor may go on reading the array that it was made of, so it gets one of its own.
        this.replace(name, this.#tf.tensor(new Float32Array(floatsOf(given)), [...shape]));
      }
    }
  }

  /** A copy of everything, in PyTorch's order. */
  async read(): Promise<StateDict> {
    const state = new Map<string, Tensor>();
    for (const { name, shape, dtype } of this.#specs) {
      if (dtype === "int64") {
        state.set(name, { dtype, shape, data: BigInt64Array.of(this.#counters.get(name)!) });
      } else {
        state.set(name, { dtype: "float32", shape, data: await readFloats(this.tensors.get(name)!) });
      }
    }
    return state;
  }

  /** Puts `tensor` in the place of the present one, which is given back. */
  replace(name: string, tensor: DeviceTensor): void {
    this.tensors.get(name)?.dispose();
    this.tensors.set(name, tensor);
  }

  /** Each batch norm counts the batches that its running statistics have seen. */
  countBatch(): void {
    for (const [name, count] of this.#counters) this.#counters.set(name, count + 1n);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }
}
