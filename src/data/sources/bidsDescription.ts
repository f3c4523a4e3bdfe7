/** What a BIDS folder says of itself: raw data, or derived from other data. */
import { join } from "node:path";
import { isRecord } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { readUtf8 } from "../../files/reader";

/** `DatasetType` of its dataset_description.json; null where nothing tells, as before BIDS 1.4, where derivatives only named their pipeline. */
export async function datasetType(folder: string): Promise<"raw" | "derivative" | null> {
  try {
    const json = parseJsonText(await readUtf8(join(folder, "dataset_description.json"), "json"));
    if (!isRecord(json)) return null;
    if (json.DatasetType === "raw") return "raw";
    const isDerived = [json.GeneratedBy, json.PipelineDescription].some((maker) => maker !== undefined);
    return json.DatasetType === "derivative" || isDerived ? "derivative" : null;
  } catch {
    // A folder without one is a BIDS for whoever gives it as one.
    return null;
  }
}
