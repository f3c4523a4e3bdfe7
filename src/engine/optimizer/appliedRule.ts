/** An optimizer as an engine applies it, wherever the parameters lie: its rule, and the bookkeeping of a parameter's steps. */
import type { BegunStep, UpdateRule } from "../../optimizer/definition";
import { OPTIMIZERS, ruleOf } from "../../optimizer/optimizers";
import type { OptimizerSettings } from "../engine";
import type { KeptState, Progress } from "./optimizerState";

export class AppliedRule {
  readonly rule: UpdateRule;
  readonly kept: KeptState;
  /** L2: the share of the weights that is added to their gradient before the formula sees it. */
  readonly gradientDecay: number;
  readonly #weightDecay: number;

  constructor({ name, hyperparameters, weightDecay }: Omit<OptimizerSettings, "learningRate">) {
    this.rule = ruleOf(name, hyperparameters);
    this.kept = {
      scalars: Object.keys(this.rule.initialScalars?.(0) ?? {}),
      moments: Object.keys(this.rule.moments),
    };
    this.gradientDecay = OPTIMIZERS[name].weightDecay === "gradient" ? weightDecay : 0;
    this.#weightDecay = weightDecay;
  }

  /** Of a parameter before its first step, whose learning rate is given. */
  start(learningRate: number): Progress {
    return { step: 0, scalars: inFloat32(this.rule.initialScalars?.(learningRate) ?? {}) };
  }

  /** The next step of a parameter, and where it is after that. */
  begin(progress: Progress, learningRate: number): { readonly begun: BegunStep; readonly after: Progress } {
    const step = progress.step + 1;
    const begun = this.rule.begin({
      step,
      learningRate,
      weightDecay: this.#weightDecay,
      scalars: progress.scalars,
    });
    return { begun, after: { step, scalars: inFloat32(begun.scalars ?? {}) } };
  }
}

function inFloat32(scalars: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, Math.fround(value)]));
}
