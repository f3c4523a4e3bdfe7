/** Everything of a model that training changes, on the device, and copies of it as a state dict. */
import type { Network } from "../../network/network";
import { type ParameterSpec, parameterSpecs } from "../../network/weights/parameters";
import { elementCount, type StateDict, type Tensor, toInt64 } from "../../network/weights/tensor";
import { checkState, floatsOf } from "../checkState";
import type { TrainerOptions } from "../engine";
import { readBuffers, storageBuffer, writeBuffer } from "./device/buffers";
import { parameterKey } from "./pass";

export class DeviceModel {
  /** Names of the parameters that learn, in PyTorch's order. */
  readonly trainable: readonly string[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly #device: GPUDevice;
  readonly #specs: readonly ParameterSpec[];
  /** By key. */
  readonly #arrays = new Map<string, GPUBuffer>();
  /** The batches that the running statistics of each batch norm have seen. */
  readonly #counters = new Map<string, bigint>();

  /** @throws EngineError that names every entry of `options.weights` that is missing or of another shape */
  constructor(device: GPUDevice, network: Network, options: Pick<TrainerOptions, "weights" | "frozen">) {
    this.#device = device;
    this.#specs = parameterSpecs(network);
    this.shapes = new Map(this.#specs.map(({ name, shape }) => [name, shape]));
    this.trainable = this.#specs
      .filter(({ name, kind }) => kind === "parameter" && options.frozen?.has(name) !== true)
      .map(({ name }) => name);
    this.write(options.weights);
  }

  /** Elements of a parameter. */
  sizeOf(parameter: string): number {
    return elementCount(this.shapes.get(parameter)!);
  }

  /** The array of that key, which is made (with zeros) when it is first asked for. @param elements of an array that may be new */
  array(key: string, elements: number): GPUBuffer {
    const known = this.#arrays.get(key);
    if (known !== undefined) return known;
    const buffer = storageBuffer(this.#device, elements);
    this.#arrays.set(key, buffer);
    return buffer;
  }

  /** Overwrites everything with `state`. @throws EngineError before anything is written */
  write(state: StateDict): void {
    checkState(this.#specs, state);
    for (const { name, shape, dtype } of this.#specs) {
      const { data } = state.get(name)!;
      if (dtype === "int64") {
        this.#counters.set(name, toInt64(data[0]!));
      } else {
        const floats = floatsOf(state.get(name)!);
        const buffer = this.array(parameterKey(name), elementCount(shape));
        writeBuffer(this.#device, buffer, floats instanceof Float32Array ? floats : new Float32Array(floats));
      }
    }
  }

  /** A copy of everything, in PyTorch's order. */
  async read(): Promise<StateDict> {
    const floating = this.#specs.filter(({ dtype }) => dtype !== "int64");
    const read = await readBuffers(
      this.#device,
      floating.map(({ name, shape }) => ({
        buffer: this.#arrays.get(parameterKey(name))!,
        elements: elementCount(shape),
      })),
    );
    const values = new Map(floating.map(({ name }, place) => [name, read[place]!]));
    return new Map(
      this.#specs.map(({ name, shape, dtype }): [string, Tensor] =>
        dtype === "int64"
          ? [name, { dtype, shape, data: BigInt64Array.of(this.#counters.get(name)!) }]
          : [name, { dtype: "float32", shape, data: values.get(name)! }],
      ),
    );
  }

  /** Each batch norm counts the batches that its running statistics have seen. */
  countBatch(): void {
    for (const [name, count] of this.#counters) this.#counters.set(name, count + 1n);
  }

  dispose(): void {
    for (const buffer of this.#arrays.values()) buffer.destroy();
    this.#arrays.clear();
  }
}
