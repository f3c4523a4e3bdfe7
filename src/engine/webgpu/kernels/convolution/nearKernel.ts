/** What both kinds of tiles of near.ts have in common. */
import { NOT_A_NUMBER } from "../../kernel/snippets";

/** `biased` is 1 where a bias is added; else `bias` may be any array. */
export const WHOLE = [
  ...["samples", "in_channels", "out_channels", "xd", "yd", "height", "width", "kd", "pd"],
  ...["tiles", "channels_of_part", "biased"],
] as const;

export const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/** Names of vectors of four channels each, of one place of a tile. */
export const VECTORS = ["a", "b", "c", "d"] as const;

/**
 * `without_padding`: one value, the padding left out and not multiplied. 0 * infinity is no number, and PyTorch has none there: a fast way
 * does multiply it, and where that gave what is no number at a border, the values there are made again with this.
 * @param packed reads what is packed at the place `at`
 */
export const withoutPadding = (channels: number, packed: string): string => `${NOT_A_NUMBER}
fn without_padding(n: u32, tile: u32, k: u32, channels: vec2u, qd: u32, qh: u32, qw: u32) -> f32 {
  var sum = 0.0;
  for (var c = channels.x; c < channels.y; c++) {
    for (var t = 0u; t < shape.kd * 9u; t++) {
      let d = qd + t / 9u - shape.pd; let h = qh + (t / 3u) % 3u - 1u; let w = qw + t % 3u - 1u;
      if (d >= shape.xd || h >= shape.height || w >= shape.width) { continue; }
      let at = ((tile * shape.in_channels + c) * shape.kd * 9u + t) * ${channels}u + k;
      sum += x[(((n * shape.in_channels + c) * shape.xd + d) * shape.height + h) * shape.width + w] * ${packed};
    }
  }
  return sum;
}`;
