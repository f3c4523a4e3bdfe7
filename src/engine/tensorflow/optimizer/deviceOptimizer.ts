/** An optimizer whose moments stay on the device, beside the parameters. */
import { type Arithmetic, preparedGradient } from "../../../optimizer/arithmetic";
import type { OptimizerSettings, OptimizerState } from "../../engine";
import { AppliedRule } from "../../optimizer/appliedRule";
import type { StepOptions } from "../../optimizer/optimizer";
import { decodeState, encodeState, type Progress, type SavedParameter } from "../../optimizer/optimizerState";
import { type DeviceTensor, readFloats, type TensorFlow } from "../library/tensorFlow";

/** The parameters that an optimizer changes, by name. */
export interface DeviceParameters {
  readonly tensors: ReadonlyMap<string, DeviceTensor>;
  readonly trainable: readonly string[];
  /** Puts `tensor` in the place of the present one, which is given back. */
  replace(name: string, tensor: DeviceTensor): void;
}

interface TrainedParameter extends Progress {
  /** In the order of the rule. */
  readonly moments: readonly DeviceTensor[];
}

export class DeviceOptimizer {
  readonly #applied: AppliedRule;
  readonly #arithmetic: Arithmetic<DeviceTensor>;
  #steps = 0;
  /** What is kept of each parameter that has made a step. */
  readonly #trained = new Map<string, TrainedParameter>();
  readonly #tf: TensorFlow;
  readonly #parameters: DeviceParameters;

  constructor(tf: TensorFlow, settings: OptimizerSettings, parameters: DeviceParameters) {
    this.#tf = tf;
    this.#parameters = parameters;
    this.#applied = new AppliedRule(settings);
    this.#arithmetic = deviceArithmetic(tf);
  }

  /** One step. Parameters without a gradient are left alone. */
  step(gradients: ReadonlyMap<string, DeviceTensor>, options: StepOptions): void {
    this.#steps++;
    for (const [name, gradient] of gradients) this.#stepParameter(name, gradient, options);
  }

  /** The norm of order `type` of all gradients together. */
  async norm(gradients: ReadonlyMap<string, DeviceTensor>, type: number): Promise<number> {
    const tf = this.#tf;
    if (gradients.size === 0) return 0;
    const norm = tf.tidy(() => {
      const sizes = [...gradients.values()].map((gradient) => tf.abs(gradient));
      if (type === Number.POSITIVE_INFINITY) return tf.max(tf.stack(sizes.map((size) => tf.max(size))));
      return tf.pow(tf.addN(sizes.map((size) => tf.sum(tf.pow(size, type)))), 1 / type);
    });
    const [value] = await readFloats(norm);
    norm.dispose();
    return value!;
  }

  /** Copies; like PyTorch's, only of the parameters that have made a step. */
  async read(): Promise<OptimizerState> {
    const saved: SavedParameter[] = [];
    for (const [name, { step, scalars, moments }] of this.#trained) {
      saved.push({
        name,
        shape: this.#weightsOf(name).shape,
        step,
        scalars,
        moments: await Promise.all(moments.map(readFloats)),
      });
    }
    return encodeState(this.#applied.kept, this.#steps, saved);
  }

  /** @throws EngineError, and changes nothing, if `state` is of another optimizer or of other parameters */
  write(state: OptimizerState): void {
    const saved = decodeState(this.#applied.kept, state, (name) =>
      this.#parameters.trainable.includes(name) ? this.#weightsOf(name).shape : undefined,
    );
    this.dispose();
    this.#steps = state.step;
    for (const { name, shape, step, scalars, moments } of saved) {
      const tensors = moments.map((moment) => this.#tf.tensor(moment.slice(), [...shape]));
      this.#trained.set(name, { step, scalars, moments: tensors });
    }
  }

  /** Gives the moments back. */
  dispose(): void {
    for (const { moments } of this.#trained.values()) for (const moment of moments) moment.dispose();
    this.#trained.clear();
  }

  #stepParameter(name: string, gradient: DeviceTensor, { scale, limit, rateOf }: StepOptions): void {
    const tf = this.#tf;
    const o = this.#arithmetic;
    const { rule, kept, gradientDecay } = this.#applied;
    const learningRate = rateOf(name);
    const parameter = this.#trained.get(name) ?? this.#start(name, learningRate);
    const { begun, after } = this.#applied.begin(parameter, learningRate);
    const weights = this.#weightsOf(name);
    const constants = Object.entries(begun.constants);
    const stepped = tf.tidy(() => {
      const { weights: moved, moments } = rule.formula(o, {
        weights,
        gradient: preparedGradient(o, gradient, weights, {
          ...(scale !== 1 && { scale: o.constant(scale) }),
          ...(limit !== undefined && { limit: o.constant(limit) }),
          ...(gradientDecay !== 0 && { decay: o.constant(gradientDecay) }),
        }),
        moments: Object.fromEntries(kept.moments.map((moment, slot) => [moment, parameter.moments[slot]!])),
        constants: Object.fromEntries(constants.map(([constant, value]) => [constant, o.constant(value)])),
        switches: begun.switches ?? {},
      });
      // A moment that is the weights themselves gets a handle of its own, for each is given back once.
      return { weights: moved, moments: kept.moments.map((moment) => tf.clone(moments[moment]!)) };
    });
    for (const moment of parameter.moments) moment.dispose();
    this.#trained.set(name, { ...after, moments: stepped.moments });
    this.#parameters.replace(name, stepped.weights);
  }

  #start(name: string, learningRate: number): TrainedParameter {
    const { shape } = this.#weightsOf(name);
    const moments = Object.values(this.#applied.rule.moments).map((value) => this.#tf.fill(shape, value));
    return { ...this.#applied.start(learningRate), moments };
  }

  #weightsOf(name: string): DeviceTensor {
    const weights = this.#parameters.tensors.get(name);
    if (weights === undefined) throw new Error(`There is no parameter ${name}.`);
    return weights;
  }
}

/** The operations of the formulas on the device. */
function deviceArithmetic(tf: TensorFlow): Arithmetic<DeviceTensor> {
  const { add, sub, mul, div, abs, sqrt, maximum: max, minimum: min } = tf;
  return { constant: (value) => tf.scalar(value, "float32"), add, sub, mul, div, max, min, abs, sqrt };
}
