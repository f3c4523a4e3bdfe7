/**
 * Products of a few rows (samples) with a large matrix: y = x W^T + b, dx = dy W, dW = dy^T x, with x [N, features], W [outputs, features]
 * and y [N, outputs]. W is what costs, so each invocation reads its elements for eight samples at once.
 */
import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";
import { mergePartialSums, summedInParts } from "./partialSums";

const SAMPLES = 8;
/** Outputs of which one invocation sums. */
const OUTPUTS = 4;
const LANES = 64;
/** Features that a group sums over. */
const FEATURES = 2048;

const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/**
 * A group: OUTPUTS outputs of SAMPLES samples over FEATURES features, each lane over every 64th. The lanes' sums are added up in two
 * halves: two lanes a sum.
 */
const forward = kernel(
  "Linear",
  {
    over: "groups",
    workgroup: LANES,
    whole: ["samples", "features", "outputs", "blocks", "biased"],
    buffers: { x: "read f32", weight: "read f32", bias: "read f32", partial: "write f32" },
    declarations: `var<workgroup> total: array<f32, ${LANES * SAMPLES * OUTPUTS}>;
var<workgroup> halves: array<f32, ${LANES}>;`,
  },
  `let o = (group.z % shape.blocks) * ${OUTPUTS}u; let chunk = group.z / shape.blocks; let n = group.x * ${SAMPLES}u;
  let samples = min(${SAMPLES}u, shape.samples - n);
  ${range(SAMPLES)
    .map((k) => `var a${k} = vec4f();`)
    .join(" ")}
  let end = min((chunk + 1u) * ${FEATURES}u, shape.features);
  for (var f = chunk * ${FEATURES}u + lane; f < end; f += ${LANES}u) {
    var v = vec4f();
    for (var j = 0u; j < min(${OUTPUTS}u, shape.outputs - o); j++) { v[j] = weight[(o + j) * shape.features + f]; }
    ${range(SAMPLES)
      .map((k) => `if (${k}u < samples) { a${k} += v * x[(n + ${k}u) * shape.features + f]; }`)
      .join("\n    ")}
  }
  ${range(SAMPLES)
    .map((k) =>
      range(OUTPUTS)
        .map((j) => `total[lane * ${SAMPLES * OUTPUTS}u + ${k * OUTPUTS + j}u] = a${k}[${j}];`)
        .join(" "),
    )
    .join("\n  ")}
  workgroupBarrier();
  let sum_of_lane = lane % ${SAMPLES * OUTPUTS}u; let half = lane / ${SAMPLES * OUTPUTS}u;
  var sum = 0.0;
  for (var other = half * ${LANES / 2}u; other < (half + 1u) * ${LANES / 2}u; other++) {
    sum += total[other * ${SAMPLES * OUTPUTS}u + sum_of_lane];
  }
  halves[lane] = sum;
  workgroupBarrier();
  let k = sum_of_lane / ${OUTPUTS}u; let output = o + sum_of_lane % ${OUTPUTS}u;
  if (half == 0u && k < samples && output < shape.outputs) {
    sum = halves[lane] + halves[lane + ${SAMPLES * OUTPUTS}u];
    if (shape.biased == 1u && chunk == 0u) { sum += bias[output]; }
    partial[(chunk * shape.samples + n + k) * shape.outputs + output] = sum;
  }`,
);

/** An invocation: one feature of SAMPLES samples over the outputs of one chunk, 32 by 32. */
const inputGradient = kernel(
  "gradient of Linear by its input",
  {
    over: "elements",
    whole: ["samples", "features", "outputs", "blocks", "outputs_of_chunk"],
    buffers: { dy: "read f32", weight: "read f32", partial: "write f32" },
  },
  `let f = index % shape.features; let n = (index / shape.features) % shape.blocks * ${SAMPLES}u;
  let chunk = index / (shape.features * shape.blocks);
  let samples = min(${SAMPLES}u, shape.samples - n);
  let end = min((chunk + 1u) * shape.outputs_of_chunk, shape.outputs);
  ${range(SAMPLES)
    .map((k) => `var sum${k} = 0.0;`)
    .join(" ")}
  for (var first = chunk * shape.outputs_of_chunk; first < end; first += 32u) {
    ${range(SAMPLES)
      .map((k) => `var part${k} = 0.0;`)
      .join(" ")}
    for (var o = first; o < min(first + 32u, end); o++) {
      let v = weight[o * shape.features + f];
      let at = n * shape.outputs + o;
      ${range(SAMPLES)
        .map((k) => `if (${k}u < samples) { part${k} += v * dy[at + ${k}u * shape.outputs]; }`)
        .join("\n      ")}
    }
    ${range(SAMPLES)
      .map((k) => `sum${k} += part${k};`)
      .join(" ")}
  }
  let at = (chunk * shape.samples + n) * shape.features + f;
  ${range(SAMPLES)
    .map((k) => `if (${k}u < samples) { partial[at + ${k}u * shape.features] = sum${k}; }`)
    .join("\n  ")}`,
);

