/**
 * Normalisation of [N, channels, ...spatial] by means and variances of sets (statistics.ts): with x^ = (x - mean) / sqrt(variance + eps),
 * y = gamma x^ + beta, gamma and beta by channel, or 1 and 0.
 *
 * A channel of an image, which is contiguous, is a map; a set holds as many neighbouring channels (`sharing`) of one image, or one channel
 * of all images.
 */
import { kernel } from "../kernel/kernel";
import { treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";
import type { GradientSums, Moments } from "./statistics";

export interface Normalisation {
  readonly moments: Moments;
  readonly epsilon: number;
  /** [channels] */
  readonly gamma: Value;
  /** Channels of a set. */
  readonly sharing: number;
}

const SIZES = ["voxels", "channels", "sets", "sharing"] as const;

/** Where `index` is: in which map, set and channel. */
const PLACE = `
  let map = index / shape.voxels;
  let of_set = (map / shape.sharing) % shape.sets;
  let channel = map % shape.channels;
  let deviation = sqrt(variance[of_set] + shape.epsilon);`;

const forward = kernel(
  "normalisation",
  {
    over: "elements",
    whole: SIZES,
    real: ["epsilon"],
    buffers: {
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      y: "write f32",
    },
  },
  `${PLACE}
  y[index] = (x[index] - mean[of_set]) * (gamma[channel] / deviation) + beta[channel];`,
);

/** @param beta [channels] */
export function normalise(tape: Tape, x: Value, beta: Value, normalisation: Normalisation): Value {
  const { moments, epsilon, gamma } = normalisation;
  const y = tape.value("normalised", x.shape);
  tape.over(
    forward,
    sizeOf(x),
    { buffers: { x, ...moments, gamma, beta, y }, whole: sizesOf(x, normalisation), real: { epsilon } },
    2,
  );
  return y;
}

const backward = kernel(
  "gradient of normalisation",
  {
    over: "elements",
    whole: SIZES,
    real: ["epsilon", "share"],
    buffers: {
      x: "read f32",
      dy: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      sums: "read vec2f",
      dx: "write f32",
    },
  },
  `${PLACE}
  let normalised = (x[index] - mean[of_set]) / deviation;
  let own = sums[of_set];
  dx[index] = (gamma[channel] * dy[index] - shape.share * (own.x + normalised * own.y)) / deviation;`,
);

/**
 * dx = (gamma dy - (sum gamma dy + x^ sum gamma dy x^) / M) / sqrt(variance + eps), the sums over the M elements of a set, on which its mean
 * and variance depend.
 * @param sums of each map of `dy`, or of each channel where a set is one
 */
export function normalisationGradient(
  tape: Tape,
  { x, dy, sums }: { readonly x: Value; readonly dy: Value; readonly sums: GradientSums },
  normalisation: Normalisation,
): Value {
  const { moments, epsilon, gamma } = normalisation;
  const whole = sizesOf(x, normalisation);
  const dx = tape.value("gradient of normalisation", x.shape);
  tape.over(
    backward,
    sizeOf(x),
    {
      buffers: { x, dy, ...moments, gamma, sums: weightedSums(tape, sums, normalisation), dx },
      whole,
      real: { epsilon, share: whole.sets / sizeOf(x) },
    },
    3,
  );
  return dx;
}

const LANES = 64;

const weighted = kernel(
  "gradient sums of sets",
  {
    over: "groups",
    workgroup: LANES,
    whole: ["channels", "sharing"],
    buffers: { gamma: "read f32", total: "read f32", correlation: "read f32", sums: "write vec2f" },
    declarations: `var<workgroup> parts: array<vec2f, ${LANES}>;`,
  },
  `
  var part = vec2f();
  for (var k = lane; k < shape.sharing; k += ${LANES}u) {
    let map = group.z * shape.sharing + k;
    part += gamma[map % shape.channels] * vec2f(total[map], correlation[map]);
  }
  parts[lane] = part;
  ${treeSum(["parts"], LANES)}
  if (lane == 0u) { sums[group.z] = parts[0]; }`,
);

/** For each set the sums over its maps, weighted by gamma: [sets, 2]. */
export function weightedSums(
  tape: Tape,
  { total, correlation }: GradientSums,
  { moments, gamma, sharing }: Normalisation,
): Value {
  const sets = sizeOf(moments.mean);
  const sums = tape.value("gradient sums of sets", [sets, 2]);
  tape.groups(
    weighted,
    [1, 1, sets],
    { buffers: { gamma, total, correlation, sums }, whole: { channels: sizeOf(gamma), sharing }, real: {} },
    LANES + sharing,
  );
  return sums;
}

const fixed = kernel(
  "gradient of normalisation by running statistics",
  {
    over: "elements",
    whole: ["voxels", "channels"],
    real: ["epsilon"],
    buffers: { dy: "read f32", variance: "read f32", gamma: "read f32", dx: "write f32" },
  },
  `let channel = (index / shape.voxels) % shape.channels;
  dx[index] = dy[index] * (gamma[channel] / sqrt(variance[channel] + shape.epsilon));`,
);

/** dx = gamma dy / sqrt(variance + eps): where mean and variance, by channel, do not depend on the input. */
export function fixedNormalisationGradient(tape: Tape, dy: Value, normalisation: Normalisation): Value {
  const {
    moments: { variance },
    epsilon,
    gamma,
  } = normalisation;
  const dx = tape.value("gradient of normalisation", dy.shape);
  const whole = sizesOf(dy, normalisation);
  tape.over(fixed, sizeOf(dy), { buffers: { dy, variance, gamma, dx }, whole, real: { epsilon } });
  return dx;
}

function sizesOf({ shape }: Value, { moments, sharing }: Normalisation) {
  const [, channels, ...spatial] = shape as readonly [number, number, ...number[]];
  return {
    voxels: spatial.reduce((product, size) => product * size, 1),
    channels,
    sets: sizeOf(moments.mean),
    sharing,
  };
}
