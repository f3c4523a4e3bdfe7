/**
 * A convolution of near.ts by invocations that share nothing: each computes a tile of channels at neighbours along width, so that what is
 * read is used many times (8 channels at 8 places: 192 multiply-adds for 10 values of x and 24 weights, which all neighbours read too).
 */
import { type BufferKind, kernel } from "../../kernel/kernel";
import { range, VECTORS, WHOLE, withoutPadding } from "./nearKernel";
import type { LoneTile } from "./tiling";

export function loneConvolution({ channels: tile, places }: LoneTile) {
  /** Of what is packed. */
  const element = tile === 1 ? "f32" : "vec4f";
  const vectors = VECTORS.slice(0, Math.ceil(tile / 4));
  const sums = range(places).flatMap((place) => vectors.map((vector) => `${vector}${place}`));
  const inTile = element === "vec4f" ? "packed[at / 4u][at % 4u]" : "packed[at]";
  const biasOf = (vector: number): string =>
    element === "vec4f"
      ? `vec4f(${range(4)
          .map((k) => `bias[o + ${4 * vector + k}u]`)
          .join(", ")})`
      : "bias[o]";
  const component = (k: number): string =>
    element === "vec4f" ? `${vectors[k >> 2]}PLACE[${k % 4}]` : "aPLACE";
  const store = (place: number): string => {
    const ofChannel = range(tile).map(
      (k) =>
        `if (o + ${k}u < shape.out_channels) { y[to + ${k}u * plane + ${place}u] = ${component(k).replace("PLACE", `${place}`)}; }`,
    );
    return `if (w0 + ${place}u < shape.width) { ${ofChannel.join(" ")} }`;
  };
  return kernel(
    `convolution of 3, ${tile} channels at ${places} places`,
    {
      over: "elements",
      whole: WHOLE,
      buffers: { x: "read f32", packed: `read ${element}` as BufferKind, bias: "read f32", y: "write f32" },
      declarations: withoutPadding(tile, inTile),
    },
    `let columns = (shape.width + ${places - 1}u) / ${places}u;
  let w0 = (index % columns) * ${places}u; let qh = (index / columns) % shape.height;
  var rest = index / (columns * shape.height);
  let qd = rest % shape.yd; rest /= shape.yd;
  let n = rest % shape.samples; rest /= shape.samples;
  let tile = rest % shape.tiles; let part = rest / shape.tiles;
  let first = part * shape.channels_of_part; let end = min(first + shape.channels_of_part, shape.in_channels);
  ${sums.map((name) => `var ${name} = ${element}();`).join(" ")}
  for (var c = first; c < end; c++) {
    for (var td = 0u; td < shape.kd; td++) {
      // Below the padding, a place wraps round to a number that is larger than any size.
      let d = qd + td - shape.pd; if (d >= shape.xd) { continue; }
      for (var th = 0u; th < 3u; th++) {
        let h = qh + th - 1u; if (h >= shape.height) { continue; }
        let row = (((n * shape.in_channels + c) * shape.xd + d) * shape.height + h) * shape.width + w0;
        let r0 = select(0.0, x[max(row, 1u) - 1u], w0 > 0u);
        let r1 = x[row];
        ${range(places)
          .map((k) => `let r${k + 2} = select(0.0, x[row + ${k + 1}u], w0 + ${k + 1}u < shape.width);`)
          .join(" ")}
        let q = (((tile * shape.in_channels + c) * shape.kd + td) * 9u + th * 3u) * ${vectors.length}u;
        ${[0, 1, 2]
          .map((tap) => {
            const weights = vectors.map((v, k) => `let w${v} = packed[q + ${tap * vectors.length + k}u];`);
            const products = range(places).flatMap((p) =>
              vectors.map((v) => `${v}${p} += w${v} * r${p + tap};`),
            );
            return `{ ${weights.join(" ")} ${products.join(" ")} }`;
          })
          .join("\n        ")}
      }
    }
  }
  let border = w0 == 0u || w0 + ${places}u >= shape.width;
  let all = ${sums.join(" + ")};
  let o = tile * ${tile}u;
  let biased = shape.biased == 1u && part == 0u;
  if (biased) {
    ${vectors
      .map(
        (v, at) =>
          `{ let add = ${biasOf(at)}; ${range(places)
            .map((p) => `${v}${p} += add;`)
            .join(" ")} }`,
      )
      .join(" ")}
  }
  let plane = shape.yd * shape.height * shape.width;
  let to = ((part * shape.samples + n) * shape.out_channels + o) * plane + (qd * shape.height + qh) * shape.width + w0;
  ${range(places).map(store).join("\n  ")}
  if (border && is_nan(${element === "vec4f" ? "all.x + all.y + all.z + all.w" : "all"})) {
    for (var place = 0u; place < min(${places}u, shape.width - w0); place++) {
      let w = w0 + place; if (w != 0u && w != shape.width - 1u) { continue; }
      for (var k = 0u; k < min(${tile}u, shape.out_channels - o); k++) {
        y[to + k * plane + place] = without_padding(n, tile, k, vec2u(first, end), qd, qh, w) + select(0.0, bias[o + k], biased);
      }
    }
  }`,
  );
}
