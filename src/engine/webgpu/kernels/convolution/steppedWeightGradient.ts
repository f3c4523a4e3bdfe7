/**
 * The gradient by the weight of the convolutions that near.ts does not take, in a fast form: any kernel, stride, padding and dilation, without
 * groups. The formula is that of generalWeightGradient.ts, dw[o, k] = sum over n, q of dy[n, o, q] * x[n, i, q * stride + t * dilation - padding],
 * where k = (i, t) goes through the weights of an output channel in their order. An invocation goes along the rows of a chunk of (n, depth,
 * height) with 8 output channels and 4 neighbouring k: 32 sums for 4 values of x and 8 of dy, which lie side by side. The chunks are merged.
 */
import { kernel } from "../../kernel/kernel";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import { weightGradient } from "./generalWeightGradient";
import { GEOMETRY, type Geometry, geometryNumbers, voxels } from "./geometry";
import { range } from "./nearKernel";
import { packedGradient, TILE_OF_GRADIENT } from "./packing";
import { usualWeightInvocations } from "./tiling";

/** Output channels of an invocation. */
const CHANNELS = 2 * TILE_OF_GRADIENT;
/** Weights of each of them. */
const COLUMNS = range(4);
/** Fewer channels would leave most of a tile idle. */
const LEAST_CHANNELS = 3;
/** Partial sums that there are at most. */
const MOST_PARTIAL = 1 << 23;

const steppedWeightGradient = kernel(
  "gradient of a convolution by 4 weights of 8 channels",
  {
    over: "elements",
    whole: [...GEOMETRY, "tiles", "rows", "rows_of_chunk"],
    buffers: { x: "read f32", dy: "read vec4f", partial: "write f32" },
  },
  `let taps = shape.kd * shape.kh * shape.kw;
  let weights = shape.in_channels * taps;
  let columns = (weights + ${COLUMNS.length - 1}u) / ${COLUMNS.length}u;
  let first = (index % columns) * ${COLUMNS.length}u; let tile = (index / columns) % shape.tiles;
  let chunk = index / (columns * shape.tiles);
  let end = min((chunk + 1u) * shape.rows_of_chunk, shape.rows);
  // Below the padding, a place wraps round to a number that is larger than any size.
  ${COLUMNS.map(
    (k) => `let i${k} = (first + ${k}u) / taps; let t${k} = (first + ${k}u) % taps;
  let td${k} = t${k} / (shape.kh * shape.kw) * shape.dd - shape.pd; let th${k} = (t${k} / shape.kw) % shape.kh * shape.dh - shape.ph;
  let tw${k} = t${k} % shape.kw * shape.dw - shape.pw;
  var a${k} = vec4f(); var b${k} = vec4f();`,
  ).join("\n  ")}
  for (var row = chunk * shape.rows_of_chunk; row < end; row++) {
    let qh = row % shape.yh * shape.sh; let qd = (row / shape.yh) % shape.yd * shape.sd; let n = row / (shape.yh * shape.yd) * shape.in_channels;
    ${COLUMNS.map(
      (k) => `let d${k} = qd + td${k}; let h${k} = qh + th${k};
    let within${k} = first + ${k}u < weights && d${k} < shape.xd && h${k} < shape.xh;
    let row${k} = (((n + i${k}) * shape.xd + d${k}) * shape.xh + h${k}) * shape.xw;`,
    ).join("\n    ")}
    if (!(${COLUMNS.map((k) => `within${k}`).join(" || ")})) { continue; }
    let from_dy = (2u * tile * shape.rows + row) * shape.yw; let half = shape.rows * shape.yw;
    for (var q = 0u; q < shape.yw; q++) {
      let g = dy[from_dy + q]; let f = dy[from_dy + half + q];
      ${COLUMNS.map(
        (k) => `let w${k} = q * shape.sw + tw${k};
      let x${k} = select(0.0, x[row${k} + w${k}], within${k} && w${k} < shape.xw);
      a${k} += g * x${k}; b${k} += f * x${k};`,
      ).join("\n      ")}
    }
  }
  ${COLUMNS.map(
    (k) => `if (first + ${k}u < weights) {
    for (var o = 0u; o < min(${CHANNELS}u, shape.out_channels - tile * ${CHANNELS}u); o++) {
      partial[(chunk * shape.out_channels + tile * ${CHANNELS}u + o) * weights + first + ${k}u] = select(b${k}[o % 4u], a${k}[o % 4u], o < 4u);
    }
  }`,
  ).join("\n  ")}`,
);

/** @param into [outChannels, inChannels / groups, ...kernel] */
export function weightGradientStepped(
  tape: Tape,
  geometry: Geometry,
  { x, dy, into }: { readonly x: Value; readonly dy: Value; readonly into: Value },
): void {
  const { groups, samples, inChannels, outChannels, to, kernel: size } = geometry;
  if (groups > 1 || outChannels < LEAST_CHANNELS) {
    weightGradient(tape, geometry, { x, dy, into });
    return;
  }
  const tiles = Math.ceil(outChannels / CHANNELS);
  const packed = packedGradient(tape, dy, 2 * tiles);
  const [depth, height, width] = to;
  const rows = samples * depth * height;
  const ofChunk = tiles * Math.ceil((inChannels * voxels(size)) / COLUMNS.length);
  const wanted = Math.ceil(usualWeightInvocations(ofChunk, rows * width) / ofChunk);
  const possible = Math.min(rows, Math.max(1, Math.floor(MOST_PARTIAL / sizeOf(into))));
  const rowsOfChunk = Math.ceil(rows / Math.min(wanted, possible));
  const chunks = Math.ceil(rows / rowsOfChunk);
  const whole = { ...geometryNumbers(geometry), tiles, rows, rows_of_chunk: rowsOfChunk };
  summedInParts(tape, chunks, into, (partial) => {
    const buffers = { x, dy: packed, partial };
    const work = rowsOfChunk * width * CHANNELS * COLUMNS.length;
    tape.over(steppedWeightGradient, chunks * ofChunk, { buffers, whole, real: {} }, work);
  });
}
