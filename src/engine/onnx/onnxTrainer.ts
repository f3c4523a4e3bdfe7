import { Tensor as OnnxTensor } from "onnxruntime-node";
import type { Network } from "../../network/network";
import { sentence } from "../../network/sentence";
import { checkTrainable } from "../../network/shapes/shape";
import { elementCount, type FloatTensor, type StateDict } from "../../network/weights/tensor";
import { comparesClasses, innerReadsOf, type ObjectiveData } from "../../statistics/losses/losses";
import { dropoutMasks } from "../dropoutMasks";
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
import { createOptimizer, momentSlots } from "../optimizer/createOptimizer";
import type { Gradient, Optimizer } from "../optimizer/optimizer";
import { ParameterGroups } from "../optimizer/parameterGroups";
import { stepOptionsOf } from "../optimizer/stepOptions";
import type { Formulation } from "./compilation";
import { type Compiled, CompiledGraphs, LargeSession } from "./compiledGraphs";
import { GradientSum } from "./gradientSum";
import { TARGET } from "./losses";
import { ModelMemory } from "./modelMemory";
import { inputFeed, OnnxPredictor, type OnnxSettings } from "./onnxPredictor";
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
export class OnnxTrainer implements Trainer {
  readonly #network: Network;
  readonly #objective: ObjectiveData;
  readonly #memory: ModelMemory;
  readonly #optimizer: Optimizer;
  readonly #groups: ParameterGroups;
  readonly #predictor: OnnxPredictor;
  readonly #gradientSum: GradientSum;
  readonly #training: CompiledGraphs<TrainingGraph>;
  readonly #formulation: Formulation;
  readonly #dropoutSeed: number;
  #batches = 0;

  constructor(network: Network, options: TrainerOptions, settings: OnnxSettings) {
    this.#network = network;
    this.#objective = options.objective;
    this.#memory = new ModelMemory(network, {
      ...options,
      momentSlots: momentSlots(options.optimizer),
    });
    this.#optimizer = createOptimizer(options.optimizer, this.#memory.store);
    this.#groups = new ParameterGroups(options, this.#memory.trainable);
    this.#gradientSum = new GradientSum(options.reduction);
    this.#formulation = settings.formulation;
    const large = new LargeSession();
    this.#predictor = new OnnxPredictor(network, this.#memory, settings, large);
    this.#training = new CompiledGraphs(settings.threads, large);
    this.#dropoutSeed = options.dropoutSeed;
  }

  async accumulate(batch: Batch): Promise<number> {
    const { graph, session } = await this.#trainingFor(batch.size);
    const outputs = await session.run({
      ...this.#memory.feeds,
      ...inputFeed(this.#network, batch),
      ...this.#targetFeed(batch, graph.outputShape),
      ...this.#maskFeeds(graph),
    });
    const weight = batchWeight(this.#objective, batch);
    this.#gradientSum.add(gradientsOf(graph, outputs, batch.size), weight);
    for (const name of graph.runningStatistics) {
      this.#memory.setBuffer(name, outputs.get(newValueOutput(name))!);
    }
    this.#memory.countBatch();
    this.#batches++;
    return outputs.get(LOSS)![0]!;
  }

  async update(options: UpdateOptions = {}): Promise<void> {
    const { count, gradients, scale } = this.#gradientSum;
    if (count === 0)
      throw new EngineError(sentence`There are no gradients: an update follows at least one batch.`);
    const normOfSums = (type: number) => this.#optimizer.norm(gradients, type);
    this.#optimizer.step(gradients, await stepOptionsOf(options, scale, this.#groups, normOfSums));
    this.#gradientSum.clear();
  }

  async gradients(): Promise<StateDict> {
    return this.#gradientSum.dense(this.#memory.shapes);
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    const observation = await this.observe(batch, innerReadsOf(this.#objective));
    const losses = sampleLosses(this.#objective, observation, batch.targets);
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
    return { parameters: this.#memory.read(), optimizer: this.#optimizer.state(), batches: this.#batches };
  }

  async load(state: ModelState): Promise<void> {
    this.#memory.write(state.parameters);
    this.#optimizer.load(state.optimizer);
    this.#batches = state.batches;
    this.#gradientSum.clear();
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#training.dispose(), this.#predictor.dispose()]);
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
      ? new OnnxTensor("int32", classCodes(objective, targets, size), [size])
      : new OnnxTensor("float32", targetValues(targets, outputShape), outputShape);
    return { [TARGET]: target };
  }

  #maskFeeds({ masks }: TrainingGraph): Feeds {
    const drawn = dropoutMasks(masks, this.#dropoutSeed, this.#batches);
    return Object.fromEntries(
      masks.map(({ name, shape }) => [name, new OnnxTensor("float32", drawn.get(name)!, shape)]),
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
