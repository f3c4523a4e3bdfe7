import type { TensorContainer } from "@tensorflow/tfjs-core";
import type { Network } from "../../network/network";
import { checkTrainable, flattenTrace, type TracedLayer, traceShapes } from "../../network/shape";
import { elementCount, type FloatTensor, type StateDict } from "../../network/tensor";
import { type DropoutMask, dropoutMasks } from "../dropoutMasks";
import {
  type Batch,
  EngineError,
  type Evaluation,
  type Model,
  type ModelOptions,
  type ModelState,
  type Objective,
  type Saliency,
  type SaliencyPlace,
  type UpdateOptions,
} from "../engine";
import { classCodes, sampleLosses, targetValues } from "../objective";
import { ParameterGroups } from "../optimizer/parameterGroups";
import { notANumberWithNaN } from "./brokenWeights";
import { toChannelsFirst, toChannelsLast } from "./channelsLast";
import { DeviceState } from "./deviceState";
import { explainFailure, releaseTape } from "./failures";
import { runNetwork, runSequence } from "./forward";
import { GradientSum } from "./gradientSum";
import { crossEntropy, meanSquaredError } from "./losses";
import { DeviceOptimizer } from "./optimizer/deviceOptimizer";
import { Pass, type PassOptions } from "./pass";
import { type DeviceTensor, readFloats, type TensorFlow } from "./tensorFlow";

/** What one batch of a training makes, on the device. */
interface Step {
  readonly loss: DeviceTensor;
  readonly gradients: ReadonlyMap<string, DeviceTensor>;
  readonly runningStatistics: ReadonlyMap<string, DeviceTensor>;
}

/** A network on the device of TensorFlow.js: its weights and moments stay there from one step to the next. */
export class TensorFlowModel implements Model {
  readonly #values: DeviceState;
  readonly #optimizer: DeviceOptimizer;
  readonly #groups: ParameterGroups;
  readonly #gradientSum: GradientSum;
  readonly #trace: readonly TracedLayer[];
  readonly #answeredPools: ReadonlySet<string>;
  #batches = 0;
  readonly #tf: TensorFlow;
  readonly #device: string;
  readonly #network: Network;
  readonly #objective: Objective;
  readonly #options: ModelOptions;

  constructor(tf: TensorFlow, device: string, network: Network, objective: Objective, options: ModelOptions) {
    this.#tf = tf;
    this.#device = device;
    this.#network = network;
    this.#objective = objective;
    this.#options = options;

    this.#trace = flattenTrace(traceShapes(network));
    this.#answeredPools = new Set(this.#trace.flatMap(({ pool }) => (pool === undefined ? [] : [pool])));
    this.#values = new DeviceState(tf, network, options);
    this.#optimizer = new DeviceOptimizer(tf, options.optimizer, this.#values);
    this.#groups = new ParameterGroups(options, this.#values.trainable);
    this.#gradientSum = new GradientSum(tf);
  }

