import { checkTrainable } from "../../network/shapes/shape";
import type { FloatTensor } from "../../network/weights/tensor";
import { comparesClasses } from "../../statistics/losses/losses";
import { type DropoutMask, dropoutMasks } from "../dropoutMasks";
import type { Batch, TrainerOptions } from "../engine";
import type { Gradients, Learner, LearnerState, StepBy } from "../learner";
import { classCodes, targetValues } from "../objective";
import { readBuffers } from "./device/buffers";
import { DeviceGradients } from "./deviceGradients";
import { type DeviceNetwork, IMAGE } from "./deviceNetwork";
import { recordLoss } from "./losses";
import { DeviceOptimizer } from "./optimizer/deviceOptimizer";
import { maskName } from "./pass";
import { recordNetwork } from "./sequence";
import type { Recorded } from "./tape/replays";
import { WebGpuPredictor } from "./webGpuPredictor";

/** Gradients lie where DeviceGradients keeps them; what goes from hand to hand is the name of the parameter. */
type Gradient = string;

/** Name of the array of a tape that holds what the output is compared with. */
const TARGET = "target";

interface TrainingNotes {
  readonly masks: readonly DropoutMask[];
  /** Name of the array of the loss. */
  readonly loss: string;
}

/** A network that learns on a device: weights, moments and gradients stay there, and of a step only the loss is read. */
export class WebGpuLearner implements Learner<Gradient> {
  readonly predictor: WebGpuPredictor;
  readonly #on: DeviceNetwork;
  readonly #options: TrainerOptions;
  readonly #optimizer: DeviceOptimizer;
  readonly #gradients: DeviceGradients;

  constructor(on: DeviceNetwork, options: TrainerOptions) {
    this.#on = on;
    this.#options = options;
    this.predictor = new WebGpuPredictor(on);
    this.#optimizer = new DeviceOptimizer(on, options.optimizer);
    this.#gradients = new DeviceGradients(on);
  }

  get trainable(): readonly string[] {
    return this.#on.model.trainable;
  }

  async differentiate(
    batch: Batch,
    number: number,
    take: (gradients: Gradients<Gradient>) => void,
  ): Promise<number> {
    const { network, model } = this.#on;
    checkTrainable(network, batch.size);
    const image = this.#on.imageOf(batch);
    const target = this.#targetOf(batch);
    return this.#on.batchOf(batch.size, async () => {
      const { replay, notes } = await this.#trainingOf(batch.size);
      replay.write(IMAGE, image);
      replay.write(TARGET, target);
      for (const [path, mask] of dropoutMasks(notes.masks, this.#options.dropoutSeed, number))
        replay.write(maskName(path), mask);
      this.#gradients.makeWay();
      await replay.run();
      this.#gradients.written();
      take(model.trainable.map((name) => [name, name] as const));
      await this.#gradients.settle();
      model.countBatch();
      const [loss] = await readBuffers(this.#on.computing.device, [
        { buffer: replay.own(notes.loss), elements: 1 },
      ]);
      return loss![0]!;
    });
  }

  add(_parameter: string, sum: Gradient, _gradient: Gradient, share: number): Gradient {
    this.#gradients.add(share);
    return sum;
  }

  release(): void {
    this.#gradients.clear();
  }

  async step(gradients: ReadonlyMap<string, Gradient>, by: StepBy): Promise<void> {
    await this.#on.doing(async () => {
      const parameters = [...gradients.keys()];
      const options = await by((type) => this.#gradients.norm(parameters, type));
      await this.#optimizer.step(parameters, this.#gradients.keyOf, options);
    });
  }

  async read(parameter: string): Promise<FloatTensor> {
    const shape = this.#on.model.shapes.get(parameter)!;
    const data = await this.#on.doing(() => this.#gradients.read(parameter));
    return { dtype: "float32", shape, data };
  }

  async state(): Promise<LearnerState> {
    // One that is gone would be read as zeros.
    return this.#on.doing(async () => ({
      parameters: await this.#on.model.read(),
      optimizer: await this.#optimizer.read(),
    }));
  }

  load({ parameters, optimizer }: LearnerState): void {
    this.#on.model.write(parameters);
    this.#optimizer.write(optimizer);
  }

  async dispose(): Promise<void> {
    await this.predictor.dispose();
  }

  #trainingOf(size: number): Promise<Recorded<TrainingNotes>> {
    const { network, model } = this.#on;
    const { objective } = this.#options;
    return this.#on.ready(`training ${size}`, (tape) => {
      const pass = this.#on.passOn(tape, { mode: "training", trainable: model.trainable });
      const step = recordNetwork(network, this.#on.imageOn(tape, size), pass);
      const target = comparesClasses(objective)
        ? tape.own(TARGET, [size], "u32")
        : tape.own(TARGET, step.output.shape);
      const loss = recordLoss(objective, step.output, target, pass, step.outputs);
      step.backward(loss.gradient, loss.inner);
      return { masks: pass.masks, loss: tape.keep(loss.value, "loss") };
    });
  }

  #targetOf({ targets, size }: Batch): Float32Array | Int32Array {
    const { objective } = this.#options;
    return comparesClasses(objective)
      ? classCodes(objective, targets, size)
      : targetValues(targets, this.#on.outputShape(size));
  }
}
