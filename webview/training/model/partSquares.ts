/** Parts of the brain as squares on its planes, coloured by how good their networks are. */
import { spaceOf } from "../../../src/space/space";
import { leadingMetrics, lowerIsBetter } from "../../../src/statistics/metrics/metrics";
import { mean } from "../../../src/statistics/moments";
import { LEVELS } from "../../shared/volume/colorMap";
import { PLANES, type Plane, placeOf, planeOf, type ScreenAxis } from "../../shared/volume/planes";
import type { PartsMap, RunInfo } from "../messages";
import { bestOfTrack } from "./bestValues";
import type { NamedTrack } from "./figures";

/** The metric that says most of the task among those by which a best model is kept. */
export const mapMetric = ({ task, selectionMetrics }: Pick<RunInfo, "task" | "selectionMetrics">): string =>
  leadingMetrics(task).find((metric) => selectionMetrics.includes(metric)) ?? selectionMetrics[0] ?? "loss";

export interface PartValue {
  /** The network that is opened: that of the current split, where it has one. */
  readonly track: NamedTrack;
  /** Mean over the splits; null where no network of the part has a value. */
  readonly value: number | null;
}

/** By number of the network. */
export function partValues(
  tracks: readonly NamedTrack[],
  current: NamedTrack,
  metric: string,
): ReadonlyMap<number, PartValue> {
  const [split] = current.id.split("/");
  const values = new Map<number, PartValue>();
  const networkOf = ({ id }: NamedTrack) => Number(/\/network-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
  for (const network of new Set(tracks.map(networkOf))) {
    const own = tracks.filter((track) => networkOf(track) === network);
    const numbers = own
      .map(({ track }) => bestOfTrack(track, metric))
      .filter((value): value is number => typeof value === "number" && Number.isFinite(value));
    const track = own.find(({ id }) => id.startsWith(`${split}/`)) ?? own[0];
    if (track === undefined || Number.isNaN(network)) continue;
    values.set(network, { track, value: numbers.length === 0 ? null : mean(numbers) });
  }
  return values;
}

/** Values at the dark and at the bright end: from chance to 1 for shares of right answers, else from the worst to the best. */
export function colorEnds(
  metric: string,
  classes: number,
  values: readonly number[],
): readonly [number, number] {
  if (metric === "BA" || metric === "AUC") return [metric === "AUC" ? 0.5 : 1 / Math.max(2, classes), 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return lowerIsBetter(metric) ? [high, low] : [low, high];
}

export function levelOf(value: number, [dark, bright]: readonly [number, number]): number {
  const share = dark === bright ? 1 : (value - dark) / (bright - dark);
  return Math.round((LEVELS - 1) * Math.min(1, Math.max(0, share)));
}

/** How the planes of the parts lie on the screen. */
export function planeOfParts({ size, affine, through }: PartsMap): Plane {
  const space = spaceOf(affine, [1, 1, 1]);
  const planes = PLANES.map((name) => planeOf(name, size, space, "neurological"));
  return planes.find((plane) => plane.through === through) ?? planes[0]!;
}

/** Left, top, width and height of a box, as shares of its plane. */
export function squareOf(
  plane: Plane,
  { start, size }: PartsMap["boxes"][number],
): readonly [number, number, number, number] {
  const along = (screen: ScreenAxis) => {
    const first = placeOf(screen, start[screen.axis]);
    const last = placeOf(screen, start[screen.axis] + size[screen.axis] - 1);
    return [Math.min(first, last) / screen.length, size[screen.axis] / screen.length] as const;
  };
  const [[left, width], [top, height]] = [along(plane.across), along(plane.down)];
  return [left, top, width, height];
}
