import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Path of a file of `test/fixtures`. */
export const fixture = (path: string) => resolve(import.meta.dirname, "../fixtures", path);

export function readJsonFixture(path: string): unknown {
  return JSON.parse(readFileSync(fixture(path), "utf8"));
}
