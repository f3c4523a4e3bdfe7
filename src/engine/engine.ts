/**
 * What the training sees of a compute engine. Two engines answer to it: onnx/ (CPU, the default) and tensorflow/ (GPU).
 * Both take PyTorch's names, shapes and order, and pass the same tests against the same golden numbers.
 */
import type { Network } from "../network/network";
import { type Sentence, sentence, sentenceText } from "../network/sentence";
import type { FloatTensor, StateDict } from "../network/weights/tensor";
import type { GradientClipping } from "../optimizer/clipping";
import type { GivenSettings, OptimizerName } from "../optimizer/optimizers";
import type { ObjectiveData } from "../statistics/losses/losses";
import type { Targets } from "../statistics/objective";

export interface Engine {
  readonly name: "onnx" | "webgpu" | "tensorflow";
  /** What the user is told: library, version, device, threads. */
  readonly description: EngineDescription;
  /** Compiles `network` to answer with `weights`. Throws an EngineError that says which layer is not supported and why. */
  predictor(network: Network, weights: StateDict): Promise<Predictor>;
  /** Compiles `network` to learn. Throws an EngineError that says what is not supported and why. */
  trainer(network: Network, options: TrainerOptions): Promise<Trainer>;
  /**
   * The same engine for so many models that compute at the same time, each in a thread of its own with its share of `threads`.
   * Absent where models can only take turns.
   */
  readonly sideBySide?: (models: number) => Engine;
}

export interface EngineDescription {
  readonly library: string;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  /** A graphics card that is there and could not be used, by its name. */
  readonly idleCard?: string;
}

export interface OptimizerSettings {
  readonly name: OptimizerName;
  /** Those of its hyperparameters that do not have PyTorch's default. */
  readonly hyperparameters?: GivenSettings;
  readonly learningRate: number;
  /** L2 added to the gradient; decoupled for AdamW. */
  readonly weightDecay: number;
}

export interface TrainerOptions {
  readonly objective: ObjectiveData;
  readonly optimizer: OptimizerSettings;
  /** Parameters and buffers to start from: `initialState(network, seed)`, a transfer, or a checkpoint. */
  readonly weights: StateDict;
  /** Dropout masks of the k-th accumulated batch depend on (dropoutSeed, k) alone, so that a resumed run draws the same. */
  readonly dropoutSeed: number;
  /** Names of frozen parameters: no gradient, no update. Batch-norm running statistics still move. */
  readonly frozen?: ReadonlySet<string>;
  /** Names of the parameters of each group that has a learning rate of its own. Default: one group of all. */
  readonly groups?: readonly ReadonlySet<string>[];
  /**
   * What becomes of the gradients of several batches. `mean`, the default: the gradient of all their samples as one batch, since each
   * batch weighs as many samples as it holds (with class weights: the sum of their weights). `sum`: of the batches, as ClinicaDL does.
   */
  readonly reduction?: Reduction;
}

export type Reduction = "mean" | "sum";

export interface UpdateOptions {
  /** Learning rate of each group of `TrainerOptions.groups`, in their order. Default: that of the optimizer's settings for all. */
  readonly rates?: readonly number[];
  /** How the gradients are clipped, after the reduction and without what weight decay adds. Default: not at all. */
  readonly clip?: GradientClipping | undefined;
}

/** What a network sees: so many samples, by the names of its inputs. */
export interface InputBatch {
  readonly size: number;
  /** `image`: [N, ...inputSize], row-major. */
  readonly inputs: { readonly image: Float32Array };
}

export interface Batch extends InputBatch {
  readonly targets: Targets;
}

export interface Evaluation {
  /** [N, ...outputSize] row-major: logits, values or reconstructions, in evaluation mode. */
  readonly outputs: FloatTensor;
  /** Loss of each sample by itself, unweighted by class: [N]. */
  readonly losses: Float32Array;
}

/** What a network answers, and what comes out within it. */
export interface Observation {
  /** As `predict` answers. */
  readonly outputs: FloatTensor;
  /** [N, ...] in PyTorch's order, by the names that were asked for. */
  readonly inner: ReadonlyMap<string, FloatTensor>;
}

/** The input of the network, or what comes out of the first so many layers of `convolutions`. */
export type SaliencyPlace = "input" | { readonly afterConvolutionLayers: number };

export interface Saliency {
  /** What stands there: [N, channels, ...spatial]. */
  readonly activations: FloatTensor;
  /** d output[n, node] / d activations[n], of the same shape. */
  readonly gradients: FloatTensor;
}

/** A network that answers. */
export interface Predictor {
  /** [N, ...outputSize] row-major: logits, values or reconstructions, in evaluation mode. */
  predict(batch: InputBatch): Promise<FloatTensor>;
  /** The same, with what comes out within the network. @param inner names of `innerOutputsOf`; throws an EngineError at others */
  observe(batch: InputBatch, inner: readonly string[]): Promise<Observation>;
  /**
   * Why the answer is what it is, in evaluation mode: how output number `node` of each sample depends on what stands at `place`.
   * Only a CNN has such an answer: throws an EngineError for an autoencoder.
   */
  saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency>;
  /** Answers with other weights of the same network from now on. Throws an EngineError, and changes nothing, unless they fit. */
  setWeights(weights: StateDict): Promise<void>;
  dispose(): Promise<void>;
}

/** A network that learns. It answers with the weights that it has come to. */
export interface Trainer extends Predictor {
  /** Forward and backward in training mode; the gradient joins those of the same update; moves running statistics. Returns the loss. */
  accumulate(batch: Batch): Promise<number>;
  /** One optimizer step with the accumulated gradients, then clears them. Throws if there are none. */
  update(options?: UpdateOptions): Promise<void>;
  /** The gradient that an update would make a step with, before clipping, by parameter name: for tests and gradient checks. */
  gradients(): Promise<StateDict>;
  /** What `predict` answers, with the loss of each answer. */
  evaluate(batch: Batch): Promise<Evaluation>;
  /** A copy of everything that training changes. */
  state(): Promise<ModelState>;
  load(state: ModelState): Promise<void>;
}

export interface ModelState {
  readonly parameters: StateDict;
  readonly optimizer: OptimizerState;
  /** Batches accumulated since the beginning of training: the position of the dropout generator. */
  readonly batches: number;
}

/**
 * The number of steps made, and PyTorch's per-parameter state: by its names (`step`, `exp_avg`, `exp_avg_sq`, ...), then by
 * parameter. Single numbers (`step`, `mu_product`, ...) have the shape []. All are float32, as in PyTorch.
 */
export interface OptimizerState {
  readonly step: number;
  readonly moments: ReadonlyMap<string, StateDict>;
}

/** The graph cannot be built or run: what it says is for the user and names the remedy. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly detail: Sentence,
    options?: ErrorOptions,
  ) {
    super(sentenceText(detail), options);
  }
}

/** The library of an engine cannot be loaded on this machine. */
export class LibraryError extends EngineError {
  readonly library: string;
  /** The line of the system's loader. */
  readonly reason: string;
  readonly need: Sentence;

  constructor(
    { library, reason, need }: Readonly<{ library: string; reason: string; need: Sentence }>,
    options?: ErrorOptions,
  ) {
    super(sentence`${library} cannot be loaded here: ${reason} ${need}`, options);
    this.library = library;
    this.reason = reason;
    this.need = need;
  }
}