/** An invocation: one feature of OUTPUTS outputs. */
const weightGradient = kernel(
  "gradient of Linear by its weight",
  {
    over: "elements",
    whole: ["samples", "features", "outputs"],
    buffers: { x: "read f32", dy: "read f32", dw: "write f32" },
  },
  `let f = index % shape.features; let o = index / shape.features * ${OUTPUTS}u;
  let outputs = min(${OUTPUTS}u, shape.outputs - o);
  var sum = vec4f();
  for (var n = 0u; n < shape.samples; n++) {
    let at = n * shape.outputs + o;
    var d = vec4f();
    for (var j = 0u; j < outputs; j++) { d[j] = dy[at + j]; }
    sum += d * x[n * shape.features + f];
  }
  for (var j = 0u; j < outputs; j++) { dw[(o + j) * shape.features + f] = sum[j]; }`,
);

/** Invocations that fill a large device. */
const ENOUGH = 1 << 15;

interface Sizes {
  readonly samples: number;
  readonly features: number;
  readonly outputs: number;
}

/** y = x W^T + b. */
export function linearForward(
  tape: Tape,
  { samples, features, outputs }: Sizes,
  {
    x,
    weight,
    bias,
    y,
  }: { readonly x: Value; readonly weight: Value; readonly bias?: Value | undefined; readonly y: Value },
): void {
  const chunks = Math.ceil(features / FEATURES);
  const blocks = Math.ceil(outputs / OUTPUTS);
  summedInParts(tape, chunks, y, (partial) => {
    tape.groups(
      forward,
      [Math.ceil(samples / SAMPLES), 1, blocks * chunks],
      {
        buffers: { x, weight, bias: bias ?? weight, partial },
        whole: { samples, features, outputs, blocks, biased: Number(bias !== undefined) },
        real: {},
      },
      Math.min(FEATURES, features) * SAMPLES * OUTPUTS,
    );
  });
}

/** dx = dy W. */
export function linearInputGradient(
  tape: Tape,
  { samples, features, outputs }: Sizes,
  { dy, weight, dx }: { readonly dy: Value; readonly weight: Value; readonly dx: Value },
): void {
  const blocks = Math.ceil(samples / SAMPLES);
  const wanted = Math.min(Math.ceil(ENOUGH / (features * blocks)), Math.ceil(outputs / 32));
  const outputsOfChunk = Math.ceil(outputs / wanted / 32) * 32;
  const chunks = Math.ceil(outputs / outputsOfChunk);
  summedInParts(tape, chunks, dx, (partial) => {
    tape.over(
      inputGradient,
      chunks * blocks * features,
      {
        buffers: { dy, weight, partial },
        whole: { samples, features, outputs, blocks, outputs_of_chunk: outputsOfChunk },
        real: {},
      },
      outputsOfChunk * SAMPLES,
    );
  });
}

/** dW = dy^T x. */
export function linearWeightGradient(
  tape: Tape,
  sizes: Sizes,
  { x, dy, into }: { readonly x: Value; readonly dy: Value; readonly into: Value },
): void {
  tape.over(
    weightGradient,
    Math.ceil(sizes.outputs / OUTPUTS) * sizes.features,
    { buffers: { x, dy, dw: into }, whole: { ...sizes }, real: {} },
    sizes.samples * OUTPUTS,
  );
}

/** db = sum of dy over the samples. */
export function linearBiasGradient(tape: Tape, dy: Value, into: Value): void {
  mergePartialSums(tape, dy, into);
}

/** Of x and y. */
export function linearSizes(x: Value, outputs: number): Sizes {
  const samples = x.shape[0]!;
  return { samples, features: sizeOf(x) / samples, outputs };
}
