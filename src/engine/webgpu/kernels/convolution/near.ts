/**
 * The convolution of most networks in a fast form: a kernel of 3 and a padding of 1 along height and width, steps of 1, no groups; any
 * kernel along depth, so that an image is one plane. One invocation: a tile of channels at neighbours along width, so that what is read
 * is used many times (8 channels at 4 places: 96 multiply-adds for 6 values of x and 24 weights, which all neighbours read too). The
 * transposed convolution is the same with the weights flipped and their channels exchanged.
 */
import { type BufferKind, kernel } from "../../kernel/kernel";
import { NOT_A_NUMBER } from "../../kernel/snippets";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import { type Geometry, voxels } from "./geometry";

/** What an invocation computes: the sums of so many channels at so many neighbours along width. */
export interface Tile {
  readonly channels: 1 | 4 | 8 | 16;
  readonly places: 4 | 8;
}

/** One or two channels would leave most of a tile of eight idle. */
const NARROW: Tile = { channels: 1, places: 4 };
const USUAL: Tile = { channels: 8, places: 4 };

/** The usual one first, then others that a card may like better: `gyrus engines bench --tiles` measures them. */
export const TILES: readonly Tile[] = [
  USUAL,
  { channels: 4, places: 4 },
  { channels: 4, places: 8 },
  { channels: 8, places: 8 },
  { channels: 16, places: 4 },
];

/** Fewer invocations leave a large device idle; then the channels of x are summed in parts. */
const ENOUGH = 1 << 14;
/** Channels of x that a part has at least. */
const LEAST_CHANNELS = 8;

/** Whether the fast forms take it, either way and by its weight. */
export const isNear = ({ groups, kernel: size, stride, padding, dilation }: Geometry): boolean =>
  groups === 1 &&
  [...stride, ...dilation].every((step) => step === 1) &&
  [1, 2].every((axis) => size[axis] === 3 && padding[axis] === 1) &&
  padding[0] < size[0];

/** w [out, in, taps] as [out / tile, in, taps, tile], with zeros for channels that there are not. */
const pack = kernel(
  "packing of weights",
  {
    over: "elements",
    whole: ["out_channels", "in_channels", "taps", "tile", "flipped"],
    buffers: { weight: "read f32", packed: "write f32" },
  },
  `let t = (index / shape.tile) % shape.taps; let i = (index / (shape.tile * shape.taps)) % shape.in_channels;
  let o = (index / (shape.tile * shape.taps * shape.in_channels)) * shape.tile + index % shape.tile;
  var place = (o * shape.in_channels + i) * shape.taps + t;
  if (shape.flipped == 1u) { place = (i * shape.out_channels + o + 1u) * shape.taps - 1u - t; }
  packed[index] = select(0.0, weight[place], o < shape.out_channels);`,
);

const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

const WHOLE = [
  ...["samples", "in_channels", "out_channels", "xd", "yd", "height", "width", "kd", "pd"],
  ...["tiles", "channels_of_part", "biased"],
] as const;

/**
 * Padding is left out, not multiplied: 0 * infinity is no number, and PyTorch has none there. Along width the fast way does multiply it, so
 * where that gave what is no number at a border, the values there are made again without.
 */
function nearConvolution({ channels: tile, places }: Tile) {
  /** Of what is packed. */
  const element = tile === 1 ? "f32" : "vec4f";
  const vectors = ["a", "b", "c", "d"].slice(0, Math.ceil(tile / 4));
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
      declarations: `${NOT_A_NUMBER}
fn without_padding(n: u32, tile: u32, k: u32, channels: vec2u, qd: u32, qh: u32, qw: u32) -> f32 {
  var sum = 0.0;
  for (var c = channels.x; c < channels.y; c++) {
    for (var t = 0u; t < shape.kd * 9u; t++) {
      let d = qd + t / 9u - shape.pd; let h = qh + (t / 3u) % 3u - 1u; let w = qw + t % 3u - 1u;
      if (d >= shape.xd || h >= shape.height || w >= shape.width) { continue; }
      let at = ((tile * shape.in_channels + c) * shape.kd * 9u + t) * ${tile}u + k;
      sum += x[(((n * shape.in_channels + c) * shape.xd + d) * shape.height + h) * shape.width + w] * ${inTile};
    }
  }
  return sum;
}`,
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

const KERNELS = new Map([NARROW, ...TILES].map((tile) => [tile, nearConvolution(tile)]));

interface Direction {
  readonly x: Value;
  readonly weight: Value;
  readonly bias?: Value | undefined;
  readonly y: Value;
}

/**
 * y = x * w + b of a convolution that `isNear`; the values are those of general.ts.
 * @param tile one of TILES; default: what fits the channels
 */
export function convolveNear(tape: Tape, geometry: Geometry, values: Direction, tile?: Tile): void {
  record(tape, geometry, values, false, tile);
}

/** The transposed convolution of y, of one that `isNear`; the values are those of general.ts. */
export function convolveNearTransposed(
  tape: Tape,
  geometry: Geometry,
  { y, weight, bias, x }: Direction,
): void {
  const { inChannels, from, outChannels, to, kernel: size, padding } = geometry;
  const opposite: Geometry = {
    ...geometry,
    inChannels: outChannels,
    from: to,
    outChannels: inChannels,
    to: from,
    padding: [size[0] - 1 - padding[0], padding[1], padding[2]],
  };
  record(tape, opposite, { x: y, weight, bias, y: x }, true);
}

function record(
  tape: Tape,
  geometry: Geometry,
  { x, weight, bias, y }: Direction,
  flipped: boolean,
  form: Tile = geometry.outChannels <= 2 ? NARROW : USUAL,
): void {
  const { samples, inChannels, outChannels, from, to, kernel: size, padding } = geometry;
  const { channels: tile, places } = form;
  const convolution = KERNELS.get(form) ?? nearConvolution(form);
  const tiles = Math.ceil(outChannels / tile);
  const taps = voxels(size);
  const packed = tape.value("packed weights", [tiles, inChannels, taps, tile]);
  tape.over(pack, sizeOf(packed), {
    buffers: { weight, packed },
    whole: {
      out_channels: outChannels,
      in_channels: inChannels,
      taps,
      tile,
      flipped: Number(flipped),
    },
    real: {},
  });
  const invocations = samples * to[0] * to[1] * Math.ceil(to[2] / places) * tiles;
  const wanted = Math.min(Math.ceil(ENOUGH / invocations), Math.ceil(inChannels / LEAST_CHANNELS));
  const channelsOfPart = Math.ceil(inChannels / wanted);
  const parts = Math.ceil(inChannels / channelsOfPart);
  summedInParts(tape, parts, y, (partial) => {
    tape.over(
      convolution,
      invocations * parts,
      {
        buffers: { x, packed, bias: bias ?? weight, y: partial },
        whole: {
          samples,
          in_channels: inChannels,
          out_channels: outChannels,
          xd: from[0],
          yd: to[0],
          height: to[1],
          width: to[2],
          kd: size[0],
          pd: padding[0],
          tiles,
          channels_of_part: channelsOfPart,
          biased: Number(bias !== undefined),
        },
        real: {},
      },
      channelsOfPart * taps * tile * places,
    );
  });
}
