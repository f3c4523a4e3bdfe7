/** An optimizer is its rule applied to the parameters of a store, with the counts and scalars that the rule needs. */
import type { OptimizerState } from "../engine";
import type { AppliedRule } from "./appliedRule";
import { gradientBlocks } from "./gradientBlocks";
import { gradientNorm } from "./gradientNorm";
import type { Kernels } from "./kernels";
import type { Gradient, Optimizer, StepOptions } from "./optimizer";
import { decodeState, encodeState, type Progress } from "./optimizerState";
import type { ParameterSpec, ParameterStore } from "./parameterStore";

/**
 * The moments of a parameter whose gradient has become zero for good (a dead ReLU) fade until they are subnormal, stay there,
 * and make every step many times slower. PyTorch leaves them; here they become zero, which no weight can feel.
 */
const STEPS_BETWEEN_FLUSHES = 64;

export class StoreOptimizer implements Optimizer {
  #steps = 0;
  readonly #progress = new Map<string, Progress>();
  readonly #applied: AppliedRule;
  readonly #store: ParameterStore;
  readonly #kernels: Kernels;

  constructor(applied: AppliedRule, store: ParameterStore, kernels: Kernels) {
    this.#applied = applied;
    this.#store = store;
    this.#kernels = kernels;
  }

  step(gradients: ReadonlyMap<string, Gradient>, options: StepOptions): void {
    this.#steps++;
    for (const [name, gradient] of gradients) this.#stepParameter(this.#spec(name), gradient, options);
  }

  norm(gradients: ReadonlyMap<string, Gradient>, type: number): number {
    return gradientNorm(gradients, type, this.#store, this.#kernels);
  }

  /** Copies; like PyTorch's, only of the parameters that have made a step. */
  state(): OptimizerState {
    const parameters = [...this.#progress].map(([name, progress]) => ({
      ...progress,
      name,
      shape: this.#spec(name).shape,
      moments: this.#moments(name).map((moment) => moment.slice()),
    }));
    return encodeState(this.#applied.kept, this.#steps, parameters);
  }

  /** Throws an EngineError, and changes nothing, if `state` is of another optimizer or of other parameters. */
  load(state: OptimizerState): void {
    const saved = decodeState(this.#applied.kept, state, (name) => this.#trainedSpec(name)?.shape);
    this.#progress.clear();
    this.#steps = state.step;
    for (const { name, step, scalars, moments } of saved) {
      this.#progress.set(name, { step, scalars });
      moments.forEach((moment, slot) => {
        this.#store.moment(name, slot).set(moment);
      });
    }
  }

  #stepParameter(spec: ParameterSpec, gradient: Gradient, { scale, limit, rateOf }: StepOptions): void {
    const { name, shape } = spec;
    const learningRate = rateOf(name);
    const progress = this.#progress.get(name) ?? this.#start(name, learningRate);
    const { begun, after } = this.#applied.begin(progress, learningRate);
    this.#progress.set(name, after);
    const preparation = { scale, limit, decay: this.#applied.gradientDecay };
    const update = this.#kernels.update(this.#applied.rule, preparation, begun);
    const weights = this.#store.view(name);
    const moments = this.#moments(name);
    const flushes = after.step % STEPS_BETWEEN_FLUSHES === 0;
    for (const block of gradientBlocks(gradient, shape, this.#store.scratch, this.#kernels)) {
      const end = block.start + block.gradient.length;
      const momentBlocks = moments.map((moment) => moment.subarray(block.start, end));
      update(weights.subarray(block.start, end), block.gradient, ...momentBlocks);
      if (flushes) for (const moment of momentBlocks) this.#kernels.flushSubnormals(moment);
    }
  }

  #start(name: string, learningRate: number): Progress {
    const initial = Object.values(this.#applied.rule.moments);
    this.#moments(name).forEach((moment, slot) => {
      moment.fill(initial[slot]!);
    });
    return this.#applied.start(learningRate);
  }

  /** In the order of the rule. */
  #moments(name: string): Float32Array[] {
    return this.#applied.kept.moments.map((_, slot) => this.#store.moment(name, slot));
  }

  #spec(name: string): ParameterSpec {
    const spec = this.#trainedSpec(name);
    if (spec === undefined) throw new Error(`${name} is no trained parameter`);
    return spec;
  }

  #trainedSpec(name: string): ParameterSpec | undefined {
    const spec = this.#store.specs.get(name);
    return spec?.frozen === true ? undefined : spec;
  }
}
