import type { MaxPool } from "../../../network/layers/maxPool";
import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import { putBackMaxima } from "../kernels/maxima";
import { fixedNormalisationGradient } from "../kernels/normalise";
import {
  gradientAtMaxima,
  gradientSumsAtMaxima,
  normalisedMaxima,
  normalisedMaximaGradient,
} from "../kernels/normalisedMaxima";
import { NOT_RECTIFIED } from "../kernels/rectified";
import { addNormGradients, batchNormalisation, type NormContext, normLearns } from "../layers/batchNorm";
import { maxPooling } from "../layers/maxPool";
import { padMaxPooling } from "../layers/padMaxPool";
import type { Step } from "../pass";

/** A layer and its path in the state dict. */
export interface Placed<Of> {
  readonly layer: Of;
  readonly path: string;
}

/** A batch norm, the activation and the pool after it, as one (normalisedMaxima.ts); what an unpool is told is the same. */
export function normalisedPool(context: NormContext, pool: Placed<MaxPool | PadMaxPool>): Step {
  const { input: x, pass } = context;
  const normalisation = batchNormalisation(context);
  const pooling = pool.layer.kind === "MaxPool" ? maxPooling(pool.layer) : padMaxPooling(pool.layer, x.shape);
  const { output, record } = normalisedMaxima(pass, x, normalisation, pooling);
  if (pass.isAnswered(pool.path)) pass.pushPool(record);
  return {
    output,
    backward(dy) {
      const at = { x, dz: gradientAtMaxima(pass, output, dy, normalisation.slope), record };
      const fixed = () => {
        const dz = putBackMaxima(pass, at.dz, record, "summed");
        // It is the gradient before the activation.
        return fixedNormalisationGradient(
          pass.tape,
          { x, dy: dz },
          { ...normalisation, slope: NOT_RECTIFIED },
        );
      };
      const training = pass.mode === "training";
      if (!training && !normLearns(context)) return fixed;
      const sums = gradientSumsAtMaxima(pass, at, normalisation);
      addNormGradients(context, sums);
      return training ? () => normalisedMaximaGradient(pass, { ...at, sums }, normalisation) : fixed;
    },
  };
}