  async accumulate(batch: Batch): Promise<number> {
    checkTrainable(this.#network, batch.size);
    return this.#computing(batchOf(batch.size), async () => {
      const { loss, gradients, runningStatistics } = this.#differentiate(batch);
      this.#gradientSum.add(gradients);
      for (const [name, statistic] of runningStatistics) this.#values.replace(name, statistic);
      this.#values.countBatch();
      this.#batches++;
      const [value] = await readFloats(loss);
      loss.dispose();
      return value!;
    });
  }

  async update({ reduction, rates }: UpdateOptions): Promise<void> {
    const { count, gradients } = this.#gradientSum;
    if (count === 0) throw new EngineError("There are no gradients: an update follows at least one batch.");
    const rateOf = this.#groups.rateOf(rates);
    await this.#computing("an update of the weights", async () => {
      this.#optimizer.step(gradients, { scale: reduction === "mean" ? 1 / count : 1, rateOf });
    });
    this.#gradientSum.clear();
  }

  async gradients(): Promise<StateDict> {
    return this.#gradientSum.read();
  }

  async evaluate(batch: Pick<Batch, "size" | "input" | "target">): Promise<Evaluation> {
    const outputs = await this.predict(batch.size, batch.input);
    const target = this.#network.family === "autoencoder" ? batch.input : batch.target;
    return { outputs, losses: sampleLosses(this.#objective, outputs, target) };
  }

  async predict(size: number, input: Float32Array): Promise<FloatTensor> {
    return this.#computing(batchOf(size), async () => {
      const tf = this.#tf;
      const network = this.#network;
      const values = this.#values;
      const output = this.#inPass({ mode: "evaluation", differentiated: false }, (pass) => {
        const answer = runNetwork(network, this.#inputTensor(size, input), pass);
        return toChannelsFirst(tf, notANumberWithNaN(tf, answer, values.tensors.values()));
      });
      return readAndDispose(output);
    });
  }

  async saliency(size: number, input: Float32Array, node: number, place: SaliencyPlace): Promise<Saliency> {
    const tf = this.#tf;
    const network = this.#network;
    if (network.family !== "cnn") {
      throw new EngineError(
        "An autoencoder has no answer to explain: choose a classification or a regression.",
      );
    }
    const outputs = this.#outputShape(size)[1] ?? 0;
    if (!Number.isInteger(node) || node < 0 || node >= outputs) {
      throw new EngineError(`There is no output ${node}: the network has ${outputs}, numbered from 0.`);
    }
    const before = place === "input" ? 0 : place.afterConvolutionLayers;
    const { convolutions, fc } = network;
    return this.#computing(batchOf(size), async () => {
      const { activations, gradients } = this.#inPass(
        { mode: "evaluation", differentiated: true },
        (pass) => {
          const image = this.#inputTensor(size, input);
          const reached = runSequence(convolutions.slice(0, before), "convolutions", image, pass);
          const answer = (features: DeviceTensor) => {
            const last = runSequence(convolutions.slice(before), "convolutions", features, pass);
            return runSequence(fc, "fc", last, pass);
          };
          const chosen = tf.oneHot(tf.fill([size], node, "int32"), outputs, 1, 0, "float32");
          return {
            activations: toChannelsFirst(tf, reached),
            gradients: toChannelsFirst(tf, tf.grad(answer)(reached, chosen)),
          };
        },
      );
      return { activations: await readAndDispose(activations), gradients: await readAndDispose(gradients) };
    });
  }

  async state(): Promise<ModelState> {
    return {
      parameters: await this.#values.read(),
      optimizer: await this.#optimizer.read(),
      batches: this.#batches,
    };
  }

  async load(state: ModelState): Promise<void> {
    this.#values.write(state.parameters);
    this.#optimizer.write(state.optimizer);
    this.#batches = state.batches;
    this.#gradientSum.clear();
  }

  async dispose(): Promise<void> {
    this.#gradientSum.clear();
    this.#optimizer.dispose();
    this.#values.dispose();
  }

  /** Forward and, as TensorFlow recorded it, backward. */
  #differentiate(batch: Batch): Step {
    const tf = this.#tf;
    const values = this.#values;
    const parameters = values.trainable.map((name) => values.tensors.get(name)!);
    let runningStatistics: Step["runningStatistics"] = new Map();
    const training = { mode: "training", differentiated: true, masks: this.#masks(batch.size) } as const;
    const { loss, gradients } = this.#inPass(training, (pass) => {
      const input = this.#inputTensor(batch.size, batch.input);
      const lossOfBatch = () => this.#loss(runNetwork(this.#network, input, pass), input, batch);
      const { value, grads } =
        parameters.length === 0
          ? { value: lossOfBatch(), grads: [] }
          : tf.valueAndGrads(lossOfBatch)(parameters);
      runningStatistics = pass.take();
      return { loss: value, gradients: grads };
    });
    return {
      loss,
      gradients: new Map(values.trainable.map((name, index) => [name, gradients[index]!])),
      runningStatistics,
    };
  }

  /** Runs `compute` and gives back all that it leaves on the device, but for its result. */
  #inPass<Result extends TensorContainer>(
    options: Pick<PassOptions, "mode" | "differentiated"> & Partial<Pick<PassOptions, "masks">>,
    compute: (pass: Pass) => Result,
  ): Result {
    const { tensors: state } = this.#values;
    const pass = new Pass(this.#tf, {
      masks: new Map(),
      ...options,
      state,
      answeredPools: this.#answeredPools,
    });
    try {
      return this.#tf.tidy(() => compute(pass));
    } finally {
      pass.dispose();
    }
  }

  #loss(output: DeviceTensor, input: DeviceTensor, { size, target }: Batch): DeviceTensor {
    const tf = this.#tf;
    const objective = this.#objective;
    switch (objective.loss) {
      case "CrossEntropyLoss":
        return crossEntropy(tf, output, classCodes(objective, target, size), objective);
      case "MSELoss": {
        if (this.#network.family === "autoencoder") return meanSquaredError(tf, output, input);
        const shape = this.#outputShape(size);
        const wanted = toChannelsLast(tf, tf.tensor(targetValues(target, shape), shape));
        return meanSquaredError(tf, output, wanted);
      }
    }
  }

  /** [N, ...] in PyTorch's order. */
  #outputShape(size: number): number[] {
    return [size, ...(this.#trace.at(-1)?.output ?? this.#network.inputSize)];
  }

  #inputTensor(size: number, input: Float32Array): DeviceTensor {
    const shape = [size, ...this.#network.inputSize];
    if (input.length !== elementCount(shape)) {
      throw new EngineError(`A batch of ${size} holds ${input.length} values, not ${shape.join(" x ")}.`);
    }
    return toChannelsLast(this.#tf, this.#tf.tensor(input, shape));
  }

  /** Of every Dropout by its path, for the present batch. */
  #masks(batchSize: number): ReadonlyMap<string, DeviceTensor> {
    const tf = this.#tf;
    const masks = this.#trace.flatMap(({ path, layer, input }): DropoutMask[] =>
      layer.kind === "Dropout" && layer.probability > 0
        ? [{ name: path, shape: [batchSize, ...input], probability: layer.probability }]
        : [],
    );
    const drawn = dropoutMasks(masks, this.#options.dropoutSeed, this.#batches);
    return new Map(
      masks.map(({ name, shape }) => [
        name,
        tf.tidy(() => toChannelsLast(tf, tf.tensor(drawn.get(name)!, [...shape]))),
      ]),
    );
  }

  /** @throws EngineError for whatever TensorFlow throws */
  async #computing<Result>(work: string, compute: () => Promise<Result>): Promise<Result> {
    try {
      return await compute();
    } catch (error) {
      releaseTape(this.#tf);
      throw explainFailure(error, work, this.#device);
    }
  }
}

const batchOf = (size: number) => `a batch of ${size}`;

async function readAndDispose(tensor: DeviceTensor): Promise<FloatTensor> {
  const shape = [...tensor.shape];
  const data = await readFloats(tensor);
  tensor.dispose();
  return { dtype: "float32", shape, data };
}
