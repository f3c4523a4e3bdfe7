/** What the layers of a network share while a batch goes through them. */
import type { PerAxis } from "../../network/shapes/axes";
import type { DeviceTensor, TensorFlow } from "./library/tensorFlow";

/** Where the maxima of a pool stood, for the unpool that answers it. */
export interface PoolRecord {
  /** Row and column of each maximum, [windows of all maps, 2], in the padded input seen as a matrix (pooling.ts). */
  readonly positions: DeviceTensor;
  /** 0 for a window whose maximum is also that of a later window, else 1; undefined where windows do not overlap. */
  readonly prevailing: DeviceTensor | undefined;
  /** [N, ...spatial, channels] of the padded input. */
  readonly paddedShape: readonly number[];
  /** Planes that were put before each spatial axis. */
  readonly before: PerAxis;
  /** [N, ...spatial, channels] of the input itself. */
  readonly inputShape: readonly number[];
}

export interface PassOptions {
  readonly mode: "training" | "evaluation";
  /** Whether the way back follows. */
  readonly differentiated: boolean;
  /** Parameters and running statistics by name. */
  readonly state: ReadonlyMap<string, DeviceTensor>;
  /** The mask of each Dropout by its path, channels-last. They belong to the pass. */
  readonly masks: ReadonlyMap<string, DeviceTensor>;
  /** Paths of the pools whose indices an unpool takes. */
  readonly answeredPools: ReadonlySet<string>;
}

export class Pass {
  readonly mode: "training" | "evaluation";
  readonly differentiated: boolean;
  /** New values of running statistics by their names; they belong to the pass until `take`. */
  readonly runningStatistics = new Map<string, DeviceTensor>();
  readonly #pools: PoolRecord[] = [];
  readonly #kept: Set<DeviceTensor>;
  readonly #options: PassOptions;

  constructor(
    readonly tf: TensorFlow,
    options: PassOptions,
  ) {
    this.#options = options;

    this.mode = options.mode;
    this.differentiated = options.differentiated;
    this.#kept = new Set(options.masks.values());
  }

  /** The parameter or buffer `name` of the state dict, in PyTorch's shape. */
  parameter(name: string): DeviceTensor {
    return existing(this.#options.state, name);
  }

  mask(path: string): DeviceTensor {
    return existing(this.#options.masks, path);
  }

  isAnswered(path: string): boolean {
    return this.#options.answeredPools.has(path);
  }

  pushPool(record: PoolRecord): void {
    this.#keep(record.positions);
    if (record.prevailing !== undefined) this.#keep(record.prevailing);
    this.#pools.push(record);
  }

  /** The record of the last pool that has not been answered yet. */
  popPool(path: string): PoolRecord {
    const record = this.#pools.pop();
    if (record === undefined) throw new Error(`${path} has no pool to answer.`);
    return record;
  }

  setRunningStatistic(name: string, value: DeviceTensor): void {
    this.#keep(value);
    this.runningStatistics.set(name, value);
  }

  /** Hands the running statistics over: `dispose` leaves them alone. */
  take(): ReadonlyMap<string, DeviceTensor> {
    for (const statistic of this.runningStatistics.values()) this.#kept.delete(statistic);
    return this.runningStatistics;
  }

  /** Gives back the masks and what the layers had kept on the device. */
  dispose(): void {
    for (const tensor of this.#kept) tensor.dispose();
    this.#kept.clear();
  }

  /** Keeps a tensor beyond the scope that made it. */
  #keep(tensor: DeviceTensor): void {
    this.#kept.add(this.tf.keep(tensor));
  }
}

function existing(tensors: ReadonlyMap<string, DeviceTensor>, name: string): DeviceTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`There is no ${name} on the device.`);
  return tensor;
}
