/** An optimizer whose moments stay on the device, beside the parameters. */
import type { OptimizerSettings, OptimizerState } from "../../engine";
import type { StepOptions } from "../../optimizer/optimizer";
import { decodeState, encodeState, type Progress, type SavedParameter } from "../../optimizer/optimizerState";
import { gradientDecay, ruleOf } from "../../optimizer/rules/ruleOf";
import type { UpdateRule } from "../../optimizer/rules/updateRule";
import { type DeviceTensor, readFloats, type TensorFlow } from "../tensorFlow";
import { type Formula, formulaOf } from "./formulas";

/** The parameters that an optimizer changes, by name. */
export interface DeviceParameters {
  readonly tensors: ReadonlyMap<string, DeviceTensor>;
  readonly trainable: readonly string[];
  /** Puts `tensor` in the place of the present one, which is given back. */
  replace(name: string, tensor: DeviceTensor): void;
}

interface TrainedParameter extends Progress {
  /** In the order of the rule. */
  moments: readonly DeviceTensor[];
}

export class DeviceOptimizer {
  readonly #rule: UpdateRule;
  readonly #formula: Formula;
  readonly #weightDecay: number;
  #steps = 0;
  /** What is kept of each parameter that has made a step. */
  readonly #trained = new Map<string, TrainedParameter>();
  readonly #tf: TensorFlow;
  readonly #parameters: DeviceParameters;

  constructor(tf: TensorFlow, settings: OptimizerSettings, parameters: DeviceParameters) {
    this.#tf = tf;
    this.#parameters = parameters;

    this.#rule = ruleOf(settings);
    this.#formula = formulaOf(settings.name);
    this.#weightDecay = gradientDecay(settings);
  }

  /** One step. Parameters without a gradient are left alone. */
  step(gradients: ReadonlyMap<string, DeviceTensor>, options: StepOptions): void {
    this.#steps++;
    for (const [name, gradient] of gradients) this.#stepParameter(name, gradient, options);
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
    return encodeState(this.#rule, this.#steps, saved);
  }

  /** @throws EngineError, and changes nothing, if `state` is of another optimizer or of other parameters */
  write(state: OptimizerState): void {
    const saved = decodeState(this.#rule, state, (name) =>
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

  #stepParameter(name: string, gradient: DeviceTensor, { scale, rateOf }: StepOptions): void {
    const tf = this.#tf;
    const learningRate = rateOf(name);
    const parameter = this.#trained.get(name) ?? this.#start(name, learningRate);
    parameter.step++;
    const constants = this.#rule.begin({ ...parameter, learningRate });
    const { moments } = parameter;
    const weights = this.#weightsOf(name);
    const stepped = tf.tidy(() => {
      const scaled = scale === 1 ? gradient : tf.mul(gradient, scale);
      const decayed = this.#weightDecay === 0 ? scaled : tf.add(scaled, tf.mul(weights, this.#weightDecay));
      return this.#formula(tf, { weights, moments }, decayed, constants);
    });
    for (const moment of moments) moment.dispose();
    parameter.moments = stepped.moments;
    this.#parameters.replace(name, stepped.weights);
  }

  #start(name: string, learningRate: number): TrainedParameter {
    const { shape } = this.#weightsOf(name);
    const parameter = {
      step: 0,
      scalars: Float32Array.from(Object.values(this.#rule.initialScalars(learningRate))),
      moments: this.#rule.moments.map(() => this.#tf.zeros(shape)),
    };
    this.#trained.set(name, parameter);
    return parameter;
  }

  #weightsOf(name: string): DeviceTensor {
    const weights = this.#parameters.tensors.get(name);
    if (weights === undefined) throw new Error(`There is no parameter ${name}.`);
    return weights;
  }
}
