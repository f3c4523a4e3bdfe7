/**
 * Normalisation of [N, channels, ...spatial] by means and variances of sets (statistics.ts): with x^ = (x - mean) / sqrt(variance + eps),
 * z = gamma x^ + beta, gamma and beta by channel, or 1 and 0, and y = a(z), a ReLU or LeakyReLU or nothing. The way back makes z again from
 * x: its gradient dz = dy a'(z) is never written.
 *
 * A channel of an image, which is contiguous, is a map; a set holds as many neighbouring channels (`sharing`) of one image, or one channel
 * of all images.
 */
import { kernel } from "../kernel/kernel";
import { treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";
import { RECTIFIED } from "./rectified";
import {
  CHUNK_GROUP,
  CHUNK_SIZES,
  GRADIENT_SUMS,
  type GradientSums,
  gradientSumsBody,
  gradientSumsInChunks,
  type Moments,
  type Sets,
} from "./statistics";

export interface Normalisation {
  readonly moments: Moments;
  readonly epsilon: number;
  /** [channels] */
  readonly gamma: Value;
  /** [channels] */
  readonly beta: Value;
  /** Of the activation below 0: 0 for a ReLU, NOT_RECTIFIED for none. */
  readonly slope: number;
  /** Channels of a set. */
  readonly sharing: number;
}

const SIZES = ["voxels", "channels", "sets", "sharing"] as const;

/** Where `index` is: in which map, set and channel; and z there. */
const PLACE = `
  let map = index / shape.voxels;
  let of_set = (map / shape.sharing) % shape.sets;
  let channel = map % shape.channels;
  let deviation = sqrt(variance[of_set] + shape.epsilon);
  let z = (x[index] - mean[of_set]) * (gamma[channel] / deviation) + beta[channel];`;

const forward = kernel(
  "normalisation",
  {
    over: "elements",
    whole: SIZES,
    real: ["epsilon", "slope"],
    buffers: {
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      y: "write f32",
    },
    declarations: RECTIFIED,
  },
  `${PLACE}
  y[index] = rectified(z);`,
);

/** y */
export function normalise(tape: Tape, x: Value, normalisation: Normalisation): Value {
  const { moments, epsilon, gamma, beta, slope } = normalisation;
  const y = tape.value("normalised", x.shape);
  tape.over(
    forward,
    sizeOf(x),
    {
      buffers: { x, ...moments, gamma, beta, y },
      whole: sizesOf(x, normalisation),
      real: { epsilon, slope },
    },
    2,
  );
  return y;
}

const sumsOfChunks = kernel(
  "gradient sums of chunks",
  {
    ...CHUNK_GROUP,
    whole: [...CHUNK_SIZES, "channels", "sharing"],
    real: ["epsilon", "slope"],
    buffers: {
      dy: "read f32",
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      total: "write f32",
      correlation: "write f32",
    },
    declarations: `${GRADIENT_SUMS}\n${RECTIFIED}`,
  },
  gradientSumsBody(
    `let away = x[element] - center;
    let dz = rectified_slope(away * scale + shift) * dy[element];
    sum += dz;
    product += dz * away;`,
    `let channel = of_set % shape.channels;
  let scale = gamma[channel] / deviation;
  let shift = beta[channel];`,
  ),
);

/** @param sets maps, or channels where a set of `normalisation` is one */
export function normalisationSums(
  tape: Tape,
  { x, dy }: { readonly x: Value; readonly dy: Value },
  sets: Sets,
  { moments, epsilon, gamma, beta, slope, sharing }: Normalisation,
): GradientSums {
  return gradientSumsInChunks(tape, sets, ({ sums, groups, whole, work }) => {
    tape.groups(
      sumsOfChunks,
      groups,
      {
        buffers: { dy, x, ...moments, gamma, beta, ...sums },
        whole: { ...whole, channels: sizeOf(gamma), sharing },
        real: { epsilon, slope },
      },
      work,
    );
  });
}

const backward = kernel(
  "gradient of normalisation",
  {
    over: "elements",
    whole: SIZES,
    real: ["epsilon", "slope", "share"],
    buffers: {
      x: "read f32",
      dy: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      sums: "read vec2f",
      dx: "write f32",
    },
    declarations: RECTIFIED,
  },
  `${PLACE}
  let normalised = (x[index] - mean[of_set]) / deviation;
  let own = sums[of_set];
  let dz = rectified_slope(z) * dy[index];
  dx[index] = (gamma[channel] * dz - shape.share * (own.x + normalised * own.y)) / deviation;`,
);

/**
 * dx = (gamma dz - (sum gamma dz + x^ sum gamma dz x^) / M) / sqrt(variance + eps), the sums over the M elements of a set, on which its mean
 * and variance depend.
 * @param sums normalisationSums
 */
export function normalisationGradient(
  tape: Tape,
  { x, dy, sums }: { readonly x: Value; readonly dy: Value; readonly sums: GradientSums },
  normalisation: Normalisation,
): Value {
  const { moments, epsilon, gamma, beta, slope } = normalisation;
  const whole = sizesOf(x, normalisation);
  const dx = tape.value("gradient of normalisation", x.shape);
  tape.over(
    backward,
    sizeOf(x),
    {
      buffers: { x, dy, ...moments, gamma, beta, sums: weightedSums(tape, sums, normalisation), dx },
      whole,
      real: { epsilon, slope, share: whole.sets / sizeOf(x) },
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
    whole: SIZES,
    real: ["epsilon", "slope"],
    buffers: {
      x: "read f32",
      dy: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      dx: "write f32",
    },
    declarations: RECTIFIED,
  },
  `${PLACE}
  dx[index] = rectified_slope(z) * dy[index] * (gamma[channel] / deviation);`,
);

/** dx = gamma dz / sqrt(variance + eps): where mean and variance do not depend on the input. */
export function fixedNormalisationGradient(
  tape: Tape,
  { x, dy }: { readonly x: Value; readonly dy: Value },
  normalisation: Normalisation,
): Value {
  const { moments, epsilon, gamma, beta, slope } = normalisation;
  const dx = tape.value("gradient of normalisation", x.shape);
  const whole = sizesOf(x, normalisation);
  const buffers = { x, dy, ...moments, gamma, beta, dx };
  tape.over(fixed, sizeOf(x), { buffers, whole, real: { epsilon, slope } }, 2);
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
