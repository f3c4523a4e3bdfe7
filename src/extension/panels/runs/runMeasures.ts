/** What the best models of a MAPS answered for a data group, in one number a metric. */
import type { ShownValue } from "../../../../webview/runs/messages";
import { findPlace } from "../../../maps/folder/splits";
import { type GroupResults, readResultsOf } from "../../../maps/tables/results";
import type { MapsView } from "../../experiments/mapsView";
import { meanOf } from "./runRows";

/**
 * Means over the splits, each by the selection metric that leads its task. Of images where parts vote. Never rejects: what cannot be read
 * is not told.
 */
export async function readMeasures(
  { maps, splits }: Pick<MapsView, "maps" | "splits">,
  group: string,
): Promise<Readonly<Record<string, ShownValue>>> {
  const place = await findPlace(maps);
  const read = await Promise.all(
    splits.flatMap(({ split, metrics, networks }) => {
      const leading = networks[0]?.best.find(({ metric }) => metrics.includes(metric))?.metric ?? metrics[0];
      return leading === undefined
        ? []
        : [readResultsOf(place.split(split).best(leading), [group]).then(([found]) => blockOf(found))];
    }),
  ).catch(() => []);
  const known = read.flatMap((block) => block ?? []);
  const names = [...new Set(known.flatMap(({ values }) => Object.keys(values)))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      meanOf(
        known.map(({ values, undefinedMetrics }) =>
          undefinedMetrics.includes(name) ? Number.NaN : (values[name] ?? null),
        ),
      ),
    ]),
  );
}

/** Images before parts; of several networks, which are parts of one answer, none. */
function blockOf(found: GroupResults | undefined) {
  const levels = found?.levels ?? [];
  const level = levels.find((one) => one.level === "image") ?? levels[0];
  const [block, ...others] = level?.metrics ?? [];
  return block === undefined || others.length > 0 ? null : block;
}
