/**
 * Batch normalisation, ReLU or LeakyReLU and a pool of maxima in one: with z = gamma x^ + beta (normalise.ts) and a(z) = z where z > 0, else
 * slope z, y[q] = the maximum of a(z) in the window q. The normalised map is never written: its values are made again from x where they
 * are needed, which reads x 3 times on the way there and back instead of moving maps of its size 13 times.
 *
 * Back: the gradient by z is that of its maximum, dy a'(z), at its position, and 0 elsewhere. So its sums, dbeta and dgamma, are sums over
 * windows, and dx is gathered from the windows that cover each element.
 */
import { kernel } from "../kernel/kernel";
import { NOT_A_NUMBER } from "../kernel/snippets";
import type { Pass } from "../pass";
import { sizeOf, type Value } from "../tape/value";
import {
  foundPlace,
  MAXIMA_SIZES,
  maximaBody,
  PLACE_SIZES,
  type Pooling,
  PUT_BACK_FUNCTIONS,
  PUT_BACK_SIZES,
  planPool,
  putBackBody,
  putBackPlan,
} from "./maxima";
import { type Normalisation, weightedSums } from "./normalise";
import type { PoolRecord } from "./poolRecord";
import { RECTIFIED } from "./rectified";
import {
  CHUNK_GROUP,
  CHUNK_SIZES,
  GRADIENT_SUMS,
  type GradientSums,
  gradientSumsBody,
  gradientSumsInChunks,
} from "./statistics";
import { byAxis, spatialOf } from "./threeAxes";

const forward = kernel(
  "maxima of normalised and rectified values",
  {
    over: "elements",
    whole: [...MAXIMA_SIZES, "channels"],
    real: ["epsilon", "slope"],
    buffers: {
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      beta: "read f32",
      y: "write f32",
      positions: "write u32",
    },
    declarations: `${NOT_A_NUMBER}${RECTIFIED}`,
  },
  maximaBody(
    "rectified((x[place] - center) * scale + offset)",
    `let channel = plane % shape.channels;
    let center = mean[channel];
    let scale = gamma[channel] / sqrt(variance[channel] + shape.epsilon);
    let offset = beta[channel];`,
  ),
);

/** @param x [N, channels, ...spatial], normalised by channel and rectified */
export function normalisedMaxima(
  pass: Pass,
  x: Value,
  { moments, gamma, beta, epsilon, slope }: Normalisation,
  pooling: Pooling,
): { readonly output: Value; readonly record: PoolRecord } {
  const { output, record, whole, work } = planPool(pass, x.shape, pooling);
  pass.tape.over(
    forward,
    sizeOf(output),
    {
      buffers: { x, ...moments, gamma, beta, y: output, positions: record.positions },
      whole: { ...whole, channels: sizeOf(gamma) },
      real: { epsilon, slope },
    },
    2 * work,
  );
  return { output, record };
}

const rectifiedGradient = kernel(
  "gradient of rectified maxima",
  {
    over: "elements",
    real: ["slope"],
    buffers: { y: "read f32", dy: "read f32", dz: "write f32" },
    declarations: RECTIFIED,
  },
  "dz[index] = rectified_slope(y[index]) * dy[index];",
);

/** The gradient by z at each maximum: y has the sign of z. */
export function gradientAtMaxima({ tape }: Pass, y: Value, dy: Value, slope: number): Value {
  const dz = tape.value("gradient at maxima", y.shape);
  tape.over(rectifiedGradient, sizeOf(y), { buffers: { y, dy, dz }, whole: {}, real: { slope } });
  return dz;
}

const sumsAtMaxima = kernel(
  "gradient sums at maxima",
  {
    ...CHUNK_GROUP,
    whole: [...CHUNK_SIZES, ...PLACE_SIZES, "sharing"],
    real: ["epsilon"],
    buffers: {
      dz: "read f32",
      positions: "read u32",
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      total: "write f32",
      correlation: "write f32",
    },
    declarations: GRADIENT_SUMS,
  },
  gradientSumsBody(`let at = positions[element];
    let plane = element / shape.inner;
    ${foundPlace("let slope = dz[element]; sum += slope; product += slope * (x[place] - center);")}`),
);

/** What the way back reads. */
export interface GradientAtMaxima {
  readonly x: Value;
  /** gradientAtMaxima */
  readonly dz: Value;
  readonly record: PoolRecord;
}

/** By channel. */
export function gradientSumsAtMaxima(
  { tape }: Pass,
  { x, dz, record: { positions, padding } }: GradientAtMaxima,
  { moments, epsilon }: Normalisation,
): GradientSums {
  const [outer, channels] = dz.shape as readonly [number, number];
  const sets = { outer, sets: channels, inner: sizeOf(dz) / (outer * channels) };
  return gradientSumsInChunks(tape, sets, ({ sums, groups, whole, work }) => {
    const axes = { ...byAxis("size", spatialOf(x.shape), 1), ...byAxis("front", padding, 0) };
    tape.groups(
      sumsAtMaxima,
      groups,
      {
        buffers: { dz, positions, x, ...moments, ...sums },
        whole: { ...whole, ...axes, sharing: 1 },
        real: { epsilon },
      },
      2 * work,
    );
  });
}

const backward = kernel(
  "gradient of normalised maxima",
  {
    over: "elements",
    whole: [...PUT_BACK_SIZES, "channels"],
    real: ["epsilon", "share"],
    buffers: {
      values: "read f32",
      positions: "read u32",
      x: "read f32",
      mean: "read f32",
      variance: "read f32",
      gamma: "read f32",
      sums: "read vec2f",
      dx: "write f32",
    },
    declarations: PUT_BACK_FUNCTIONS,
  },
  putBackBody(`let channel = plane % shape.channels;
  let deviation = sqrt(variance[channel] + shape.epsilon);
  let normalised = (x[index] - mean[channel]) / deviation;
  let own = sums[channel];
  dx[index] = (gamma[channel] * result - shape.share * (own.x + normalised * own.y)) / deviation;`),
);

/** As normalisationGradient, from the gradient at the maxima. */
export function normalisedMaximaGradient(
  { tape }: Pass,
  { x, dz, record, sums }: GradientAtMaxima & { readonly sums: GradientSums },
  normalisation: Normalisation,
): Value {
  const { moments, gamma, epsilon } = normalisation;
  const { whole, work } = putBackPlan(record, "summed");
  const channels = sizeOf(gamma);
  const dx = tape.value("gradient of normalised maxima", x.shape);
  tape.over(
    backward,
    sizeOf(x),
    {
      buffers: {
        values: dz,
        positions: record.positions,
        x,
        ...moments,
        gamma,
        sums: weightedSums(tape, sums, normalisation),
        dx,
      },
      whole: { ...whole, channels },
      real: { epsilon, share: channels / sizeOf(x) },
    },
    work + 3,
  );
  return dx;
}
