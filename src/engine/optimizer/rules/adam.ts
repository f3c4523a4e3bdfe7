/**
 * Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019) as torch.optim.Adam and torch.optim.AdamW with their
 * default betas and epsilon. The formula is in kernels/adam.ts.
 */
import type { Kernels } from "../kernels";
import type { UpdateRule } from "./updateRule";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** `decay` says what weight decay acts on: the gradient (Adam) or straight the weights (AdamW). */
export function adam(weightDecay: number, decay: "gradient" | "weights", kernels: Kernels): UpdateRule {
  return {
    moments: ["exp_avg", "exp_avg_sq"],
    initialScalars: () => ({}),
    begin({ step, learningRate, scale }) {
      const constants = {
        scale,
        weightDecay: decay === "gradient" ? weightDecay : 0,
        shrink: decay === "weights" ? 1 - learningRate * weightDecay : 1,
        beta1: BETA1,
        beta2: BETA2,
        stepSize: learningRate / (1 - BETA1 ** step),
        correction: Math.sqrt(1 - BETA2 ** step),
        epsilon: EPSILON,
      };
      return (weights, gradient, expAvg: Float32Array, expAvgSq: Float32Array) => {
        kernels.adam(weights, expAvg, expAvgSq, gradient, constants);
      };
    },
  };
}
