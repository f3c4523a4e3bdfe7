/** Everything of a model that training changes, where it lies in memory, and copies of it as a state dict. */
import type { Network } from "../../network/network";
import { type ParameterSpec, parameterSpecs } from "../../network/weights/parameters";
import { elementCount, type StateDict, type Tensor, toInt64 } from "../../network/weights/tensor";
import { checkState, floatsOf } from "../checkState";
import type { TrainerOptions } from "../engine";
import { createParameterStore, type ParameterStore } from "../optimizer/parameterStore";
import { onnxTensor } from "./runtime";
import type { Feeds } from "./session";

export class ModelMemory {
  /** Parameters (not buffers), which the optimizer updates in place. */
  readonly store: ParameterStore;
  /** Names of the parameters that learn. */
  readonly trainable: ReadonlySet<string>;
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Parameters and running statistics as the graphs take them: views, so they always hold the present values. */
  readonly feeds: Feeds;
  readonly #specs: readonly ParameterSpec[];
  readonly #floats: ReadonlyMap<string, Float32Array>;
  readonly #counters: ReadonlyMap<string, BigInt64Array>;

  /**
   * @param options with `momentSlots`, the values that an optimizer keeps for each value of a parameter: 0 to answer only
   * @throws EngineError that names every entry of `options.weights` that is missing or of another shape
   */
  constructor(
    network: Network,
    options: Pick<TrainerOptions, "weights" | "frozen"> & { readonly momentSlots: number },
  ) {
    this.#specs = parameterSpecs(network);
    this.shapes = new Map(this.#specs.map(({ name, shape }) => [name, shape]));
    const parameters = this.#specs.filter(({ kind }) => kind === "parameter");
    const isFrozen = (name: string) => options.frozen?.has(name) ?? false;
    this.trainable = new Set(parameters.map(({ name }) => name).filter((name) => !isFrozen(name)));
    this.store = createParameterStore(
      parameters.map(({ name, shape }) => ({ name, shape, frozen: isFrozen(name) })),
      options.momentSlots,
    );
    this.#floats = new Map(
      this.#specs
        .filter(({ dtype }) => dtype !== "int64")
        .map(({ name, shape, kind }) => [
          name,
          kind === "parameter" ? this.store.view(name) : new Float32Array(elementCount(shape)),
        ]),
    );
    this.#counters = new Map(
      this.#specs.filter(({ dtype }) => dtype === "int64").map(({ name }) => [name, new BigInt64Array(1)]),
    );
    this.feeds = Object.fromEntries(
      [...this.#floats].map(([name, data]) => [name, onnxTensor("float32", data, this.shapes.get(name)!)]),
    );
    this.write(options.weights);
  }

  /** Overwrites everything with `state`. @throws EngineError before anything is written */
  write(state: StateDict): void {
    checkState(this.#specs, state);
    for (const [name, data] of this.#floats) data.set(floatsOf(state.get(name)!));
    for (const [name, data] of this.#counters) data[0] = toInt64(state.get(name)!.data[0]!);
  }

  /** A copy of everything, in PyTorch's order. */
  read(): StateDict {
    return new Map(
      this.#specs.map(({ name, shape }): [string, Tensor] => {
        const counter = this.#counters.get(name);
        if (counter !== undefined) return [name, { dtype: "int64", shape, data: counter.slice() }];
        return [name, { dtype: "float32", shape, data: this.#floats.get(name)!.slice() }];
      }),
    );
  }

  setBuffer(name: string, data: Float32Array): void {
    this.#floats.get(name)!.set(data);
  }

  /** Each batch norm counts the batches that its running statistics have seen. */
  countBatch(): void {
    for (const counter of this.#counters.values()) counter[0]! += 1n;
  }
}
