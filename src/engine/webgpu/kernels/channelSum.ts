/** The sum of each channel over samples and places: the gradient by a bias. */
import { kernel } from "../kernel/kernel";
import { treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";
import { summedInParts } from "./partialSums";

const LANES = 256;
/** Values that a group adds up: sixteen an invocation. */
const CHUNK = 16 * LANES;

const sumChannels = kernel(
  "sum of channels",
  {
    over: "groups",
    workgroup: LANES,
    whole: ["channels", "places", "values"],
    buffers: { values: "read f32", partial: "write f32" },
    declarations: `var<workgroup> total: array<f32, ${LANES}>;`,
  },
  `let channel = group.y * groups.x + group.x;
  var sum = 0.0;
  if (channel < shape.channels) {
    let end = min((group.z + 1u) * ${CHUNK}u, shape.values);
    for (var e = group.z * ${CHUNK}u + lane; e < end; e += ${LANES}u) {
      sum += values[((e / shape.places) * shape.channels + channel) * shape.places + e % shape.places];
    }
  }
  total[lane] = sum;
  ${treeSum(["total"], LANES)}
  if (lane == 0u && channel < shape.channels) { partial[group.z * shape.channels + channel] = total[0]; }`,
);

/** into[c] = sum over n and p of values[n, c, p]. */
export function channelSum(tape: Tape, values: Value, into: Value): void {
  const [samples, channels] = values.shape as readonly [number, number];
  const places = sizeOf(values) / samples / channels;
  const chunks = Math.ceil((samples * places) / CHUNK);
  const columns = Math.min(channels, 65_535);
  summedInParts(tape, chunks, into, (partial) => {
    tape.groups(
      sumChannels,
      [columns, Math.ceil(channels / columns), chunks],
      { buffers: { values, partial }, whole: { channels, places, values: samples * places }, real: {} },
      CHUNK,
    );
  });
}
