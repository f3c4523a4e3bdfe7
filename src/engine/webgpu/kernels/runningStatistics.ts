import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf } from "../tape/value";
import type { Moments } from "./statistics";

const update = kernel(
  "running statistics",
  {
    over: "elements",
    real: ["momentum", "unbiased"],
    buffers: {
      mean: "read f32",
      variance: "read f32",
      running_mean: "write f32",
      running_variance: "write f32",
    },
  },
  `running_mean[index] = (1.0 - shape.momentum) * running_mean[index] + shape.momentum * mean[index];
  running_variance[index] = (1.0 - shape.momentum) * running_variance[index] + shape.momentum * shape.unbiased * variance[index];`,
);

/**
 * new = (1 - momentum) * old + momentum * batch, with the unbiased variance (divided by one less than the number of elements), in place.
 * @param count elements of each channel
 */
export function updateRunningStatistics(
  tape: Tape,
  { mean, variance }: Moments,
  running: Moments,
  { momentum, count }: { readonly momentum: number; readonly count: number },
): void {
  tape.over(update, sizeOf(mean), {
    buffers: { mean, variance, running_mean: running.mean, running_variance: running.variance },
    whole: {},
    real: { momentum, unbiased: count / (count - 1) },
  });
}
