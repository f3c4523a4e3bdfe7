/**
 * The gradient of a convolution of near.ts by its weight: dw[o, i, t] = sum over n, q of dy[n, o, q] * x[n, i, q + t - padding], a product
 * with two short sides and one of millions. The long side, the rows of dy (n, depth, height), is cut into chunks; an invocation goes along
 * the rows of one with the weights of 4 output channels, one input channel and one plane of the kernel: 36 sums for 3 values of x and 4 of
 * dy, which lie side by side. The chunks are merged.
 */
import { kernel } from "../../kernel/kernel";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import type { Geometry } from "./geometry";
import { packedGradient, TILE_OF_GRADIENT } from "./packing";
import { usualWeightInvocations } from "./tiling";

/** Output channels of an invocation. */
const TILE = TILE_OF_GRADIENT;
/** Partial sums that there are at most. */
const MOST_PARTIAL = 1 << 23;

const HEIGHTS = [0, 1, 2] as const;

const nearWeightGradient = kernel(
  "gradient of a convolution of 3 by its weight",
  {
    over: "elements",
    whole: [
      "in_channels",
      "out_channels",
      "xd",
      "yd",
      "height",
      "width",
      "kd",
      "pd",
      "tiles",
      "rows",
      "rows_of_chunk",
    ],
    buffers: { x: "read f32", dy: "read vec4f", partial: "write f32" },
  },
  `let td = index % shape.kd; let i = (index / shape.kd) % shape.in_channels;
  let tile = (index / (shape.kd * shape.in_channels)) % shape.tiles;
  let chunk = index / (shape.kd * shape.in_channels * shape.tiles);
  let end = min((chunk + 1u) * shape.rows_of_chunk, shape.rows);
  ${HEIGHTS.map((th) => HEIGHTS.map((tw) => `var s${th}${tw} = vec4f();`).join(" ")).join(" ")}
  for (var row = chunk * shape.rows_of_chunk; row < end; row++) {
    let h = row % shape.height; let n = row / (shape.height * shape.yd);
    let d = (row / shape.height) % shape.yd + td - shape.pd; if (d >= shape.xd) { continue; }
    let above = h > 0u; let below = h + 1u < shape.height;
    let r1 = (((n * shape.in_channels + i) * shape.xd + d) * shape.height + h) * shape.width;
    let r0 = select(r1, r1 - shape.width, above); let r2 = select(r1, r1 + shape.width, below);
    let from_dy = (tile * shape.rows + row) * shape.width;
    // Of each of three rows of x the values left of a place, at it and right of it.
    ${HEIGHTS.map((th) => `var a${th} = 0.0;`).join(" ")}
    var b0 = select(0.0, x[r0], above); var b1 = x[r1]; var b2 = select(0.0, x[r2], below);
    for (var w = 0u; w < shape.width; w++) {
      let more = w + 1u < shape.width;
      let c0 = select(0.0, x[r0 + w + 1u], more && above);
      let c1 = select(0.0, x[r1 + w + 1u], more);
      let c2 = select(0.0, x[r2 + w + 1u], more && below);
      let g = dy[from_dy + w];
      ${HEIGHTS.map((th) => `s${th}0 += g * a${th}; s${th}1 += g * b${th}; s${th}2 += g * c${th}; a${th} = b${th}; b${th} = c${th};`).join("\n      ")}
    }
  }
  var sums = array<vec4f, 9>(${HEIGHTS.map((th) => HEIGHTS.map((tw) => `s${th}${tw}`).join(", ")).join(", ")});
  for (var k = 0u; k < ${TILE}u; k++) {
    let o = tile * ${TILE}u + k;
    if (o < shape.out_channels) {
      let at = (((chunk * shape.out_channels + o) * shape.in_channels + i) * shape.kd + td) * 9u;
      for (var t = 0u; t < 9u; t++) { partial[at + t] = sums[t][k]; }
    }
  }`,
);

/**
 * @param into [outChannels, inChannels, ...kernel] of a convolution that `isNear`
 * @param invocations at least, as far as there are rows for them; default: as `usualWeightInvocations` says
 */
export function weightGradientNear(
  tape: Tape,
  { samples, inChannels, outChannels, from, to, kernel: size, padding }: Geometry,
  { x, dy, into }: { readonly x: Value; readonly dy: Value; readonly into: Value },
  invocations?: number,
): void {
  const [, height, width] = to;
  const tiles = Math.ceil(outChannels / TILE);
  const packed = packedGradient(tape, dy, tiles);
  const rows = samples * to[0] * height;
  const ofChunk = size[0] * inChannels * tiles;
  const wanted = Math.ceil((invocations ?? usualWeightInvocations(ofChunk, rows * width)) / ofChunk);
  const possible = Math.min(rows, Math.max(1, Math.floor(MOST_PARTIAL / sizeOf(into))));
  const rowsOfChunk = Math.ceil(rows / Math.min(wanted, possible));
  const chunks = Math.ceil(rows / rowsOfChunk);
  summedInParts(tape, chunks, into, (partial) => {
    tape.over(
      nearWeightGradient,
      chunks * ofChunk,
      {
        buffers: { x, dy: packed, partial },
        whole: {
          in_channels: inChannels,
          out_channels: outChannels,
          xd: from[0],
          yd: to[0],
          height,
          width,
          kd: size[0],
          pd: padding[0],
          tiles,
          rows,
          rows_of_chunk: rowsOfChunk,
        },
        real: {},
      },
      rowsOfChunk * width * 9 * TILE,
    );
  });
}
