import type { Network } from "../../network/network";
import { checkTrainable } from "../../network/shapes/shape";
import { elementCount, type FloatTensor } from "../../network/weights/tensor";
import { comparesClasses, type ObjectiveData } from "../../statistics/losses/losses";
import { dropoutMasks } from "../dropoutMasks";
import type { Batch, TrainerOptions } from "../engine";
import type { Gradients, Learner, LearnerState, StepBy } from "../learner";
import { classCodes, targetValues } from "../objective";
import { createOptimizer, momentSlots } from "../optimizer/createOptimizer";
import type { Gradient, Optimizer } from "../optimizer/optimizer";
import type { Formulation } from "./compilation";
import { type Compiled, CompiledGraphs, LargeSession } from "./compiledGraphs";
import { addGradients, denseCopy } from "./gradients";
import { TARGET } from "./losses";
import { ModelMemory } from "./modelMemory";
import { inputFeed, OnnxPredictor, type OnnxSettings } from "./onnxPredictor";
import { onnxTensor } from "./runtime";
import type { Feeds, Outputs } from "./session";
import {
  buildTrainingGraph,
  gradientOutput,
  LOSS,
  leftOutput,
  newValueOutput,
  rightOutput,
  type TrainingGraph,
} from "./trainingGraph";

/** A network compiled for onnxruntime to learn, with a graph for each size of batches. It does one thing at a time. */
export class OnnxLearner implements Learner<Gradient> {
  readonly predictor: OnnxPredictor;
  readonly #network: Network;
  readonly #objective: ObjectiveData;
  readonly #memory: ModelMemory;
  readonly #optimizer: Optimizer;
  readonly #training: CompiledGraphs<TrainingGraph>;
  readonly #formulation: Formulation;
  readonly #dropoutSeed: number;

  constructor(network: Network, options: TrainerOptions, settings: OnnxSettings) {
    this.#network = network;
    this.#objective = options.objective;
    this.#memory = new ModelMemory(network, {
      ...options,
      momentSlots: momentSlots(options.optimizer),
    });
    this.#optimizer = createOptimizer(options.optimizer, this.#memory.store);
    this.#formulation = settings.formulation;
    const large = new LargeSession();
    this.predictor = new OnnxPredictor(network, this.#memory, settings, large);
    this.#training = new CompiledGraphs(settings.threads, large);
    this.#dropoutSeed = options.dropoutSeed;
  }

  get trainable(): ReadonlySet<string> {
    return this.#memory.trainable;
  }

  async differentiate(
    batch: Batch,
    number: number,
    take: (gradients: Gradients<Gradient>) => void,
  ): Promise<number> {
    const { graph, session } = await this.#trainingFor(batch.size);
    const outputs = await session.run({
      ...this.#memory.feeds,
      ...inputFeed(this.#network, batch),
      ...this.#targetFeed(batch, graph.outputShape),
      ...this.#maskFeeds(graph, number),
    });
    take(gradientsOf(graph, outputs, batch.size));
    for (const name of graph.runningStatistics) {
      this.#memory.setBuffer(name, outputs.get(newValueOutput(name))!);
    }
    this.#memory.countBatch();
    return outputs.get(LOSS)![0]!;
  }

  add(parameter: string, sum: Gradient, gradient: Gradient, share: number): Gradient {
    return addGradients(parameter, sum, gradient, share);
  }

  /** The memory of JavaScript gives itself back. */
  release(): void {}

  async step(gradients: ReadonlyMap<string, Gradient>, by: StepBy): Promise<void> {
    const options = await by((type) => this.#optimizer.norm(gradients, type));
    this.#optimizer.step(gradients, options);
  }

  async read(parameter: string, gradient: Gradient): Promise<FloatTensor> {
    return denseCopy(gradient, this.#memory.shapes.get(parameter)!);
  }

  async state(): Promise<LearnerState> {
    return { parameters: this.#memory.read(), optimizer: this.#optimizer.state() };
  }

  load({ parameters, optimizer }: LearnerState): void {
    this.#memory.write(parameters);
    this.#optimizer.load(optimizer);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#training.dispose(), this.predictor.dispose()]);
  }

  #trainingFor(batchSize: number): Promise<Compiled<TrainingGraph>> {
    const network = this.#network;
    const objective = this.#objective;
    const formulation = this.#formulation;
    const { trainable } = this.#memory;
    return this.#training.get(batchSize, elementCount(network.inputSize), () => {
      checkTrainable(network, batchSize);
      return buildTrainingGraph(network, objective, { batchSize, formulation, trainable });
    });
  }

  #targetFeed({ targets, size }: Batch, outputShape: readonly number[]): Feeds {
    const objective = this.#objective;
    const target = comparesClasses(objective)
      ? onnxTensor("int32", classCodes(objective, targets, size), [size])
      : onnxTensor("float32", targetValues(targets, outputShape), outputShape);
    return { [TARGET]: target };
  }

  /** @param number that of the batch in the training */
  #maskFeeds({ masks }: TrainingGraph, number: number): Feeds {
    const drawn = dropoutMasks(masks, this.#dropoutSeed, number);
    return Object.fromEntries(
      masks.map(({ name, shape }) => [name, onnxTensor("float32", drawn.get(name)!, shape)]),
    );
  }
}

function* gradientsOf(
  graph: TrainingGraph,
  outputs: Outputs,
  count: number,
): Generator<readonly [string, Gradient]> {
  for (const [name, kind] of graph.gradients) {
    if (kind === "dense") {
      yield [name, { kind, data: outputs.get(gradientOutput(name))! }];
    } else {
      yield [
        name,
        { kind, count, left: outputs.get(leftOutput(name))!, right: outputs.get(rightOutput(name))! },
      ];
    }
  }
}
