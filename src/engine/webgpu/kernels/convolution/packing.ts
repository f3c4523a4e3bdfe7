/** Weights and gradients as the fast convolutions read them: by tiles of output channels. */
import { elementCount } from "../../../../network/weights/tensor";
import { kernel } from "../../kernel/kernel";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";

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

export interface Packing {
  readonly outChannels: number;
  readonly inChannels: number;
  readonly taps: number;
  /** Channels. */
  readonly tile: number;
  /** Whether the weight is [in, out, taps], and its taps are to stand in the opposite order: of a transposed convolution. */
  readonly flipped: boolean;
}

/** @returns [tiles, inChannels, taps, tile] */
export function packedWeights(
  tape: Tape,
  weight: Value,
  { outChannels, inChannels, taps, tile, flipped }: Packing,
): Value {
  const packed = tape.value("packed weights", [Math.ceil(outChannels / tile), inChannels, taps, tile]);
  tape.over(pack, sizeOf(packed), {
    buffers: { weight, packed },
    whole: {
      ...{ out_channels: outChannels, in_channels: inChannels },
      ...{ taps, tile, flipped: Number(flipped) },
    },
    real: {},
  });
  return packed;
}

/** Channels that lie side by side in a packed gradient. */
export const TILE_OF_GRADIENT = 4;

/** dy [n, channels, places] as [channels / 4, n, places, 4], with zeros for channels that there are not. */
const packGradient = kernel(
  "packing of a gradient",
  {
    over: "elements",
    whole: ["samples", "channels", "places"],
    buffers: { dy: "read f32", packed: "write vec4f" },
  },
  `let place = index % shape.places; let n = (index / shape.places) % shape.samples;
  let first = index / (shape.places * shape.samples) * ${TILE_OF_GRADIENT}u;
  let at = (n * shape.channels + first) * shape.places + place;
  var values = vec4f();
  for (var k = 0u; k < ${TILE_OF_GRADIENT}u; k++) {
    if (first + k < shape.channels) { values[k] = dy[at + k * shape.places]; }
  }
  packed[index] = values;`,
);

/**
 * @param dy [n, channels, ...places]
 * @param tiles at least as many as hold all channels
 * @returns [tiles, n, places, 4]
 */
export function packedGradient(tape: Tape, dy: Value, tiles: number): Value {
  const [samples, channels, ...sizes] = dy.shape as readonly [number, number, ...number[]];
  const places = elementCount(sizes);
  const packed = tape.value("packed gradient", [tiles, samples, places, TILE_OF_GRADIENT]);
  tape.over(packGradient, sizeOf(packed) / TILE_OF_GRADIENT, {
    buffers: { dy, packed },
    whole: { samples, channels, places },
    real: {},
  });
  return packed;
}
