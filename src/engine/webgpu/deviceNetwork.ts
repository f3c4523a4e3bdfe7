/** A network with its weights on a device: what answering and learning share. */
import type { Network } from "../../network/network";
import { sentence } from "../../network/sentence";
import { flattenTrace, type TracedLayer, traceShapes } from "../../network/shapes/shape";
import { elementCount } from "../../network/weights/tensor";
import { EngineError, type InputBatch, type TrainerOptions } from "../engine";
import { answeredPools } from "../passes";
import { DeviceMemoryError } from "./device/checked";
import type { DeviceWatch } from "./device/deviceFailures";
import type { OpenDevice } from "./device/openDevice";
import { DeviceModel } from "./deviceModel";
import { type Form, Pass, type PassOptions } from "./pass";
import { Replay } from "./tape/replay";
import { type Recorded, Replays } from "./tape/replays";
import { Tape } from "./tape/tape";
import type { Value } from "./tape/value";

/** Name of the array of a tape that holds the images of a batch. */
export const IMAGE = "image";

/** What computes. */
export interface Computing extends Pick<OpenDevice, "device" | "name" | "limits"> {
  readonly watch: DeviceWatch;
  readonly form: Form;
  /** Hears of every tape that is recorded: for measurements. */
  readonly onTape?: ((tape: Tape) => void) | undefined;
}

export class DeviceNetwork {
  readonly computing: Computing;
  readonly network: Network;
  readonly trace: readonly TracedLayer[];
  readonly model: DeviceModel;
  readonly #replays = new Replays();
  /** Of the tape that was made ready last, as far as it came. */
  #asked = { largestArray: 0, bytes: 0 };
  #batchSize = 1;
  readonly #answeredPools: ReadonlySet<string>;

  /** @throws EngineError that names every weight that is missing or of another shape */
  constructor(computing: Computing, network: Network, weights: Pick<TrainerOptions, "weights" | "frozen">) {
    this.computing = computing;
    this.network = network;
    this.trace = flattenTrace(traceShapes(network));
    this.model = new DeviceModel(computing.device, network, weights);
    this.#answeredPools = answeredPools(network);
  }

  /** [N, ...] in PyTorch's order. */
  outputShape(size: number): number[] {
    return [size, ...(this.trace.at(-1)?.output ?? this.network.inputSize)];
  }

  /** The images of a batch. @throws EngineError unless it has the size of its images */
  imageOf({ size, inputs }: InputBatch): Float32Array {
    const shape = [size, ...this.network.inputSize];
    if (inputs.image.length !== elementCount(shape)) {
      throw new EngineError(
        sentence`A batch of ${size} holds ${inputs.image.length} {1|value|values}, not ${shape.join(" x ")}.`,
      );
    }
    return inputs.image;
  }

  imageOn(tape: Tape, size: number): Value {
    return tape.own(IMAGE, [size, ...this.network.inputSize]);
  }

  /** @param trainable names of the parameters that need a gradient */
  passOn(
    tape: Tape,
    options: Pick<PassOptions, "mode" | "differentiable"> & { readonly trainable?: Iterable<string> },
  ): Pass {
    return new Pass(tape, {
      ...options,
      form: this.computing.form,
      trainable: new Set(options.trainable),
      answeredPools: this.#answeredPools,
    });
  }

  /**
   * The tape of that key, recorded at the first call.
   * @param key what tells it from all others of this network
   */
  ready<Notes>(key: string, record: (tape: Tape) => Notes): Promise<Recorded<Notes>> {
    return this.#replays.get(key, async (makeRoom) => {
      const tape = new Tape();
      const notes = record(tape);
      this.computing.onTape?.(tape);
      const replay = await Replay.make(this.computing.device, tape, {
        ofModel: (arrayKey, elements) => this.model.array(arrayKey, elements),
        plan: (asked) => {
          this.#asked = asked;
          requireRoom(asked.largestArray, this.computing.limits);
          makeRoom(asked.bytes);
        },
      });
      return { replay, notes };
    });
  }

  /** Computes with a batch of so many samples. @throws EngineError for whatever the device says, or where it is gone */
  batchOf<Result>(size: number, compute: () => Promise<Result>): Promise<Result> {
    this.#batchSize = size;
    return this.doing(compute);
  }

  /** The same, of what has no batch of its own. */
  async doing<Result>(compute: () => Promise<Result>): Promise<Result> {
    const { watch } = this.computing;
    try {
      const result = await compute();
      watch.requireThere();
      return result;
    } catch (error) {
      throw watch.explain(error, { batchSize: this.#batchSize, ...this.#asked });
    }
  }

  dispose(): void {
    this.#replays.dispose();
    this.model.dispose();
  }
}

/** @throws DeviceMemoryError where an array is larger than any may be: the device itself would say so later, and elsewhere */
function requireRoom(
  bytes: number,
  { maxBufferSize, maxStorageBufferBindingSize }: Computing["limits"],
): void {
  const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  if (bytes > most)
    throw new DeviceMemoryError(`out of memory: ${bytes} bytes in an array of at most ${most}`);
}
