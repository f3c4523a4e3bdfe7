import { sentence } from "../../network/sentence";
import { checkTrainable } from "../../network/shapes/shape";
import type { FloatTensor } from "../../network/weights/tensor";
import { comparesClasses, innerReadsOf } from "../../statistics/losses/losses";
import { dropoutMasks, masksOf } from "../dropoutMasks";
import type { Batch, TrainerOptions } from "../engine";
import type { Gradients, Learner, LearnerState, StepBy } from "../learner";
import { classCodes, targetValues } from "../objective";
import { toChannelsLast } from "./device/channelsLast";
import { batchOf, type DeviceNetwork } from "./device/deviceNetwork";
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
export class TensorFlowLearner implements Learner<DeviceTensor> {
  readonly predictor: TensorFlowPredictor;
  readonly #on: DeviceNetwork;
  readonly #options: TrainerOptions;
  readonly #optimizer: DeviceOptimizer;

  constructor(on: DeviceNetwork, options: TrainerOptions) {
    this.#on = on;
    this.#options = options;
    this.predictor = new TensorFlowPredictor(on);
    this.#optimizer = new DeviceOptimizer(on.tf, options.optimizer, on.values);
  }

  get trainable(): Iterable<string> {
    return this.#on.values.trainable;
  }

  async differentiate(
    batch: Batch,
    number: number,
    take: (gradients: Gradients<DeviceTensor>) => void,
  ): Promise<number> {
    const { network, values } = this.#on;
    checkTrainable(network, batch.size);
    return this.#on.computing(batchOf(batch.size), async () => {
      const { loss, gradients, runningStatistics } = this.#pass(batch, number);
      take(gradients);
      for (const [name, statistic] of runningStatistics) values.replace(name, statistic);
      values.countBatch();
      const [value] = await readFloats(loss);
      loss.dispose();
      return value!;
    });
  }

  add(_parameter: string, sum: DeviceTensor, gradient: DeviceTensor, share: number): DeviceTensor {
    const { tf } = this.#on;
    const added = tf.tidy(() => tf.add(sum, share === 1 ? gradient : tf.mul(gradient, share)));
    sum.dispose();
    gradient.dispose();
    return added;
  }

  release(sum: DeviceTensor): void {
    sum.dispose();
  }

  async step(gradients: ReadonlyMap<string, DeviceTensor>, by: StepBy): Promise<void> {
    await this.#on.computing(sentence`an update of the weights`, async () => {
      const options = await by((type) => this.#optimizer.norm(gradients, type));
      this.#optimizer.step(gradients, options);
    });
  }

  async read(_parameter: string, gradient: DeviceTensor): Promise<FloatTensor> {
    return { dtype: "float32", shape: [...gradient.shape], data: await readFloats(gradient) };
  }

  async state(): Promise<LearnerState> {
    return { parameters: await this.#on.values.read(), optimizer: await this.#optimizer.read() };
  }

  load({ parameters, optimizer }: LearnerState): void {
    this.#on.values.write(parameters);
    this.#optimizer.write(optimizer);
  }

  async dispose(): Promise<void> {
    this.#optimizer.dispose();
    await this.predictor.dispose();
  }

  /** Forward and, as TensorFlow recorded it, backward. */
  #pass(batch: Batch, number: number): Step {
    const { tf, network, values } = this.#on;
    const parameters = values.trainable.map((name) => values.tensors.get(name)!);
    let runningStatistics: Step["runningStatistics"] = new Map();
    const training = {
      mode: "training",
      differentiated: true,
      masks: this.#masks(batch.size, number),
    } as const;
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

  /** Of every Dropout by its path, for batch number `number` of the training. */
  #masks(batchSize: number, number: number): ReadonlyMap<string, DeviceTensor> {
    const { tf, trace } = this.#on;
    const masks = masksOf(trace, batchSize);
    const drawn = dropoutMasks(masks, this.#options.dropoutSeed, number);
    return new Map(
      masks.map(({ name, shape }) => [
        name,
        tf.tidy(() => toChannelsLast(tf, tf.tensor(drawn.get(name)!, [...shape]))),
      ]),
    );
  }
}
