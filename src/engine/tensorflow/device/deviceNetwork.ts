/** A network with its weights on the device of TensorFlow.js: what answering and learning share. */
import type { TensorContainer } from "@tensorflow/tfjs-core";
import type { Network } from "../../../network/network";
import { type Sentence, sentence } from "../../../network/sentence";
import { flattenTrace, type TracedLayer, traceShapes } from "../../../network/shapes/shape";
import { elementCount, type FloatTensor } from "../../../network/weights/tensor";
import { EngineError, type InputBatch, type TrainerOptions } from "../../engine";
import { type DeviceTensor, readFloats, type TensorFlow } from "../library/tensorFlow";
import { Pass, type PassOptions } from "../pass";
import { toChannelsLast } from "./channelsLast";
import { DeviceState } from "./deviceState";
import { explainFailure, releaseTape } from "./failures";

export class DeviceNetwork {
  readonly tf: TensorFlow;
  readonly network: Network;
  readonly trace: readonly TracedLayer[];
  readonly values: DeviceState;
  readonly #device: string;
  readonly #answeredPools: ReadonlySet<string>;

  /** @throws EngineError that names every weight that is missing or of another shape */
  constructor(
    tf: TensorFlow,
    device: string,
    network: Network,
    weights: Pick<TrainerOptions, "weights" | "frozen">,
  ) {
    this.tf = tf;
    this.network = network;
    this.trace = flattenTrace(traceShapes(network));
    this.values = new DeviceState(tf, network, weights);
    this.#device = device;
    this.#answeredPools = new Set(this.trace.flatMap(({ pool }) => (pool === undefined ? [] : [pool])));
  }

  /** [N, ...] in PyTorch's order. */
  outputShape(size: number): number[] {
    return [size, ...(this.trace.at(-1)?.output ?? this.network.inputSize)];
  }

  /** The images of a batch, channels last. @throws EngineError unless it has the size of its images */
  image({ size, inputs }: InputBatch): DeviceTensor {
    const shape = [size, ...this.network.inputSize];
    if (inputs.image.length !== elementCount(shape)) {
      throw new EngineError(
        sentence`A batch of ${size} holds ${inputs.image.length} {1|value|values}, not ${shape.join(" x ")}.`,
      );
    }
    return toChannelsLast(this.tf, this.tf.tensor(inputs.image, shape));
  }

  /** Runs `compute` and gives back all that it leaves on the device, but for its result. */
  inPass<Result extends TensorContainer>(
    options: Pick<PassOptions, "mode" | "differentiated"> & Partial<Pick<PassOptions, "masks">>,
    compute: (pass: Pass) => Result,
  ): Result {
    const pass = new Pass(this.tf, {
      masks: new Map(),
      ...options,
      state: this.values.tensors,
      answeredPools: this.#answeredPools,
    });
    try {
      return this.tf.tidy(() => compute(pass));
    } finally {
      pass.dispose();
    }
  }

  /** @throws EngineError for whatever TensorFlow throws in `work`, which is named for the user */
  async computing<Result>(work: Sentence, compute: () => Promise<Result>): Promise<Result> {
    try {
      return await compute();
    } catch (error) {
      releaseTape(this.tf);
      throw explainFailure(error, work, this.#device);
    }
  }
}

/** How a message names the work on a batch. */
export const batchOf = (size: number) => sentence`a batch of ${size}`;

export async function readAndDispose(tensor: DeviceTensor): Promise<FloatTensor> {
  const shape = [...tensor.shape];
  const data = await readFloats(tensor);
  tensor.dispose();
  return { dtype: "float32", shape, data };
}
