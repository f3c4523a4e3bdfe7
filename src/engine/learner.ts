/** What an engine brings to a trainer; what every trainer does alike is in engineTrainer.ts. */
import type { FloatTensor } from "../network/weights/tensor";
import type { Batch, ModelState, Predictor } from "./engine";
import type { GradientArithmetic } from "./gradientSum";
import type { StepOptions } from "./optimizer/optimizer";

/** @param Gradient that of a parameter, where and as the engine has it */
export interface Learner<Gradient> extends GradientArithmetic<Gradient> {
  /** Answers with the weights that are learned. */
  readonly predictor: Predictor;
  /** Names of the parameters that learn. */
  readonly trainable: Iterable<string>;
  /**
   * Forward and backward of batch number `number` in training mode; moves running statistics.
   * @param take gets the gradients by parameter
   * @returns the loss
   */
  differentiate(
    batch: Batch,
    number: number,
    take: (gradients: Iterable<readonly [string, Gradient]>) => void,
  ): Promise<number>;
  /**
   * One step of the optimizer.
   * @param optionsBy how it is made; where it has to be known for that, by the norm of a given order of all gradients together
   */
  step(
    gradients: ReadonlyMap<string, Gradient>,
    optionsBy: (norm: (type: number) => number | Promise<number>) => Promise<StepOptions>,
  ): Promise<void>;
  /** A copy of a gradient, written out. */
  read(parameter: string, gradient: Gradient): Promise<FloatTensor>;
  state(): Promise<Omit<ModelState, "batches">>;
  load(state: Omit<ModelState, "batches">): void;
  dispose(): Promise<void>;
}
