/**
 * The gradient of any convolution by its weight, dw[o, i, t] = sum over n, q of dy[n, o, q] * x[n, i, q * stride + t * dilation - padding]:
 * few sums of very many terms. So the rows of dy (n, depth, height) are cut into chunks; an invocation makes the sum of one weight over
 * one chunk, row by row, and the chunks are merged.
 */
import { kernel } from "../../kernel/kernel";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import { GEOMETRY, type Geometry, geometryNumbers } from "./geometry";

/** Terms of a sum that one invocation makes, if that does not take more than MOST_PARTIAL partial sums. */
const TERMS = 2048;
const MOST_PARTIAL = 1 << 22;

const partialWeightGradient = kernel(
  "gradient of a convolution by its weight",
  {
    over: "elements",
    whole: [...GEOMETRY, "rows", "rows_of_chunk"],
    buffers: { x: "read f32", dy: "read f32", partial: "write f32" },
  },
  `let tw = index % shape.kw; let th = (index / shape.kw) % shape.kh; let td = (index / (shape.kw * shape.kh)) % shape.kd;
  let pair = index / (shape.kw * shape.kh * shape.kd);
  let i = pair % shape.in_of_group; let o = (pair / shape.in_of_group) % shape.out_channels;
  let chunk = pair / (shape.in_of_group * shape.out_channels);
  let channel = (o / shape.out_of_group) * shape.in_of_group + i;
  // Places of a row whose tap lies within x: from the first to before the end.
  let shift = tw * shape.dw;
  let before = select(0u, (shape.pw - shift + shape.sw - 1u) / shape.sw, shape.pw > shift);
  let end = select(0u, min(shape.yw, (shape.xw + shape.pw - shift - 1u) / shape.sw + 1u), shape.xw + shape.pw > shift);
  let last_row = min((chunk + 1u) * shape.rows_of_chunk, shape.rows);
  var sum = 0.0;
  var part = 0.0;
  for (var row = chunk * shape.rows_of_chunk; row < last_row; row++) {
    let qh = row % shape.yh; let qd = (row / shape.yh) % shape.yd; let n = row / (shape.yh * shape.yd);
    let d = qd * shape.sd + td * shape.dd - shape.pd; let h = qh * shape.sh + th * shape.dh - shape.ph;
    if (d < shape.xd && h < shape.xh) {
      let from_dy = ((n * shape.out_channels + o) * shape.yd + qd) * shape.yh * shape.yw + qh * shape.yw;
      // Where the row begins, less the padding: it may wrap round below 0 and comes back with the place.
      let from_x = (((n * shape.in_channels + channel) * shape.xd + d) * shape.xh + h) * shape.xw + shift - shape.pw;
      var of_row = 0.0;
      for (var q = before; q < end; q++) { of_row += dy[from_dy + q] * x[from_x + q * shape.sw]; }
      part += of_row;
    }
    if (row % 32u == 31u) { sum += part; part = 0.0; }
  }
  partial[index] = sum + part;`,
);

/** @param into [outChannels, inChannels / groups, ...kernel] */
export function weightGradient(
  tape: Tape,
  geometry: Geometry,
  { x, dy, into }: { readonly x: Value; readonly dy: Value; readonly into: Value },
): void {
  const { samples, to } = geometry;
  const weights = sizeOf(into);
  const rows = samples * to[0] * to[1];
  const wanted = Math.min(Math.ceil((rows * to[2]) / TERMS), Math.floor(MOST_PARTIAL / weights));
  const rowsOfChunk = Math.ceil(rows / Math.min(Math.max(1, wanted), rows));
  const chunks = Math.ceil(rows / rowsOfChunk);
  const whole = { ...geometryNumbers(geometry), rows, rows_of_chunk: rowsOfChunk };
  summedInParts(tape, chunks, into, (partial) => {
    const buffers = { x, dy, partial };
    tape.over(partialWeightGradient, chunks * weights, { buffers, whole, real: {} }, rowsOfChunk * to[2]);
  });
}
