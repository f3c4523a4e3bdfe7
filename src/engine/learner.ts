/** What an engine brings to a trainer; what every trainer does alike is in engineTrainer.ts. */
import type { FloatTensor } from "../network/weights/tensor";
import type { Batch, ModelState, Predictor } from "./engine";
import type { GradientArithmetic } from "./gradientSum";
import type { StepOptions } from "./optimizer/optimizer";

/** Where a network that learns stands; how many batches it has seen is the trainer's to count. */
export type LearnerState = Omit<ModelState, "batches">;

/** Gradients of one batch, by parameter. */
export type Gradients<Gradient> = Iterable<readonly [parameter: string, gradient: Gradient]>;

/** How a step is made. @param norm of a given order, of all gradients together; asked for only where it decides */
export type StepBy = (norm: (type: number) => number | Promise<number>) => Promise<StepOptions>;

/** @typeParam Gradient that of a parameter, where and as the engine has it */
export interface Learner<Gradient> extends GradientArithmetic<Gradient> {
  /** Answers with the weights that are learned. */
  readonly predictor: Predictor;
  /** Names of the parameters that learn. */
  readonly trainable: Iterable<string>;
  /**
   * Forward and backward of batch number `number` in training mode; moves running statistics.
   * @param take gets the gradients, which are its own from then on
   * @returns the loss
   */
  differentiate(
    batch: Batch,
    number: number,
    take: (gradients: Gradients<Gradient>) => void,
  ): Promise<number>;
  /** One step of the optimizer. */
  step(gradients: ReadonlyMap<string, Gradient>, by: StepBy): Promise<void>;
  /** A copy of a gradient, written out. */
  read(parameter: string, gradient: Gradient): Promise<FloatTensor>;
  state(): Promise<LearnerState>;
  load(state: LearnerState): void;
  dispose(): Promise<void>;
}
