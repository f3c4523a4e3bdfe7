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

/**
 * A group: OUTPUTS outputs of SAMPLES samples over FEATURES features, each lane over every 64th. Then, sample by
 * sample, eight lanes add up what eight lanes have, and at the end one lane a sample adds up that: little workgroup memory, for more groups at once. Where there are fewer outputs or samples, the last ones are summed again, for nothing.
 */
const forward = kernel(
  "Linear",
  {
    over: "groups",
    workgroup: LANES,
    whole: ["samples", "features", "outputs", "blocks", "biased"],
    buffers: { x: "read f32", weight: "read f32", bias: "read f32", partial: "write f32" },
    declarations: `var<workgroup> of_lanes: array<vec4f, ${LANES}>;
var<workgroup> of_eight: array<vec4f, ${8 * SAMPLES}>;`,
  },
  `let chunk = group.z / shape.blocks; let o = (group.z % shape.blocks) * ${OUTPUTS}u; let n = group.x * ${SAMPLES}u;
  var row: array<u32, ${OUTPUTS}>;
  for (var j = 0u; j < ${OUTPUTS}u; j++) { row[j] = min(o + j, shape.outputs - 1u) * shape.features; }
  var sum = array<vec4f, ${SAMPLES}>();
  let end = min((chunk + 1u) * ${FEATURES}u, shape.features);
  for (var f = chunk * ${FEATURES}u + lane; f < end; f += ${LANES}u) {
    let w = vec4f(weight[row[0] + f], weight[row[1] + f], weight[row[2] + f], weight[row[3] + f]);
    for (var k = 0u; k < ${SAMPLES}u; k++) { sum[k] += w * x[min(n + k, shape.samples - 1u) * shape.features + f]; }
  }
  for (var k = 0u; k < ${SAMPLES}u; k++) {
    of_lanes[lane] = sum[k];
    workgroupBarrier();
    if (lane < 8u) {
      var eight = vec4f();
      for (var other = lane; other < ${LANES}u; other += 8u) { eight += of_lanes[other]; }
      of_eight[k * 8u + lane] = eight;
    }
    workgroupBarrier();
  }
  if (lane < ${SAMPLES}u && n + lane < shape.samples) {
    var all = vec4f();
    for (var part = 0u; part < 8u; part++) { all += of_eight[lane * 8u + part]; }
    for (var j = 0u; j < min(${OUTPUTS}u, shape.outputs - o); j++) {
      var result = all[j];
      if (shape.biased == 1u && chunk == 0u) { result += bias[o + j]; }
      partial[(chunk * shape.samples + n + lane) * shape.outputs + o + j] = result;
    }
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
  let end = min((chunk + 1u) * shape.outputs_of_chunk, shape.outputs);
  var sum = array<f32, ${SAMPLES}>();
  for (var first = chunk * shape.outputs_of_chunk; first < end; first += 32u) {
    var part = array<f32, ${SAMPLES}>();
    for (var o = first; o < min(first + 32u, end); o++) {
      let w = weight[o * shape.features + f];
      for (var k = 0u; k < ${SAMPLES}u; k++) { part[k] += w * dy[min(n + k, shape.samples - 1u) * shape.outputs + o]; }
    }
    for (var k = 0u; k < ${SAMPLES}u; k++) { sum[k] += part[k]; }
  }
  for (var k = 0u; k < min(${SAMPLES}u, shape.samples - n); k++) {
    partial[(chunk * shape.samples + n + k) * shape.features + f] = sum[k];
  }`,
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
