/** What the networks of a study reached, each at its own best epoch. */
import { bestValue } from "../../../src/run/selection";
import type { Track } from "../../../src/run/track";
import type { NamedTrack } from "./figures";

/** By `metric`, of each; undefined where there is none yet. The table of one of ClinicaDL tells NaN where it is undefined. */
export const bestValues = (tracks: readonly NamedTrack[], metric: string) =>
  tracks.map(({ track }) => bestOfTrack(track, metric));

export function bestOfTrack({ best, reached }: Track, metric: string): number | undefined | "undefined" {
  const found = best[metric];
  const value = found === undefined ? reached?.[metric] : bestValue(metric, found);
  return value === null || Number.isNaN(value) ? "undefined" : value;
}
