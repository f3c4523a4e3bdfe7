/**
 * The kernels of stepped.ts: an invocation makes 8 channels at 4 places of a row that see the same taps, so that a tap costs it 8 weights and
 * 4 values for 32 multiply-adds. Forward those are neighbours; on the way back, places as far apart as a step. What lies in the padding is
 * passed over, not multiplied.
 */
import { kernel } from "../../kernel/kernel";
import { GEOMETRY } from "./geometry";
import { range, VECTORS } from "./nearKernel";

export const CHANNELS_OF_STEPPED = 8;
export const PLACES_OF_STEPPED = 4;

interface Way {
  readonly name: string;
  /** The axes of what is read and what is written, as the geometry calls them. */
  readonly read: "x" | "y";
  readonly written: "x" | "y";
  readonly channelsRead: string;
  readonly channelsWritten: string;
  /** Within the loop over the taps along depth or height, of the place `q`: the place to read, or the next tap where there is none. */
  along(axis: "d" | "h"): string;
  /** The place along width that the first place of the block reads, `first`, which may wrap round below 0. */
  readonly alongWidth: string;
  /** Steps between the places of a block. */
  readonly stepRead: string;
  readonly stepWritten: string;
  /** Where a tap stands in the packed weights. */
  readonly tap: string;
}

/** y[q] = sum of w[t] * x[q * stride + t * dilation - padding]. */
const FORWARD: Way = {
  name: "convolution",
  read: "x",
  written: "y",
  channelsRead: "shape.in_channels",
  channelsWritten: "shape.out_channels",
  along: (axis) =>
    `let ${axis} = q${axis} * shape.s${axis} + t${axis} * shape.d${axis} - shape.p${axis}; if (${axis} >= shape.x${axis}) { continue; }`,
  alongWidth: "let first = w0 * shape.sw + tw * shape.dw - shape.pw;",
  stepRead: "shape.sw",
  stepWritten: "1u",
  tap: "(td * shape.kh + th) * shape.kw + tw",
};

/** x[p] = sum of w[t] * y[q] where p = q * stride + t * dilation - padding. */
const BACK: Way = {
  name: "transposed convolution",
  read: "y",
  written: "x",
  channelsRead: "shape.out_channels",
  channelsWritten: "shape.in_channels",
  along: (axis) => `if (q${axis} + shape.p${axis} < t${axis} * shape.d${axis}) { break; }
      let far_${axis} = q${axis} + shape.p${axis} - t${axis} * shape.d${axis}; let ${axis} = far_${axis} / shape.s${axis};
      if (far_${axis} % shape.s${axis} != 0u || ${axis} >= shape.y${axis}) { continue; }`,
  alongWidth: `let far_w = i32(w0 + shape.pw) - i32(tw * shape.dw);
        if (far_w % i32(shape.sw) != 0) { continue; }
        let first = u32(far_w / i32(shape.sw));`,
  stepRead: "1u",
  stepWritten: "shape.sw",
  tap: "taps - 1u - ((td * shape.kh + th) * shape.kw + tw)",
};

const VECTORS_OF_TILE = VECTORS.slice(0, CHANNELS_OF_STEPPED / 4);
const SUMS = range(PLACES_OF_STEPPED).flatMap((place) =>
  VECTORS_OF_TILE.map((vector) => `${vector}${place}`),
);

function steppedConvolution(way: Way) {
  const { read, written, channelsRead, channelsWritten, stepRead, stepWritten } = way;
  const productsAt = (place: number): string => `{
            let w = first + ${place}u * ${stepRead};
            if (w < shape.${read}w) {
              let r = vec4f(source[row + w]);
              ${VECTORS_OF_TILE.map((v) => `${v}${place} = fma(w${v}, r, ${v}${place});`).join(" ")}
            }
          }`;
  const store = (place: number): string => `{
    let w = w0 + ${place}u * ${stepWritten};
    if (w < shape.${written}w) { ${range(CHANNELS_OF_STEPPED)
      .map(
        (k) =>
          `if (o + ${k}u < ${channelsWritten}) { result[to + ${k}u * plane + w] = ${VECTORS_OF_TILE[k >> 2]}${place}[${k % 4}] + select(0.0, bias[o + ${k}u], biased); }`,
      )
      .join(" ")} }
  }`;
  return kernel(
    `${way.name}, ${CHANNELS_OF_STEPPED} channels at ${PLACES_OF_STEPPED} places`,
    {
      over: "elements",
      whole: [...GEOMETRY, "samples", "tiles", "channels_of_part", "biased"],
      buffers: { source: "read f32", packed: "read vec4f", bias: "read f32", result: "write f32" },
    },
    `let phase = (shape.${written}w + ${stepWritten} - 1u) / ${stepWritten};
  let columns = (phase + ${PLACES_OF_STEPPED - 1}u) / ${PLACES_OF_STEPPED}u;
  var rest = index / columns;
  let w0 = (index % columns) * ${PLACES_OF_STEPPED}u * ${stepWritten} + rest % ${stepWritten}; rest /= ${stepWritten};
  let qh = rest % shape.${written}h; rest /= shape.${written}h;
  let qd = rest % shape.${written}d; rest /= shape.${written}d;
  let n = rest % shape.samples; rest /= shape.samples;
  let tile = rest % shape.tiles; let part = rest / shape.tiles;
  let taps = shape.kd * shape.kh * shape.kw;
  let begin = part * shape.channels_of_part; let end = min(begin + shape.channels_of_part, ${channelsRead});
  ${SUMS.map((name) => `var ${name} = vec4f();`).join(" ")}
  for (var td = 0u; td < shape.kd; td++) {
    // Below the padding, a place wraps round to a number that is larger than any size.
    ${way.along("d")}
    for (var th = 0u; th < shape.kh; th++) {
      ${way.along("h")}
      for (var tw = 0u; tw < shape.kw; tw++) {
        ${way.alongWidth}
        for (var c = begin; c < end; c++) {
          let row = (((n * ${channelsRead} + c) * shape.${read}d + d) * shape.${read}h + h) * shape.${read}w;
          let at = ((tile * ${channelsRead} + c) * taps + ${way.tap}) * ${VECTORS_OF_TILE.length}u;
          ${VECTORS_OF_TILE.map((v, k) => `let w${v} = packed[at + ${k}u];`).join(" ")}
          ${range(PLACES_OF_STEPPED).map(productsAt).join("\n          ")}
        }
      }
    }
  }
  let o = tile * ${CHANNELS_OF_STEPPED}u;
  let biased = shape.biased == 1u && part == 0u;
  let plane = shape.${written}d * shape.${written}h * shape.${written}w;
  let to = ((part * shape.samples + n) * ${channelsWritten} + o) * plane + (qd * shape.${written}h + qh) * shape.${written}w;
  ${range(PLACES_OF_STEPPED).map(store).join("\n  ")}`,
  );
}

export const STEPPED = { forward: steppedConvolution(FORWARD), back: steppedConvolution(BACK) } as const;
