/** An optimizer is its rule applied to the parameters of a store, with the counts and scalars that the rule needs. */
import type { FloatTensor, Tensor } from "../../network/tensor";
import { EngineError, type OptimizerState } from "../engine";
import { gradientBlocks } from "./gradientBlocks";
import type { Kernels } from "./kernels";
import type { Gradient, Optimizer } from "./optimizer";
import type { ParameterSpec, ParameterStore } from "./parameterStore";
import type { UpdateRule } from "./rules/updateRule";

/**
 * The moments of a parameter whose gradient has become zero for good (a dead ReLU) fade until they are subnormal, stay there,
 * and make every step many times slower. PyTorch leaves them; here they become zero, which no weight can feel.
 */
const STEPS_BETWEEN_FLUSHES = 64;

/** Of a parameter that has made a step, beside its moments in the store. */
interface Progress {
  /** Steps made: as in PyTorch each parameter counts its own. */
  step: number;
  readonly scalars: Float32Array;
}

export class StoreOptimizer implements Optimizer {
  private steps = 0;
  /** Names of the rule's scalars. */
  private readonly scalars: readonly string[];
  private readonly progress = new Map<string, Progress>();

  constructor(
    private readonly rule: UpdateRule,
    /** L2: this share of the weights is added to the gradient. */
    private readonly weightDecay: number,
    private readonly store: ParameterStore,
    private readonly kernels: Kernels,
    private learningRate: number,
  ) {
    this.scalars = Object.keys(rule.initialScalars(learningRate));
  }

  step(gradients: ReadonlyMap<string, Gradient>, scale: number): void {
    this.steps++;
    for (const [name, gradient] of gradients) this.stepParameter(this.spec(name), gradient, scale);
  }

  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }

  /** Copies; like PyTorch's, only of the parameters that have made a step. */
  state(): OptimizerState {
    const moments = new Map<string, Map<string, FloatTensor>>();
    const put = (moment: string, parameter: string, shape: readonly number[], data: Float32Array): void => {
      const tensors = moments.get(moment) ?? new Map<string, FloatTensor>();
      moments.set(moment, tensors.set(parameter, { dtype: "float32", shape, data }));
    };
    for (const [name, { step, scalars }] of this.progress) {
      put("step", name, [], Float32Array.of(step));
      this.scalars.forEach((scalar, i) => {
        put(scalar, name, [], scalars.slice(i, i + 1));
      });
      this.rule.moments.forEach((moment, slot) => {
        put(moment, name, this.spec(name).shape, this.store.moment(name, slot).slice());
      });
    }
    return { step: this.steps, moments };
  }

  /** Throws an EngineError, and changes nothing, if `state` is of another optimizer or of other parameters. */
  load(state: OptimizerState): void {
    const saved = this.read(state);
    this.reset();
    this.steps = state.step;
    for (const [name, { step, scalars, moments }] of saved) {
      this.progress.set(name, { step, scalars });
      moments.forEach((moment, slot) => {
        this.store.moment(name, slot).set(moment);
      });
    }
  }

  private stepParameter(spec: ParameterSpec, gradient: Gradient, scale: number): void {
    const { name, shape } = spec;
    const progress = this.progress.get(name) ?? this.start(name);
    progress.step++;
    const { learningRate } = this;
    const constants = this.rule.begin({ ...progress, learningRate });
    const update = this.kernels.update(this.rule, scale, this.weightDecay, constants);
    const weights = this.store.view(name);
    const moments = this.rule.moments.map((_, slot) => this.store.moment(name, slot));
    const flushes = progress.step % STEPS_BETWEEN_FLUSHES === 0;
    for (const block of gradientBlocks(gradient, shape, this.store.scratch, this.kernels)) {
      const end = block.start + block.gradient.length;
      const momentBlocks = moments.map((moment) => moment.subarray(block.start, end));
      update(weights.subarray(block.start, end), block.gradient, ...momentBlocks);
      if (flushes) for (const moment of momentBlocks) this.kernels.flushSubnormals(moment);
    }
  }

  private start(name: string): Progress {
    const progress = {
      step: 0,
      scalars: Float32Array.from(Object.values(this.rule.initialScalars(this.learningRate))),
    };
    this.progress.set(name, progress);
    return progress;
  }

  private reset(): void {
    for (const name of this.progress.keys())
      this.rule.moments.forEach((_, slot) => {
        this.store.moment(name, slot).fill(0);
      });
    this.progress.clear();
  }

  private spec(name: string): ParameterSpec {
    const spec = this.store.specs.get(name);
    if (spec === undefined || spec.frozen === true) throw new Error(`${name} is no trained parameter`);
    return spec;
  }

  private read(state: OptimizerState): Map<string, SavedParameter> {
    const expected = ["step", ...this.scalars, ...this.rule.moments];
    const parameters = state.moments.get("step") ?? new Map<string, Tensor>();
    for (const [moment, tensors] of state.moments) {
      if (!expected.includes(moment)) throw mismatch(`has ${moment}, which this optimizer does not keep`);
      for (const name of tensors.keys())
        if (!parameters.has(name)) throw mismatch(`has ${moment} of ${name} but not its step`);
    }
    const saved = new Map<string, SavedParameter>();
    for (const name of parameters.keys()) {
      const spec = this.store.specs.get(name);
      if (spec === undefined || spec.frozen === true)
        throw mismatch(`is of ${name}, which is not trained here`);
      const number = (scalar: string) => savedTensor(state, scalar, name, [])[0]!;
      saved.set(name, {
        step: number("step"),
        scalars: Float32Array.from(this.scalars, number),
        moments: this.rule.moments.map((moment) => savedTensor(state, moment, name, spec.shape)),
      });
    }
    return saved;
  }
}

interface SavedParameter extends Progress {
  readonly moments: readonly Float32Array[];
}

function savedTensor(
  state: OptimizerState,
  moment: string,
  name: string,
  shape: readonly number[],
): Float32Array {
  const tensor = state.moments.get(moment)?.get(name);
  if (tensor === undefined) throw mismatch(`has no ${moment} of ${name}`);
  if (tensor.dtype !== "float32" || tensor.shape.join() !== shape.join())
    throw mismatch(
      `has ${moment} of ${name} as ${tensor.dtype} [${tensor.shape.join(", ")}] instead of float32 [${shape.join(", ")}]`,
    );
  return tensor.data;
}

const mismatch = (what: string) =>
  new EngineError(
    `The saved optimizer state ${what}. Go on with the network and the optimizer it was saved with.`,
  );
