import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import type { MaxPool } from "../../../network/layers/maxPool";
import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import type { ReLU } from "../../../network/layers/relu";
import { putBackMaxima } from "../kernels/maxima";
import { fixedNormalisationGradient } from "../kernels/normalise";
import {
  gradientAtMaxima,
  gradientSumsAtMaxima,
  normalisedMaxima,
  normalisedMaximaGradient,
} from "../kernels/normalisedMaxima";
import {
  addNormGradients,
  batchNormalisation,
  betaOf,
  type NormContext,
  normLearns,
} from "../layers/batchNorm";
import { maxPooling } from "../layers/maxPool";
import { padMaxPooling } from "../layers/padMaxPool";
import type { Step } from "../pass";
import type { Value } from "../tape/value";

/** A layer and its path in the state dict. */
export interface Placed<Of> {
  readonly layer: Of;
  readonly path: string;
}

/** What stands after the norm. */
export interface ActivationAndPool {
  readonly activation: ReLU | LeakyReLU;
  readonly pool: Placed<MaxPool | PadMaxPool>;
}

/** A batch norm, the activation and the pool after it, as one (normalisedMaxima.ts); what an unpool is told is the same. */
export function normalisedPool(
  context: NormContext,
  { activation, pool }: ActivationAndPool,
  cancelledBias?: Value,
): Step {
  const { input: x, pass } = context;
  const normalisation = batchNormalisation(context, cancelledBias);
  const slope = activation.kind === "ReLU" ? 0 : activation.negativeSlope;
  const pooling = pool.layer.kind === "MaxPool" ? maxPooling(pool.layer) : padMaxPooling(pool.layer, x.shape);
  const beta = betaOf(context);
  const { output, record } = normalisedMaxima(pass, x, { normalisation, beta, slope, pooling });
  if (pass.isAnswered(pool.path)) pass.pushPool(record);
  return {
    output,
    backward(dy) {
      const at = { x, dz: gradientAtMaxima(pass, output, dy, slope), record };
      const fixed = () =>
        fixedNormalisationGradient(pass.tape, putBackMaxima(pass, at.dz, record, "summed"), normalisation);
      const training = pass.mode === "training";
      if (!training && !normLearns(context)) return fixed;
      const sums = gradientSumsAtMaxima(pass, at, normalisation);
      addNormGradients(context, sums);
      return training ? () => normalisedMaximaGradient(pass, { ...at, sums }, normalisation) : fixed;
    },
  };
}
