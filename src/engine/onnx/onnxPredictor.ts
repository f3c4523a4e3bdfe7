import type { Network } from "../../network/network";
import { sentence } from "../../network/sentence";
import { elementCount, type FloatTensor, type StateDict } from "../../network/weights/tensor";
import {
  EngineError,
  type InputBatch,
  type Observation,
  type Predictor,
  type Saliency,
  type SaliencyPlace,
} from "../engine";
import { checkInnerOutputs } from "../objective";
import type { Formulation } from "./compilation";
import { type Compiled, CompiledGraphs, LargeSession } from "./compiledGraphs";
import type { Shape } from "./graph/graphBuilder";
import { buildInferenceGraph, type InferenceGraph, innerOutput, OUTPUT } from "./inferenceGraph";
import type { ModelMemory } from "./modelMemory";
import { onnxTensor } from "./runtime";
import {
  ACTIVATION_GRADIENT,
  ACTIVATIONS,
  buildSaliencyGraph,
  OUTPUT_GRADIENT,
  type SaliencyGraph,
} from "./saliencyGraph";
import type { Feeds } from "./session";
import { INPUT } from "./trainingGraph";

export interface OnnxSettings {
  readonly threads: number;
  readonly formulation: Formulation;
}

/** A network compiled for onnxruntime to answer, with a graph for each size of batches. It does one thing at a time. */
export class OnnxPredictor implements Predictor {
  readonly #network: Network;
  readonly #memory: ModelMemory;
  readonly #formulation: Formulation;
  readonly #inference: CompiledGraphs<InferenceGraph>;
  readonly #saliencies: CompiledGraphs<SaliencyGraph>;

  /**
   * @param memory where the weights lie, which whoever learns may change between answers
   * @param large shared with the other graphs of the same network
   */
  constructor(
    network: Network,
    memory: ModelMemory,
    { threads, formulation }: OnnxSettings,
    large = new LargeSession(),
  ) {
    this.#network = network;
    this.#memory = memory;
    this.#formulation = formulation;
    this.#inference = new CompiledGraphs(threads, large);
    this.#saliencies = new CompiledGraphs(threads, large);
  }

  async predict(batch: InputBatch): Promise<FloatTensor> {
    return (await this.observe(batch, [])).outputs;
  }

  async observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    checkInnerOutputs(this.#network, inner);
    const { graph, session } = await this.#inferenceFor(batch.size, inner);
    const values = await session.run({ ...this.#memory.feeds, ...inputFeed(this.#network, batch) });
    const tensor = (output: string, shape: Shape): FloatTensor => ({
      dtype: "float32",
      shape,
      data: values.get(output)!,
    });
    return {
      outputs: tensor(OUTPUT, graph.outputShape),
      inner: new Map([...graph.inner].map(([name, shape]) => [name, tensor(innerOutput(name), shape)])),
    };
  }

  async saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    const { size, inputs } = batch;
    const { graph, session } = await this.#saliencyFor(size, place);
    const [, outputs = 0] = graph.outputShape;
    if (!Number.isInteger(node) || node < 0 || node >= outputs) {
      throw new EngineError(
        sentence`There is no output ${node}: the network has ${outputs}, numbered from 0.`,
      );
    }
    const chosen = Float32Array.from({ length: size * outputs }, (_, i) => (i % outputs === node ? 1 : 0));
    const values = await session.run({
      ...this.#memory.feeds,
      ...inputFeed(this.#network, batch),
      [OUTPUT_GRADIENT]: onnxTensor("float32", chosen, graph.outputShape),
    });
    const tensor = (data: Float32Array): FloatTensor => ({
      dtype: "float32",
      shape: graph.activationShape,
      data,
    });
    return {
      activations: tensor(values.get(ACTIVATIONS) ?? inputs.image),
      gradients: tensor(values.get(ACTIVATION_GRADIENT)!),
    };
  }

  async setWeights(weights: StateDict): Promise<void> {
    this.#memory.write(weights);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#inference.dispose(), this.#saliencies.dispose()]);
  }

  #inferenceFor(batchSize: number, inner: readonly string[]): Promise<Compiled<InferenceGraph>> {
    const network = this.#network;
    const build = () => buildInferenceGraph(network, batchSize, this.#formulation, inner);
    return this.#inference.get(batchSize, elementCount(network.inputSize), build, inner.join(" "));
  }

  async #saliencyFor(batchSize: number, place: SaliencyPlace): Promise<Compiled<SaliencyGraph>> {
    const network = this.#network;
    if (network.family !== "cnn") {
      throw new EngineError(
        sentence`An autoencoder has no answer to explain: choose a classification or a regression.`,
      );
    }
    const build = () => buildSaliencyGraph(network, batchSize, place);
    return this.#saliencies.get(batchSize, elementCount(network.inputSize), build, JSON.stringify(place));
  }
}

/** The image of a batch as the graphs take it: a view, no copy. @throws EngineError unless it has the size of its images */
export function inputFeed({ inputSize }: Network, { size, inputs }: InputBatch): Feeds {
  const shape = [size, ...inputSize];
  if (inputs.image.length !== elementCount(shape)) {
    throw new EngineError(
      sentence`A batch of ${size} holds ${inputs.image.length} {1|value|values}, not ${shape.join(" x ")}.`,
    );
  }
  return { [INPUT]: onnxTensor("float32", inputs.image, shape) };
}
