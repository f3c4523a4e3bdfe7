/** What ClinicaDL takes for paths as it reads a JSON file: values of keys that end so, which must be text there, "" where there is none. */
import { isRecord } from "../../experiment/file/clinicaDlKeys";

/** `path_decoder` of ClinicaDL 1.6 (`clinicadl/utils/preprocessing.py`), which is called for every object of a file. */
const ENDINGS = ["tsv", "dir", "directory", "path", "json", "location"] as const;

/**
 * The same with text for whatever ClinicaDL takes for a path: it stops at null and at numbers. Keys of Gyrus that end so take "" for
 * null.
 */
export function withReadablePaths(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (isRecord(value)) return [key, withReadablePaths(value)];
      return [key, ENDINGS.some((ending) => key.endsWith(ending)) ? readable(value) : value];
    }),
  );
}

function readable(value: unknown): unknown {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : value;
}
