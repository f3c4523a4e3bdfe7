/**
 * A convolution of near.ts by invocations that share nothing: each computes a block of channels at neighbouring rows and places of one
 * plane, so that what is read is used many times. Of each input channel and plane it holds the weights of the nine taps along height and
 * width, and goes through the rows of x from the one above the block to the one below: with 8 channels at 2 rows of 4 places, 4 rows of 6
 * values and 72 weights, which all neighbours read too, make 576 multiply-adds. Rows outside the image are left out; places beside it
 * are zero.
 */
import { type BufferKind, kernel } from "../../kernel/kernel";
import { range, VECTORS, WHOLE, withoutPadding } from "./nearKernel";
import type { LoneTile } from "./tiling";

const TAPS = [0, 1, 2] as const;

export function loneConvolution({ channels, rows, places }: LoneTile) {
  /** Of what is packed. */
  const element = channels === 1 ? "f32" : "vec4f";
  const vectors = VECTORS.slice(0, Math.ceil(channels / 4));
  const block = range(rows).flatMap((row) => range(places).map((place) => ({ row, place })));
  const nameOf = (vector: string, row: number, place: number): string => `${vector}${row}_${place}`;
  const sums = block.flatMap(({ row, place }) => vectors.map((vector) => nameOf(vector, row, place)));
  const inTile = element === "vec4f" ? "packed[at / 4u][at % 4u]" : "packed[at]";
  const biasOf = (vector: number): string =>
    element === "vec4f"
      ? `vec4f(${range(4)
          .map((k) => `bias[o + ${4 * vector + k}u]`)
          .join(", ")})`
      : "bias[o]";

  const weights = TAPS.flatMap((th) =>
    TAPS.flatMap((tw) =>
      vectors.map((v, k) => `let w${v}${th}${tw} = packed[q + ${(3 * th + tw) * vectors.length + k}u];`),
    ),
  );
  /** What a row of x adds to the sums of row `to` of the block, `th` rows above or below it. */
  const productsOf = (to: number, th: number): string =>
    range(places)
      .flatMap((place) =>
        vectors.map((v) => {
          const sum = nameOf(v, to, place);
          const terms = TAPS.reduce(
            (before, tw) => `fma(w${v}${th}${tw}, ${element}(r${place + tw}), ${before})`,
            sum,
          );
          return `${sum} = ${terms};`;
        }),
      )
      .join(" ");
  /** The row of x that is `above` rows below the one above the block. */
  const rowOf = (above: number): string => `{
        // Below the padding, a place wraps round to a number that is larger than any size.
        let h = h0 + ${above}u - 1u;
        if (h < shape.height) {
          let row = (((n * shape.in_channels + c) * shape.xd + d) * shape.height + h) * shape.width + w0;
          let r0 = select(0.0, x[max(row, 1u) - 1u], w0 > 0u);
          let r1 = x[row];
          ${range(places)
            .map((k) => `let r${k + 2} = select(0.0, x[row + ${k + 1}u], w0 + ${k + 1}u < shape.width);`)
            .join(" ")}
          ${TAPS.filter((th) => above - th >= 0 && above - th < rows)
            .map((th) => productsOf(above - th, th))
            .join("\n          ")}
        }
      }`;

  const component = (k: number, row: number, place: number): string =>
    element === "vec4f" ? `${nameOf(VECTORS[k >> 2]!, row, place)}[${k % 4}]` : nameOf("a", row, place);
  const store = ({ row, place }: { readonly row: number; readonly place: number }): string => {
    const ofChannel = range(channels).map(
      (k) =>
        `if (o + ${k}u < shape.out_channels) { y[to + ${k}u * plane + ${row}u * shape.width + ${place}u] = ${component(k, row, place)}; }`,
    );
    return `if (h0 + ${row}u < shape.height && w0 + ${place}u < shape.width) { ${ofChannel.join(" ")} }`;
  };

  return kernel(
    `convolution of 3, ${channels} channels at ${rows} rows of ${places} places`,
    {
      over: "elements",
      whole: WHOLE,
      buffers: { x: "read f32", packed: `read ${element}` as BufferKind, bias: "read f32", y: "write f32" },
      declarations: withoutPadding(channels, inTile),
    },
    `let columns = (shape.width + ${places - 1}u) / ${places}u; let lines = (shape.height + ${rows - 1}u) / ${rows}u;
  let w0 = (index % columns) * ${places}u; let h0 = ((index / columns) % lines) * ${rows}u;
  var rest = index / (columns * lines);
  let qd = rest % shape.yd; rest /= shape.yd;
  let n = rest % shape.samples; rest /= shape.samples;
  let tile = rest % shape.tiles; let part = rest / shape.tiles;
  let first = part * shape.channels_of_part; let end = min(first + shape.channels_of_part, shape.in_channels);
  ${sums.map((name) => `var ${name} = ${element}();`).join(" ")}
  for (var c = first; c < end; c++) {
    for (var td = 0u; td < shape.kd; td++) {
      let d = qd + td - shape.pd; if (d >= shape.xd) { continue; }
      let q = ((tile * shape.in_channels + c) * shape.kd + td) * ${9 * vectors.length}u;
      ${weights.join(" ")}
      ${range(rows + 2)
        .map(rowOf)
        .join("\n      ")}
    }
  }
  let border = w0 == 0u || w0 + ${places}u >= shape.width;
  let all = ${sums.join(" + ")};
  let o = tile * ${channels}u;
  let biased = shape.biased == 1u && part == 0u;
  if (biased) {
    ${vectors
      .map(
        (v, at) =>
          `{ let add = ${biasOf(at)}; ${block
            .map(({ row, place }) => `${nameOf(v, row, place)} += add;`)
            .join(" ")} }`,
      )
      .join(" ")}
  }
  let plane = shape.yd * shape.height * shape.width;
  let to = ((part * shape.samples + n) * shape.out_channels + o) * plane + (qd * shape.height + h0) * shape.width + w0;
  ${block.map(store).join("\n  ")}
  if (border && is_nan(${element === "vec4f" ? "all.x + all.y + all.z + all.w" : "all"})) {
    for (var place = 0u; place < min(${places}u, shape.width - w0); place++) {
      let w = w0 + place; if (w != 0u && w != shape.width - 1u) { continue; }
      for (var row = 0u; row < min(${rows}u, shape.height - h0); row++) {
        for (var k = 0u; k < min(${channels}u, shape.out_channels - o); k++) {
          let value = without_padding(n, tile, k, vec2u(first, end), qd, h0 + row, w) + select(0.0, bias[o + k], biased);
          y[to + k * plane + row * shape.width + place] = value;
        }
      }
    }
  }`,
  );
}
