/** The JSON files of a MAPS. */
import { type WriteOptions, writeAtomically } from "../../files/atomicFile";
import { writeNonFinite } from "../../run/jsonNumber";

/**
 * JSON as Python's `json.dump(indent=4)` writes it: non-ASCII characters escaped, so that it reads the same whatever encoding
 * the reader's system assumes. Numbers that JSON has not are written as text.
 */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, writeNonFinite, 4).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export async function writeJson(file: string, value: unknown, options: WriteOptions = {}): Promise<void> {
  await writeAtomically(file, formatJson(value), options);
}
