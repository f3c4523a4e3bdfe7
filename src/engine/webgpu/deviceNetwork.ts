/** A network with its weights on a device: what answering and learning share. */
import type { Network } from "../../network/network";
import { type Sentence, sentence } from "../../network/sentence";
import { flattenTrace, type TracedLayer, traceShapes } from "../../network/shapes/shape";
import { elementCount } from "../../network/weights/tensor";
import { EngineError, type InputBatch, type TrainerOptions } from "../engine";
import { answeredPools } from "../passes";
import { DeviceModel } from "./deviceModel";
import { explainFailure } from "./failures";
import { type Form, Pass, type PassOptions } from "./pass";
import { Replay } from "./tape/replay";
import { type Recorded, Replays } from "./tape/replays";
import { Tape } from "./tape/tape";
import type { Value } from "./tape/value";

/** Name of the array of a tape that holds the images of a batch. */
export const IMAGE = "image";

/** What computes. */
export interface Computing {
  readonly device: GPUDevice;
  /** For messages. */
  readonly name: string;
  readonly form: Form;
}

export class DeviceNetwork {
  readonly computing: Computing;
  readonly network: Network;
  readonly trace: readonly TracedLayer[];
  readonly model: DeviceModel;
  readonly #replays = new Replays();
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
      const replay = await Replay.make(this.computing.device, tape, {
        ofModel: (arrayKey, elements) => this.model.array(arrayKey, elements),
        makeRoom,
      });
      return { replay, notes };
    });
  }

  /** @throws EngineError for whatever the device says in `work`, which is named for the user */
  async doing<Result>(work: Sentence, compute: () => Promise<Result>): Promise<Result> {
    try {
      return await compute();
    } catch (error) {
      throw explainFailure(error, work, this.computing.name);
    }
  }

  dispose(): void {
    this.#replays.dispose();
    this.model.dispose();
  }
}

/** How a message names the work on a batch. */
export const batchOf = (size: number) => sentence`a batch of ${size}`;
