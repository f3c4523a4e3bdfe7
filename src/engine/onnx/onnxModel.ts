import { Tensor as OnnxTensor } from "onnxruntime-node";
import type { Network } from "../../network/network";
import { checkTrainable } from "../../network/shape";
import { elementCount, type FloatTensor, type StateDict } from "../../network/tensor";
import { dropoutMasks } from "../dropoutMasks";
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
import { createOptimizer } from "../optimizer/createOptimizer";
import type { Gradient, Optimizer } from "../optimizer/optimizer";
import { ParameterGroups } from "../optimizer/parameterGroups";
import type { Formulation } from "./compilation";
import { type Compiled, CompiledGraphs, LargeSession } from "./compiledGraphs";
import { GradientSum } from "./gradientSum";
import { buildInferenceGraph, type InferenceGraph, OUTPUT } from "./inferenceGraph";
import { ModelMemory } from "./modelMemory";
import {
  ACTIVATION_GRADIENT,
  ACTIVATIONS,
  buildSaliencyGraph,
  OUTPUT_GRADIENT,
  type SaliencyGraph,
} from "./saliencyGraph";
import type { Feeds, Outputs } from "./session";
import {
  buildTrainingGraph,
  gradientOutput,
  INPUT,
  LOSS,
  leftOutput,
  newValueOutput,
  rightOutput,
  TARGET,
  type TrainingGraph,
} from "./trainingGraph";

export interface OnnxModelSettings {
  readonly threads: number;
  readonly formulation: Formulation;
}

/** A network compiled for onnxruntime, with a graph for each size of batches. It does one thing at a time. */
export class OnnxModel implements Model {
  readonly #memory: ModelMemory;
  readonly #optimizer: Optimizer;
  readonly #groups: ParameterGroups;
  readonly #gradientSum = new GradientSum();
  readonly #training: CompiledGraphs<TrainingGraph>;
  readonly #inference: CompiledGraphs<InferenceGraph>;
  readonly #saliencies: CompiledGraphs<SaliencyGraph>;
  readonly #formulation: Formulation;
  readonly #dropoutSeed: number;
  #batches = 0;
  readonly #network: Network;
  readonly #objective: Objective;

  constructor(
    network: Network,
    objective: Objective,
    options: ModelOptions,
    { threads, formulation }: OnnxModelSettings,
  ) {
    this.#network = network;
    this.#objective = objective;

    this.#formulation = formulation;
    const large = new LargeSession();
    this.#training = new CompiledGraphs(threads, large);
    this.#inference = new CompiledGraphs(threads, large);
    this.#saliencies = new CompiledGraphs(threads, large);
    this.#memory = new ModelMemory(network, options);
    this.#dropoutSeed = options.dropoutSeed;
    this.#optimizer = createOptimizer(options.optimizer, this.#memory.store);
    this.#groups = new ParameterGroups(options, this.#memory.trainable);
  }

  async accumulate(batch: Batch): Promise<number> {
    const { graph, session } = await this.#trainingFor(batch.size);
    const outputs = await session.run({
      ...this.#memory.feeds,
      ...this.#inputFeed(batch.size, batch.input),
      ...this.#targetFeed(batch, graph.outputShape),
      ...this.#maskFeeds(graph),
    });
    this.#gradientSum.add(gradientsOf(graph, outputs, batch.size));
    for (const name of graph.runningStatistics) {
      this.#memory.setBuffer(name, outputs.get(newValueOutput(name))!);
    }
    this.#memory.countBatch();
    this.#batches++;
    return outputs.get(LOSS)![0]!;
  }

  async update({ reduction, rates }: UpdateOptions): Promise<void> {
    const { count, gradients } = this.#gradientSum;
    if (count === 0) throw new EngineError("There are no gradients: an update follows at least one batch.");
    const rateOf = this.#groups.rateOf(rates);
    this.#optimizer.step(gradients, { scale: reduction === "mean" ? 1 / count : 1, rateOf });
    this.#gradientSum.clear();
  }

  async gradients(): Promise<StateDict> {
    return this.#gradientSum.dense(this.#memory.shapes);
  }

  async evaluate(batch: Pick<Batch, "size" | "input" | "target">): Promise<Evaluation> {
    const outputs = await this.predict(batch.size, batch.input);
    const target = this.#network.family === "autoencoder" ? batch.input : batch.target;
    return { outputs, losses: sampleLosses(this.#objective, outputs, target) };
  }

  async predict(size: number, input: Float32Array): Promise<FloatTensor> {
    const { graph, session } = await this.#inferenceFor(size);
    const outputs = await session.run({ ...this.#memory.feeds, ...this.#inputFeed(size, input) });
    return { dtype: "float32", shape: graph.outputShape, data: outputs.get(OUTPUT)! };
  }

  async saliency(size: number, input: Float32Array, node: number, place: SaliencyPlace): Promise<Saliency> {
    const { graph, session } = await this.#saliencyFor(size, place);
    const [, outputs = 0] = graph.outputShape;
    if (!Number.isInteger(node) || node < 0 || node >= outputs) {
      throw new EngineError(`There is no output ${node}: the network has ${outputs}, numbered from 0.`);
    }
    const chosen = Float32Array.from({ length: size * outputs }, (_, i) => (i % outputs === node ? 1 : 0));
    const values = await session.run({
      ...this.#memory.feeds,
      ...this.#inputFeed(size, input),
      [OUTPUT_GRADIENT]: new OnnxTensor("float32", chosen, graph.outputShape),
    });
    const tensor = (data: Float32Array): FloatTensor => ({
      dtype: "float32",
      shape: graph.activationShape,
      data,
    });
    return {
      activations: tensor(values.get(ACTIVATIONS) ?? input),
      gradients: tensor(values.get(ACTIVATION_GRADIENT)!),
    };
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
    await Promise.all([this.#training.dispose(), this.#inference.dispose(), this.#saliencies.dispose()]);
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

  #inferenceFor(batchSize: number): Promise<Compiled<InferenceGraph>> {
    const network = this.#network;
    const formulation = this.#formulation;
    return this.#inference.get(batchSize, elementCount(network.inputSize), () =>
      buildInferenceGraph(network, batchSize, formulation),
    );
  }

  async #saliencyFor(batchSize: number, place: SaliencyPlace): Promise<Compiled<SaliencyGraph>> {
    const network = this.#network;
    if (network.family !== "cnn") {
      throw new EngineError(
        "An autoencoder has no answer to explain: choose a classification or a regression.",
      );
    }
    const build = () => buildSaliencyGraph(network, batchSize, place);
    return this.#saliencies.get(batchSize, elementCount(network.inputSize), build, JSON.stringify(place));
  }

  #targetFeed({ target, size }: Batch, outputShape: readonly number[]): Feeds {
    if (this.#network.family === "autoencoder") return {};
    switch (this.#objective.loss) {
      case "CrossEntropyLoss":
        return { [TARGET]: new OnnxTensor("int32", classCodes(this.#objective, target, size), [size]) };
      case "MSELoss":
        return { [TARGET]: new OnnxTensor("float32", targetValues(target, outputShape), outputShape) };
    }
  }

  #inputFeed(size: number, input: Float32Array): Feeds {
    const shape = [size, ...this.#network.inputSize];
    if (input.length !== elementCount(shape)) {
      throw new EngineError(`A batch of ${size} holds ${input.length} values, not ${shape.join(" x ")}.`);
    }
    return { [INPUT]: new OnnxTensor("float32", input, shape) };
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
