import { sentence } from "../../network/sentence";
import { checkTrainable } from "../../network/shapes/shape";
import type { FloatTensor, StateDict } from "../../network/weights/tensor";
import { comparesClasses, innerReadsOf } from "../../statistics/losses/losses";
import { dropoutMasks, masksOf } from "../dropoutMasks";
import {
  type Batch,
  EngineError,
  type Evaluation,
  type InputBatch,
  type ModelState,
  type Observation,
  type Saliency,
  type SaliencyPlace,
  type Trainer,
  type TrainerOptions,
  type UpdateOptions,
} from "../engine";
import { batchWeight, classCodes, sampleLosses, targetValues } from "../objective";
import { ParameterGroups } from "../optimizer/parameterGroups";
import { stepOptionsOf } from "../optimizer/stepOptions";
import { toChannelsLast } from "./device/channelsLast";
import { batchOf, type DeviceNetwork } from "./device/deviceNetwork";
import { GradientSum } from "./device/gradientSum";
import { type NetworkOutputs, runNetwork } from "./forward";
import { type DeviceTensor, readFloats } from "./library/tensorFlow";
import { classLoss, valueLoss } from "./losses";
import { DeviceOptimizer } from "./optimizer/deviceOptimizer";
import { TensorFlowPredictor } from "./tensorFlowPredictor";

/** What one batch of a training makes, on the device. */
interface Step {
  readonly loss: DeviceTensor;
  readonly gradients: ReadonlyMap<string, DeviceTensor>;
  readonly runningStatistics: ReadonlyMap<string, DeviceTensor>;
}

/** A network that learns on the device of TensorFlow.js: its weights and moments stay there from one step to the next. */
export class TensorFlowTrainer implements Trainer {
  readonly #on: DeviceNetwork;
  readonly #options: TrainerOptions;
  readonly #predictor: TensorFlowPredictor;
  readonly #optimizer: DeviceOptimizer;
  readonly #groups: ParameterGroups;
  readonly #gradientSum: GradientSum;
  #batches = 0;

  constructor(on: DeviceNetwork, options: TrainerOptions) {
    this.#on = on;
    this.#options = options;
    this.#predictor = new TensorFlowPredictor(on);
    this.#optimizer = new DeviceOptimizer(on.tf, options.optimizer, on.values);
    this.#groups = new ParameterGroups(options, on.values.trainable);
    this.#gradientSum = new GradientSum(on.tf, options.reduction);
  }

  async accumulate(batch: Batch): Promise<number> {
    const { network, values } = this.#on;
    checkTrainable(network, batch.size);
    return this.#on.computing(batchOf(batch.size), async () => {
      const { loss, gradients, runningStatistics } = this.#differentiate(batch);
      this.#gradientSum.add(gradients, batchWeight(this.#options.objective, batch));
      for (const [name, statistic] of runningStatistics) values.replace(name, statistic);
      values.countBatch();
      this.#batches++;
      const [value] = await readFloats(loss);
      loss.dispose();
      return value!;
    });
  }

  async update(options: UpdateOptions = {}): Promise<void> {
    const { count, gradients, scale } = this.#gradientSum;
    if (count === 0)
      throw new EngineError(sentence`There are no gradients: an update follows at least one batch.`);
    await this.#on.computing(sentence`an update of the weights`, async () => {
      const normOfSums = (type: number) => this.#optimizer.norm(gradients, type);
      this.#optimizer.step(gradients, await stepOptionsOf(options, scale, this.#groups, normOfSums));
    });
    this.#gradientSum.clear();
  }

  async gradients(): Promise<StateDict> {
    return this.#gradientSum.read();
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    const { objective } = this.#options;
    const observation = await this.observe(batch, innerReadsOf(objective));
    const losses = sampleLosses(objective, observation, batch.targets);
    return { outputs: observation.outputs, losses };
  }

  predict(batch: InputBatch): Promise<FloatTensor> {
    return this.#predictor.predict(batch);
  }

  observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    return this.#predictor.observe(batch, inner);
  }

  saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    return this.#predictor.saliency(batch, node, place);
  }

  setWeights(weights: StateDict): Promise<void> {
    return this.#predictor.setWeights(weights);
  }

  async state(): Promise<ModelState> {
    return {
      parameters: await this.#on.values.read(),
      optimizer: await this.#optimizer.read(),
      batches: this.#batches,
    };
  }

  async load(state: ModelState): Promise<void> {
    this.#on.values.write(state.parameters);
    this.#optimizer.write(state.optimizer);
    this.#batches = state.batches;
    this.#gradientSum.clear();
  }

  async dispose(): Promise<void> {
    this.#gradientSum.clear();
    this.#optimizer.dispose();
    await this.#predictor.dispose();
  }

  /** Forward and, as TensorFlow recorded it, backward. */
  #differentiate(batch: Batch): Step {
    const { tf, network, values } = this.#on;
    const parameters = values.trainable.map((name) => values.tensors.get(name)!);
    let runningStatistics: Step["runningStatistics"] = new Map();
    const training = { mode: "training", differentiated: true, masks: this.#masks(batch.size) } as const;
    const { loss, gradients } = this.#on.inPass(training, (pass) => {
      const image = this.#on.image(batch);
      const reads = innerReadsOf(this.#options.objective);
      const lossOfBatch = () => this.#loss(runNetwork(network, image, pass, reads), image, batch);
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

  /** @param image those of the batch, on the device */
  #loss(
    { output, inner }: NetworkOutputs,
    image: DeviceTensor,
    { size, inputs, targets }: Batch,
  ): DeviceTensor {
    const { tf } = this.#on;
    const { objective } = this.#options;
    if (comparesClasses(objective)) {
      return classLoss(tf, objective.loss, objective, output, classCodes(objective, targets, size), inner);
    }
    const shape = this.#on.outputShape(size);
    const values = targetValues(targets, shape);
    // What is to come out as it went in is on the device already.
    const wanted =
      values === inputs.image && output.shape.join() === image.shape.join()
        ? image
        : toChannelsLast(tf, tf.tensor(values, shape));
    return valueLoss(tf, objective.loss, objective, output, wanted, inner);
  }

  /** Of every Dropout by its path, for the present batch. */
  #masks(batchSize: number): ReadonlyMap<string, DeviceTensor> {
    const { tf, trace } = this.#on;
    const masks = masksOf(trace, batchSize);
    const drawn = dropoutMasks(masks, this.#options.dropoutSeed, this.#batches);
    return new Map(
      masks.map(({ name, shape }) => [
        name,
        tf.tidy(() => toChannelsLast(tf, tf.tensor(drawn.get(name)!, [...shape]))),
      ]),
    );
  }
}
