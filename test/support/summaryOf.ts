import { type MapsSummary, readMaps } from "../../src/maps/folder/summary";

/** What is told of a MAPS that must be one. */
export async function summaryOf(maps: string): Promise<MapsSummary> {
  const summary = await readMaps(maps);
  if (summary === null) throw new Error("no MAPS");
  return summary;
}
