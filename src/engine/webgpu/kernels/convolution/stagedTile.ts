/**
 * A convolution of near.ts as a product of matrices that is never written down (an implicit GEMM): of the packed weights
 * [channels out, terms] with [terms, voxels], where a term is an input channel and a tap and the second matrix is gathered from x, zeros for
 * the padding. A group of invocations makes a tile of the result; it stages some terms of both matrices at a time in workgroup memory,
 * from which each invocation makes 8 channels at 4 or 8 voxels.
 */
import { kernel } from "../../kernel/kernel";
import { range, VECTORS, WHOLE, withoutPadding } from "./nearKernel";
import type { StagedTile } from "./tiling";

/** Channels of an invocation. */
export const CHANNELS_OF_STAGED = 8;
const MOST_INVOCATIONS = 256;

/** How a group is made of invocations. */
export function groupOf({ channels, voxels }: StagedTile) {
  const places = (channels * voxels) / (CHANNELS_OF_STAGED * 4) > MOST_INVOCATIONS ? 8 : 4;
  return { places, invocations: (channels * voxels) / (CHANNELS_OF_STAGED * places) } as const;
}

/** Groups along y: those of more voxels lie along z. */
export const GROUPS_ALONG_Y = 1024;

export function stagedConvolution(tile: StagedTile) {
  const { channels, voxels, terms } = tile;
  const { places, invocations } = groupOf(tile);
  const vectors = VECTORS.slice(0, CHANNELS_OF_STAGED / 4);
  const sums = range(places).flatMap((place) => vectors.map((vector) => `${vector}${place}`));
  /** Of four voxels, and of four channels. */
  const [fours, weights] = [voxels / 4, channels / 4];
  const ofVoxels = (text: (k: number) => string): string => range(4).map(text).join(" ");
  /** Its tap is in the image or it is zero. */
  const gather = (k: number): string => `{
        let d = vd[${k}] + td - shape.pd; let h = vh[${k}] + th - 1u; let w = vw[${k}] + tw - 1u;
        let inside = d < shape.xd && h < shape.height && w < shape.width && known[${k}];
        let at = ((first[${k}] + c) * shape.xd + d) * shape.height * shape.width + h * shape.width + w;
        if (inside) { four[${k}] = x[at]; }
      }`;
  const store = (place: number): string => `if (v + ${place}u < all) {
    let n = (v + ${place}u) / plane; let q = (v + ${place}u) % plane;
    let qd = q / (shape.height * shape.width); let qh = (q / shape.width) % shape.height; let qw = q % shape.width;
    let border = qd < shape.pd || qd + shape.kd > shape.xd + shape.pd || qh == 0u || qh + 1u == shape.height || qw == 0u || qw + 1u == shape.width;
    var values = array<vec4f, 2>(${vectors.map((vector) => `${vector}${place}`).join(", ")});
    let to = ((part * shape.samples + n) * shape.out_channels + o) * plane + q;
    for (var k = 0u; k < min(${CHANNELS_OF_STAGED}u, max(shape.out_channels, o) - o); k++) {
      var value = values[k / 4u][k % 4u];
      if (border && is_nan(value)) { value = without_padding(n, tile, o + k - tile * ${channels}u, vec2u(first_channel, end_channel), qd, qh, qw); }
      y[to + k * plane] = value + select(0.0, bias[o + k], shape.biased == 1u && part == 0u);
    }
  }`;
  return kernel(
    `staged convolution of 3, ${channels} channels at ${voxels} voxels, ${terms} terms at a time`,
    {
      over: "groups",
      workgroup: invocations,
      whole: WHOLE,
      buffers: { x: "read f32", packed: "read vec4f", bias: "read f32", y: "write f32" },
      declarations: `${withoutPadding(channels, "packed[at / 4u][at % 4u]")}
var<workgroup> of_x: array<vec4f, ${terms * fours}>;
var<workgroup> of_w: array<vec4f, ${terms * weights}>;`,
    },
    `let tile = group.x % shape.tiles; let part = group.x / shape.tiles;
  let plane = shape.yd * shape.height * shape.width; let all = shape.samples * plane;
  let corner = (group.z * ${GROUPS_ALONG_Y}u + group.y) * ${voxels}u;
  let taps = shape.kd * 9u;
  let first_channel = part * shape.channels_of_part;
  let end_channel = min(first_channel + shape.channels_of_part, shape.in_channels);
  let end = end_channel * taps;
  // The four voxels for which this invocation gathers.
  let four_of_group = lane % ${fours}u;
  var first = vec4u(); var vd = vec4u(); var vh = vec4u(); var vw = vec4u(); var known = vec4<bool>();
  ${ofVoxels(
    (k) => `{
    let v = corner + four_of_group * 4u + ${k}u;
    first[${k}] = (v / plane) * shape.in_channels; known[${k}] = v < all;
    vd[${k}] = (v % plane) / (shape.height * shape.width); vh[${k}] = (v / shape.width) % shape.height; vw[${k}] = v % shape.width;
  }`,
  )}
  let column = (lane % ${voxels / places}u) * ${places / 4}u; let row = (lane / ${voxels / places}u) * ${CHANNELS_OF_STAGED / 4}u;
  ${sums.map((name) => `var ${name} = vec4f();`).join(" ")}
  for (var term = first_channel * taps; term < end; term += ${terms}u) {
    for (var i = lane; i < ${terms * weights}u; i += ${invocations}u) {
      let at = term + i / ${weights}u;
      of_w[i] = vec4f();
      if (at < end) { of_w[i] = packed[(tile * shape.in_channels * taps + at) * ${weights}u + i % ${weights}u]; }
    }
    for (var i = lane; i < ${terms * fours}u; i += ${invocations}u) {
      let at = term + i / ${fours}u; let c = at / taps; let t = at % taps;
      let td = t / 9u; let th = (t / 3u) % 3u; let tw = t % 3u;
      var four = vec4f();
      if (at < end) { ${ofVoxels(gather)} }
      of_x[i] = four;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${terms}u; k++) {
      ${vectors.map((v, at) => `let w${v} = of_w[k * ${weights}u + row + ${at}u];`).join(" ")}
      ${range(places / 4)
        .map((at) => `let x${at} = of_x[k * ${fours}u + column + ${at}u];`)
        .join(" ")}
      ${range(places)
        .flatMap((place) => vectors.map((v) => `${v}${place} += w${v} * x${place >> 2}[${place % 4}];`))
        .join(" ")}
    }
    workgroupBarrier();
  }
  let v = corner + column * 4u; let o = tile * ${channels}u + row * 4u;
  ${range(places).map(store).join("\n  ")}`,
  );
}
